/** One stop of the route on the card: its contact as text and buttons, when it was verified, or how to find a missing one. */
import { parseHours } from '../../core/directory/hours.js';
import { hoursWords, contactState, type StateLine, substituteOf } from './contact-state.js';
import type {
  ReachableAnswer,
  ReachableContact,
  ReachableStep,
} from '../../core/services/answers/open-first.js';
import { namesFirst, stepName } from './answer-words.js';
import { contactActions } from './contact-actions.js';
import { type Block, actionRow, box, type Element, exactLine, labelled, textBlock } from '../kit/elements.js';
import { doubtLine } from '../reports/wrong-contact.js';
import { primaryFirst } from '../kit/buttons.js';
import { missingContact, stillMissing } from './missing-contact.js';
import { LIMITS, phoneText, plainText } from '../kit/safe-text.js';
import { sameWords, type Sentence, say, sentenceCase } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { issueName } from '../choices/guide.js';
import { verifiedLine } from './verified.js';

interface ContactOptions {
  readonly buttons: boolean;
  readonly number?: number;
  /** The card has already said how to find this missing contact. */
  readonly isTold?: boolean;
}

/**
 * Shows one stop; the contact who can be reached now comes first. Buttons only on request, so that the card stays
 * light.
 */
export function contactBlock(
  shown: ReachableStep,
  answer: ReachableAnswer,
  ctx: RenderContext,
  options: ContactOptions,
): Block {
  const title = stepTitle(shown, answer, ctx, options.number);
  const { order } = shown;
  if (!order || reachLines(order.first, ctx).length === 0) {
    const missing = options.isTold ? stillMissing(ctx) : missingContact(shown, answer, ctx, options.buttons);
    return { elements: [titleBlock(title), ...missing.elements], lines: [title.plain, ...missing.lines] };
  }
  const { first, then, why } = order;
  // A numbered stop comes after the first, so the reader has tried the first.
  const tried = options.number === undefined ? undefined : stepName(answer.first, ctx);
  const topic = { issue: issueName(answer.facts.issue, ctx), offer: answer.offer?.name, tried };
  const named = options.number === undefined ? answer : undefined;
  const stand = named && substituteBlock(named, ctx, options.buttons);
  // A contact that no longer works keeps its addresses, but its buttons give way to those of the substitute.
  const hasButtons = options.buttons && !(stand && first.deadSince !== undefined);
  const actions = hasButtons
    ? filledFirst(first, contactActions(first, topic, ctx).slice(0, MOST_BUTTONS))
    : [];
  const usual = then && [usualLine(ctx), ...contactState(then, undefined, ctx)];
  const lines = [...(why ? [whyLine(why, ctx)] : []), ...contactState(first, named, ctx)];
  const blocks = [
    personBlock(first, shown, ctx, lines, actions),
    ...(usual ? [personBlock(then, shown, ctx, usual)] : []),
    ...(stand ? [stand] : []),
  ];
  const [person, ...others] = blocks.map(({ elements }) => elements);
  return {
    elements: [
      titleBlock(title),
      ...(person ?? []),
      ...others.map((elements) => box(elements, { spacing: 'medium' })),
    ],
    lines: [title.plain, ...blocks.flatMap((block) => block.lines)],
  };
}

/** The contact to turn to instead of the first, with its name; undefined where the first can be used. */
function substituteBlock(answer: ReachableAnswer, ctx: RenderContext, buttons: boolean): Block | undefined {
  const shown = substituteOf(answer);
  const first = shown?.order?.first;
  if (!shown || !first) return undefined;
  const name = stepName(shown, ctx);
  const title = say(ctx, 'contact.at', { name, way: ctx.text(`way.${shown.step.way}`) });
  const topic = { issue: issueName(answer.facts.issue, ctx), offer: answer.offer?.name };
  const actions = buttons ? contactActions(first, topic, ctx).slice(0, MOST_BUTTONS) : [];
  // Only a closed contact keeps the filled button: one can write to it now.
  const isDead = answer.first.contact?.deadSince !== undefined;
  const shownActions = isDead ? primaryFirst(actions) : actions;
  const person = personBlock(first, shown, ctx, contactState(first, undefined, ctx), shownActions);
  return { elements: [titleBlock(title), ...person.elements], lines: [title.plain, ...person.lines] };
}

/** A stop whose contact stands higher on the card: its title alone. */
export function titleOnly(
  shown: ReachableStep,
  number: number,
  answer: ReachableAnswer,
  ctx: RenderContext,
): Block {
  const title = stepTitle(shown, answer, ctx, number);
  const above = ctx.text('contact.above');
  return {
    elements: [titleBlock(title), textBlock(above, { spacing: 'small' })],
    lines: [title.plain, above],
  };
}

