/** The reader's own manager as the last to turn to, with a Teams chat whose first words are written already. */
import type { Answer } from '../../core/services/answers/answer.js';
import { stepName } from './answer-words.js';
import type { ManagerShown } from '../kit/card-data.js';
import { chatLink } from './contact-actions.js';
import { type Block, actionRow, box, exactLine, heading, labelled, textBlock } from '../kit/elements.js';
import { plainText, LIMITS, shorten } from '../kit/safe-text.js';
import { say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { issueName } from '../choices/understood.js';

/** Longest values of the prefilled message, so that the link stays short enough for every client. */
const MAX_VALUE = 50;

/** Nothing where no manager is known. */
export function managerBlock(manager: ManagerShown | undefined, answer: Answer, ctx: RenderContext): Block {
  if (!manager) return { elements: [], lines: [] };
  const title = ctx.text('not-helped.manager');
  const intro = say(ctx, 'not-helped.manager-how', { name: manager.name });
  const address = { label: ctx.text('contact.upn'), value: plainText(manager.upn, LIMITS.contact) };
  const short = (value: string) => shorten(plainText(value), MAX_VALUE);
  const message = ctx.text('not-helped.manager-message', {
    offer: short(answer.offer?.name ?? '') || ctx.text('contact.an-offer'),
    issue: short(issueName(answer.facts.issue, ctx)),
    first: short(stepName(answer.first, ctx)),
  });
  const button = chatLink(manager.upn, manager.name, message, ctx);
  return {
    elements: [
      heading(title),
      box([textBlock(intro.card), exactLine(address.label, address.value), ...actionRow(button)], {
        spacing: 'small',
      }),
    ],
    lines: [title, intro.plain, labelled(address.label, address.value)],
  };
}
