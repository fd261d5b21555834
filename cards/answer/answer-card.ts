/** The answer: whom to contact, why, and the ways to reach them. */
import type { Answer } from '../../core/services/answers/answer.js';
import { reachableAnswer, type ReachableAnswer } from '../../core/services/answers/open-first.js';
import { clickAction, inlineButton, linkAction, talkButton } from '../kit/buttons.js';
import type { AnswerData } from '../kit/card-data.js';
import { actionRow, type Block, box, type Element, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { cardUrl } from '../kit/safe-url.js';
import { NOTHING, oneLine, paragraphs, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { wroteButton } from '../cases/case-words.js';
import { wrongContactForm } from '../reports/wrong-contact.js';
import {
  adviceSection,
  escalationSection,
  figuresSection,
  linksSection,
  MAX_STEPS,
  notesSection,
  prepareSection,
  tellSection,
  isDoneAlone,
  ownStepsSection,
  whySection,
  openIncidents,
} from './answer-sections.js';
import { assumption, headline, instruction, reason, sayOf, stepName, understood } from './answer-words.js';
import { contactBlock } from './contact-block.js';

/** Heaviest card, in bytes of UTF-16: the limit of a message extension, less room for its envelope. */
const MAX_BYTES = 25 * 1024;
const MORE_ID = 'more';

/** The answer card. Everything on it is for this asker; it shows nothing of the decision's trace. */
export function answerCard(
  { answer: given, closed = false, incidents = [], unreadableSince }: AnswerData,
  ctx: RenderContext,
): RenderedCard {
  const answer = reachableAnswer(given, ctx.now);
  const parts = { ...answerParts(answer, ctx), outages: openIncidents(incidents, unreadableSince, ctx) };
  const summary = say(ctx, 'answer.summary', {
    headline: parts.head.plain,
    name: stepName(answer.first, ctx),
  });
  return {
    card: fittingCard({ answer, closed }, parts, ctx),
    summary: oneLine(summary.plain),
    text: twin(parts, ctx),
  };
}

/** The reader acts alone, so there is nobody to contact first. */
const NO_CONTACT: Block = { elements: [], lines: [] };

interface ShownData {
  readonly answer: ReachableAnswer;
  readonly closed: boolean;
}

type Parts = ReturnType<typeof answerParts> & { readonly outages: ReturnType<typeof openIncidents> };

function answerParts(answer: ReachableAnswer, ctx: RenderContext) {
  return {
    asked: understood(answer, ctx),
    act: instruction(answer, ctx),
    head: headline(answer, ctx),
    reason: reason(answer, ctx),
    assumed: assumption(answer, ctx),
    withdrawn: answer.offer?.withdrawn ? sayOf(answer, 'answer.withdrawn', ctx) : NOTHING,
    first: isDoneAlone(answer) ? NO_CONTACT : contactBlock(answer.first, answer, ctx, { buttons: true }),
    advice: adviceSection(answer, ctx),
    steps: ownStepsSection(answer, ctx),
    tell: tellSection(answer, ctx),
    figures: figuresSection(answer, ctx),
    prepare: prepareSection(answer, ctx),
    escalation: escalationSection(answer, ctx),
    notes: notesSection(answer, ctx),
    links: linksSection(answer, ctx),
    why: whySection(answer, ctx),
  };
}

/** With extremely long data the last steps are left off the card; the text twin keeps them. */
function fittingCard(data: ShownData, parts: Parts, ctx: RenderContext): Element {
  const { answer } = data;
  for (let most = MAX_STEPS; ; most -= 1) {
    const escalation = most === MAX_STEPS ? parts.escalation : escalationSection(answer, ctx, { most });
    const card = cardOf(data, { ...parts, escalation }, ctx);
    if (most === 0 || JSON.stringify(card).length * 2 <= MAX_BYTES) return card;
  }
}

function cardOf({ answer, closed }: ShownData, parts: Parts, ctx: RenderContext): Element {
  const { asked, act, head, assumed, withdrawn, first, advice } = parts;
  const slots = {
    logo: logoElement(ctx),
    warnings: [
      ...parts.outages.elements,
      ...(withdrawn.card === '' ? [] : [box([textBlock(withdrawn.card)], { style: 'warning' })]),
    ],
    first: [
      ...advice.elements,
      ...(isDoneAlone(answer) ? [] : [box(first.elements, { style: 'emphasis', spacing: 'small' })]),
      ...(isDoneAlone(answer) ? [] : leavesNote(first, ctx)),
      ...parts.steps.elements,
      ...(isDoneAlone(answer) ? leavesNote(parts.steps, ctx) : []),
      ...parts.tell.elements,
    ],
    more: [box(moreElements({ answer, closed }, parts, ctx), { id: MORE_ID, isVisible: false })],
    actions: [...privateChat(answer, ctx), moreButton(ctx), ...(closed ? [] : footActions(answer, ctx))],
  };
  const fields = {
    understood: asked.card,
    instruction: act.card,
    headline: head.card,
    reason: parts.reason.card,
    assumed: assumed.card,
    fallback: head.plain,
  };
  return renderCard('answer', ctx.language, fields, slots);
}

/** The partner's logo, as high as two lines of text. */
function logoElement({ logo }: RenderContext): readonly Element[] {
  const url = cardUrl(logo?.url);
  const altText = plainText(logo?.name ?? '', 80);
  return url && altText !== '' ? [{ type: 'Image', url, altText, height: '32px' }] : [];
}

/** What the reader opens when the first contact did not help. */
function moreElements({ answer, closed }: AnswerData, parts: Parts, ctx: RenderContext): readonly Element[] {
  const { prepare, escalation, figures, notes, links, why } = parts;
  return [
    ...[prepare, escalation, figures, notes, links, why].flatMap((block) => block.elements),
    ...(closed ? [] : [...changeRow(answer, ctx), ...actionRow(followUps(answer, ctx))]),
  ];
}

/** Explains the arrow, where a link of the first contact has one. */
function leavesNote(first: Parts['first'], ctx: RenderContext): readonly Element[] {
  const isShown = JSON.stringify(first.elements).includes('↗');
  return isShown ? [textBlock(ctx.text('card.leaves'), { subtle: true, size: 'small' })] : [];
}

function twin(parts: Parts, ctx: RenderContext): string {
  const { asked, act, head, assumed, withdrawn, first, prepare, escalation, notes, links, why } = parts;
  return paragraphs([
    parts.outages.lines.join('\n'),
    asked.plain,
    act.plain,
    head.plain,
    parts.reason.plain,
    assumed.plain,
    withdrawn.plain,
    parts.advice.lines.join('\n'),
    first.lines.length > 0 ? [ctx.text('answer.first'), ...first.lines].join('\n') : '',
    ...[parts.steps, parts.tell, prepare, escalation, parts.figures, notes, links, why].map((block) =>
      block.lines.join('\n'),
    ),
  ]);
}

/** Small buttons that change an understood fact. */
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
    ...wroteButton(answer, ctx),
    ...wrongContactForm(answer, ctx),
  ];
}

