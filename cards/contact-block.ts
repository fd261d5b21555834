/** One stop of the route on the card: its contact as text and buttons, when it was verified, or how to find a missing one. */
import type { Answer, ShownContact, ShownStep } from '../core/services/answer.js';
import { stepName } from './answer-words.js';

import { contactActions } from './contact-actions.js';
import { actionRow, type Element, exactLine, labelled, textBlock } from './elements.js';
import { contactState, type StateLine } from './contact-state.js';
import { doubtLine } from './wrong-contact.js';
import { missingContact } from './missing-contact.js';
import { LIMITS, plainText } from './safe-text.js';
import { type Said, say } from './say.js';
import type { RenderContext } from './types.js';
import { issueName } from './understood.js';
import { verifiedLine } from './verified.js';

/** Elements for the card and lines for the text twin. */
export interface Block {
  readonly elements: readonly Element[];
  readonly lines: readonly string[];
}

/** Shows one stop. Buttons only where asked, so that the card stays light. */
export function contactBlock(
  shown: ShownStep,
  answer: Answer,
  ctx: RenderContext,
  options: { readonly buttons: boolean; readonly number?: number },
): Block {
  const title = stepTitle(shown, ctx, options.number);
  const details = shown.contact === undefined ? [] : contactLines(shown.contact, ctx);
  if (shown.contact === undefined || details.length === 0) {
    const missing = missingContact(shown, answer, ctx, options.buttons);
    return { elements: [titleBlock(title), ...missing.elements], lines: [title.plain, ...missing.lines] };
  }
  const verified = verifiedLine(shown.contact, shown.step.party, ctx);
  const state = [
    ...contactState(shown.contact, options.number === undefined ? answer : undefined, ctx),
    ...doubtLine(shown, ctx),
  ];
  const topic = { issue: issueName(answer.facts.issue, ctx), offer: answer.offer?.name };
  const actions = options.buttons ? contactActions(shown.contact, stepName(shown, ctx), topic, ctx) : [];
  return {
    elements: [
      titleBlock(title),
      ...state.map(stateBlock),
      ...details.map(({ label, value }) => exactLine(label, value)),
      ...verified.map(({ said, old }) =>
        textBlock(said.card, {
          size: 'small',
          spacing: 'small',
          ...(old ? { weight: 'bolder' } : { subtle: true }),
        }),
      ),
      ...actionRow(actions),
    ],
    lines: [
      title.plain,
      ...state.map(({ said }) => said.plain),
      ...details.map(({ label, value }) => labelled(label, value)),
      ...verified.map(({ said }) => said.plain),
    ],
  };
}

function stateBlock({ said, alert }: StateLine): Element {
  return textBlock(said.card, { spacing: 'small', ...(alert ? { weight: 'bolder' } : {}) });
}

function titleBlock(title: Said): Element {
  return textBlock(title.card, { weight: 'bolder' });
}

function stepTitle(shown: ShownStep, ctx: RenderContext, number: number | undefined): Said {
  const values = { name: stepName(shown, ctx), way: ctx.text(`way.${shown.step.way}`) };
  return number === undefined
    ? say(ctx, 'contact.at', values)
    : say(ctx, 'contact.at-number', { ...values, number });
}

/** Every detail as a labelled line of exact text; the page only when it is a proper https address. */
function contactLines(
  contact: ShownContact,
  ctx: RenderContext,
): readonly { label: string; value: string }[] {
  const reach = [
    { label: ctx.text('contact.email'), value: plainText(contact.email, LIMITS.contact) },
    { label: ctx.text('contact.phone'), value: plainText(contact.phone, LIMITS.contact) },
    { label: ctx.text('contact.url'), value: shownUrl(contact.url) },
    {
      label: ctx.text('contact.upn'),
      value: contact.upn === contact.email ? '' : plainText(contact.upn, LIMITS.contact),
    },
  ].filter(({ value }) => value !== '');
  if (reach.length === 0) return [];
  const person = { label: ctx.text('contact.name'), value: plainText(contact.name, LIMITS.name) };
  const hours = { label: ctx.text('contact.hours'), value: plainText(contact.hours, LIMITS.contact) };
  return [person, ...reach, hours].filter(({ value }) => value !== '');
}

function shownUrl(url: string | undefined): string {
  return url !== undefined && /^https:\/\//i.test(url) ? plainText(url, LIMITS.url) : '';
}
