/** The answer: who is responsible, why, whom to contact first and how, what to have at hand, and where to go next. */
import type { Answer } from '../../core/services/answer.js';
import {
  escalationSection,
  linksSection,
  notesSection,
  prepareSection,
  WHY_ID,
  whySection,
} from '../answer-sections.js';
import { answerValues, headline, stepName, understood } from '../answer-words.js';
import { clickAction, inlineButton } from '../buttons.js';
import type { AnswerData } from '../card-data.js';
import { contactBlock } from '../contact-block.js';
import { box, type Element, heading, textBlock } from '../elements.js';
import { renderCard } from '../render.js';
import { oneLine, paragraphs, say, sayIf } from '../say.js';
import type { CardAction, RenderContext, RenderedCard } from '../types.js';

/** The answer card. Everything on it is for this asker; nothing of the decision's trace is. */
export function answerCard(data: AnswerData, ctx: RenderContext): RenderedCard {
  const { answer } = data;
  const parts = answerParts(answer, ctx);
  const { head, reason, asked, withdrawn, first, prepare, escalation, notes, links, why } = parts;
  const firstTitle = ctx.text('answer.first');
  const warnings =
    withdrawn.card === '' ? [] : [textBlock(withdrawn.card, { color: 'warning', weight: 'bolder' })];
  const slots = {
    change: changeRow(answer, ctx),
    warnings,
    first: [heading(firstTitle), box(first.elements, { style: 'emphasis', spacing: 'small' })],
    prepare: prepare.elements,
    escalation: escalation.elements,
    notes: notes.elements,
    links: links.elements,
    why: why.elements,
    leaves: [textBlock(ctx.text('card.leaves'), { subtle: true, size: 'small' })],
    actions: followUps(answer, ctx),
  };
  const fields = { understood: asked.card, headline: head.card, reason: reason.card, fallback: head.plain };
  const summary = say(ctx, 'answer.summary', { headline: head.plain, name: stepName(answer.first, ctx) });
  return {
    card: renderCard('answer', fields, slots, ctx),
    summary: oneLine(summary.plain),
    text: paragraphs([
      asked.plain,
      head.plain,
      reason.plain,
      withdrawn.plain,
      [firstTitle, ...first.lines].join('\n'),
      ...[prepare, escalation, notes, links].map((block) => block.lines.join('\n')),
    ]),
  };
}

function answerParts(answer: Answer, ctx: RenderContext) {
  const values = answerValues(answer, ctx);
  return {
    asked: understood(answer, ctx),
    head: headline(answer, ctx),
    reason: say(ctx, answer.decision.reason, values),
    withdrawn: sayIf(answer.offer?.withdrawn, ctx, 'answer.withdrawn', values),
    first: contactBlock(answer.first, answer, ctx, { buttons: true }),
    prepare: prepareSection(answer, ctx),
    escalation: escalationSection(answer, ctx, false),
    notes: notesSection(answer, ctx),
    links: linksSection(answer, ctx),
    why: whySection(answer, ctx, true),
  };
}

/** Small buttons under the line of what was understood. */
function changeRow(answer: Answer, ctx: RenderContext): readonly Element[] {
  const offer = answer.offer === undefined ? 'button.choose-offer' : 'button.change-offer';
  const columns = [
    inlineButton({ verb: 'change', what: 'offer' }, ctx.text(offer), ctx),
    inlineButton({ verb: 'change', what: 'issue' }, ctx.text('button.change-issue'), ctx),
  ];
  return [{ type: 'ColumnSet', columns, spacing: 'none' }];
}

function followUps(answer: Answer, ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    ...(answer.offer === undefined ? [] : [button({ verb: 'same-offer' }, 'button.same-offer')]),
    button({ verb: 'other-offer' }, 'button.other-offer'),
    button({ verb: 'not-helped' }, 'button.not-helped'),
    { type: 'Action.ToggleVisibility', title: ctx.text('button.why'), targetElements: [WHY_ID] },
  ];
}
