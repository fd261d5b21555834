/** What to do when the answer did not help: the next people to contact, or a person at the partner, or another question. */
import type { Answer } from '../../core/services/answers/answer.js';
import { reachableAnswer, type ReachableAnswer } from '../../core/services/answers/open-first.js';
import { escalationSection } from './answer-sections.js';
import { sayOf, understood, stepName } from './answer-words.js';
import { clickAction, talkButton } from '../kit/buttons.js';
import type { NotHelpedData, ManagerShown } from '../kit/card-data.js';
import { contactBlock } from './contact-block.js';
import {
  type Block,
  box,
  type Element,
  heading,
  actionRow,
  exactLine,
  labelled,
  textBlock,
} from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say, sayIf } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { wrongContactForm } from '../reports/wrong-contact.js';
import { namedChatLink } from './contact-actions.js';
import { plainText, LIMITS, shorten } from '../kit/safe-text.js';
import { issueName } from '../choices/guide.js';

/** Shows the escalation with its buttons. Without an escalation it shows the first contact again, and how to insist. */
export function notHelpedCard(data: NotHelpedData, ctx: RenderContext): RenderedCard {
  const { answer: given, manager } = data;
  const answer = reachableAnswer(given, ctx.now);
  const title = say(ctx, 'not-helped.title');
  const asked = understood(answer, ctx);
  const further = answer.escalation.length > 0;
  const body = sayOf(answer, further ? 'not-helped.next' : `not-helped.last.${ctx.asker}`, ctx);
  const block = further
    ? escalationSection(answer, ctx, { buttons: true, title: ctx.text('not-helped.contacts') })
    : firstAgain(answer, ctx);
  const button = ctx.text('wrong.button');
  const report = sayIf(data.wrongContact, ctx, 'not-helped.report', { button });
  const lead = managerBlock(manager, answer, ctx);
  const slots = {
    details: [...(data.wrongContact ? [textBlock(report.card)] : []), ...block.elements, ...lead.elements],
    actions: waysOn(answer, ctx),
  };
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, slots),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      asked.plain,
      body.plain,
      report.plain,
      block.lines.join('\n'),
      lead.lines.join('\n'),
    ]),
  };
}

function firstAgain(answer: ReachableAnswer, ctx: RenderContext): Block {
  const title = ctx.text('answer.first');
  const first = contactBlock(answer.first, answer, ctx, { buttons: true });
  return {
    elements: [heading(title), box(first.elements, { style: 'emphasis' })],
    lines: [title, ...first.lines],
  };
}

function waysOn(answer: Answer, ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    ...talkButton(true, ctx),
    button({ verb: 'change', what: 'issue' }, 'button.change-issue'),
    button(
      { verb: 'change', what: 'offer' },
      answer.offer === undefined ? 'button.choose-offer' : 'button.change-offer',
    ),
    ...wrongContactForm(answer, ctx),
    button({ verb: 'restart' }, 'button.restart'),
    button({ verb: 'help' }, 'button.help'),
  ];
}

/** Longest values of the prefilled message, so that the link stays short enough for every client. */
const MAX_VALUE = 50;

/** Nothing where the manager is not known. */
function managerBlock(manager: ManagerShown | undefined, answer: Answer, ctx: RenderContext): Block {
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
  const button = namedChatLink(manager.upn, manager.name, message, ctx);
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