function footActions({ assumed, country }: Answer, ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    ...(assumed ? [button({ verb: 'change', what: 'channel' }, 'button.other-channel')] : []),
    ...(country && !assumed ? [button({ verb: 'change', what: 'country' }, 'button.other-country')] : []),
    button({ verb: 'not-helped' }, 'button.not-helped'),
    ...talkButton(false, ctx),
  ];
}

/** In a conversation with other readers: the way to the contacts that the card does not show there. */
function privateChat({ first, escalation }: Answer, ctx: RenderContext): readonly Element[] {
  const kept = [first, ...escalation].some((step) => step.missing === 'private-chat');
  return kept ? linkAction(ctx.text('button.private-chat'), ctx.privateChat) : [];
}

function moreButton(ctx: RenderContext): Element {
  return { type: 'Action.ToggleVisibility', title: ctx.text('button.more'), targetElements: [MORE_ID] };
}

/** Says why this party is responsible. */
export function whyCard({ answer }: AnswerData, ctx: RenderContext): RenderedCard {
  const head = headline(answer, ctx);
  const because = reason(answer, ctx);
  const why = whySection(answer, ctx);
  const actions = [
    clickAction({ verb: 'not-helped' }, ctx.text('button.not-helped'), ctx),
    clickAction({ verb: 'help' }, ctx.text('button.help'), ctx),
  ];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: head.card, body: because.card },
      { details: why.elements, actions },
    ),
    summary: oneLine(head.plain),
    text: paragraphs([head.plain, because.plain, why.lines.join('\n')]),
  };
}