/** Buttons of one contact: the first is filled, and two stand beside it. */
const MOST_BUTTONS = 3;

/** No way to a contact that no longer works is filled. */
const filledFirst = (contact: ReachableContact, actions: readonly Element[]): readonly Element[] =>
  contact.deadSince === undefined ? primaryFirst(actions) : actions;

const whyLine = (why: 'open' | 'dead', ctx: RenderContext): StateLine => ({
  said: say(ctx, `first.${why}`),
  alert: false,
});
const usualLine = (ctx: RenderContext): StateLine => ({ said: say(ctx, 'first.usual'), alert: false });

/**
 * One person or desk: the state, the ways to reach the contact, and the day of the last verification. A doubt is about
 * the usual contact.
 */
function personBlock(
  contact: ReachableContact,
  shown: ReachableStep,
  ctx: RenderContext,
  lines: readonly StateLine[],
  actions: readonly Element[] = [],
): Block {
  const state = [...lines, ...(contact === shown.contact ? doubtLine(shown, ctx) : [])];
  // The buttons suit the hour, so they stand first; a warning about a dead contact stands before them.
  const isDead = contact.deadSince !== undefined;
  const [told, buttons] = [state.map(stateBlock), actionRow(actions)];
  const details = contactDetails(contact, shown.partyName, ctx);
  const verified = verifiedLine(contact, shown.step.party, ctx);
  return {
    elements: [
      ...(isDead ? told : buttons),
      ...(isDead ? buttons : told),
      ...details.map(({ label, value }) => exactLine(label, value)),
      ...verified.map(({ said, old }) =>
        textBlock(said.card, {
          size: 'small',
          spacing: 'small',
          ...(old ? { weight: 'bolder' } : { subtle: true }),
        }),
      ),
    ],
    lines: [
      ...state.map(({ said }) => said.plain),
      ...details.map(({ label, value }) => labelled(label, value)),
      ...verified.map(({ said }) => said.plain),
    ],
  };
}

function stateBlock({ said, alert }: StateLine): Element {
  return textBlock(said.card, { spacing: 'small', ...(alert ? { weight: 'bolder' } : {}) });
}

function titleBlock(title: Sentence): Element {
  return textBlock(title.card, { weight: 'bolder' });
}

/** The first stop's title is the way alone where the card's own title names the party. */
function stepTitle(
  shown: ReachableStep,
  answer: ReachableAnswer,
  ctx: RenderContext,
  number: number | undefined,
): Sentence {
  const way = ctx.text(`way.${shown.step.way}`);
  const values = { name: stepName(shown, ctx), way };
  if (number !== undefined) return say(ctx, 'contact.at-number', { ...values, number });
  return namesFirst(answer, ctx) ? sameWords(sentenceCase(way)) : say(ctx, 'contact.at', values);
}

/** Every detail as a labelled line of exact text, without a name that the title has. The ways have the order that suits the hour. */
export function contactDetails(
  contact: ReachableContact,
  partyName: string,
  ctx: RenderContext,
): readonly { label: string; value: string }[] {
  const reach = reachLines(contact, ctx);
  if (reach.length === 0) return [];
  const isNamed = contact.name === partyName;
  const person = {
    label: ctx.text('contact.name'),
    value: isNamed ? '' : plainText(contact.name, LIMITS.name),
  };
  // Days and times need no label, which would take the end of the line.
  const words = hoursWords(contact.hours, ctx);
  const hours = {
    label: words.includes('–') && parseHours(contact.hours ?? '') ? '' : ctx.text('contact.hours'),
    value: plainText(words, LIMITS.contact),
  };
  return [person, ...reach, hours].filter(({ value }) => value !== '');
}

/** The page only when it is a proper https address. */
function reachLines(
  contact: ReachableContact,
  ctx: RenderContext,
): readonly { label: string; value: string }[] {
  const { email, phone, url, upn } = contact;
  const values = {
    email: plainText(email, LIMITS.contact),
    phone: phoneText(phone),
    url: shownUrl(url),
    upn: upn === email ? '' : plainText(upn, LIMITS.contact),
  };
  return contact.channels
    .map((channel) => ({ label: ctx.text(`contact.${channel}`), value: values[channel] }))
    .filter(({ value }) => value !== '');
}

function shownUrl(url: string | undefined): string {
  return url !== undefined && /^https:\/\//i.test(url) ? plainText(url, LIMITS.url) : '';
}
