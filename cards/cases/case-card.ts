/** One case: what the holder waits for, the bot's question, and the next contact with a message that carries the history. */
import type { ReachableStep } from '../../core/services/answers/open-first.js';
import { CASE_SEVERITIES, MAX_CUSTOMER, nextPlace, present } from '../../core/services/cases/case.js';
import { MAX_NOTE } from '../../core/services/reports/report-contact.js';
import { stepName } from '../answer/answer-words.js';
import { contactActions } from '../answer/contact-actions.js';
import { contactDetails } from '../answer/contact-block.js';
import { issueName } from '../choices/guide.js';
import { clickAction, primaryFirst } from '../kit/buttons.js';
import { type Block, actionRow, box, type Element, exactLine, labelled, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { LIMITS, plainText } from '../kit/safe-text.js';
import { NOTHING, oneLine, paragraphs, say, sayIf } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { reasonAndNote } from '../reports/wrong-contact.js';
import { contactWords, draftLines, dueSaid, pastLines, writtenSaid, type ShownCase } from './case-words.js';

/** Why the card is shown: the last click, or the bot's own message. */
export const CASE_NOTES = [
  'opened',
  'open',
  'saved',
  'waiting',
  'escalated',
  'end-of-path',
  'wrong-end',
  'reminder',
  'given',
  'answered',
  'closed',
  'given-away',
  'ended',
] as const;
export type CaseNote = (typeof CASE_NOTES)[number];

export interface CaseCardData extends ShownCase {
  readonly note: CaseNote;
  /** The colleague who gave the case, or who has it now; empty when the name is unknown. */
  readonly person?: string;
}

/** Names of the form fields, read back from the click. */
export const CASE_FIELDS = {
  contact: 'caseContact',
  customer: 'caseCustomer',
  severity: 'caseSeverity',
  colleague: 'caseColleague',
} as const;

const OVER: ReadonlySet<CaseNote> = new Set(['answered', 'closed', 'given-away', 'ended']);
const MOST_BUTTONS = 3;

export function caseCard(data: CaseCardData, ctx: RenderContext): RenderedCard {
  const { note, one } = data;
  const isOver = OVER.has(note);
  const given = data.person ?? '';
  const person = given === '' ? ctx.text('case.colleague') : given;
  const title = say(ctx, `case.title.${note}`, { ...contactWords(data, ctx), person });
  const body = writtenSaid(data, ctx);
  const due = isOver ? NOTHING : dueSaid(data, ctx);
  const past = pastLines(data, ctx);
  const next = note === 'escalated' ? nextContact(data, ctx) : { elements: [], lines: [] };
  const isSaid = ctx.asker !== 'customer' && one.customer !== '';
  const customer = sayIf(isSaid, ctx, 'case.customer', { customer: one.customer });
  const details: readonly Element[] = [
    ...next.elements,
    ...(isSaid ? [textBlock(customer.card, { spacing: 'small' })] : []),
    ...past.map(({ card }) => textBlock(card, { spacing: 'small', subtle: true })),
    ...(due.card === '' ? [] : [textBlock(due.card, { spacing: 'small' })]),
  ];
  const actions = isOver ? [listButton(ctx)] : actionsOf(data, ctx);
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      next.lines.join('\n'),
      customer.plain,
      past.map(({ plain }) => plain).join('\n'),
      due.plain,
    ]),
  };
}

/** The contact to write to now, with buttons whose messages carry the history. */
function nextContact(data: CaseCardData, ctx: RenderContext): Block {
  const { one, stops, offerName } = data;
  const shown = stops[present(one).place];
  const contact = shown?.order?.first;
  if (!shown || !contact) return { elements: [], lines: [] };
  const before = one.history.at(-2);
  const tried = before && stops[before.stop];
  const topic = {
    issue: issueName(one.issue, ctx),
    ...(offerName !== '' && { offer: offerName }),
    ...(tried && { tried: stepName(tried, ctx) }),
    history: draftLines(data, ctx),
  };
  const buttons = primaryFirst(contactActions(contact, topic, ctx).slice(0, MOST_BUTTONS));
  const lines = contactDetails(contact, shown.partyName, ctx);
  return {
    elements: [
      box([...actionRow(buttons), ...lines.map(({ label, value }) => exactLine(label, value))], {
        style: 'emphasis',
      }),
    ],
    lines: lines.map(({ label, value }) => labelled(label, value)),
  };
}

function listButton(ctx: RenderContext): Element {
  return clickAction({ verb: 'case-list' }, ctx.text('case.button.list'), ctx);
}

/** At most five, which every client shows: yes, not yet, next contact, wrong contact, and the form for the rest. */
function actionsOf(data: CaseCardData, ctx: RenderContext): readonly Element[] {
  const { one } = data;
  const caseId = one.id;
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    button({ verb: 'case-answered', caseId }, 'case.button.answered'),
    button({ verb: 'case-not-yet', caseId }, 'case.button.not-yet'),
    ...(nextPlace(one) === undefined
      ? []
      : [button({ verb: 'case-escalate', caseId }, 'case.button.escalate')]),
    ...(one.history.at(-1)?.kind === 'wrong' ? [] : [wrongForm(caseId, ctx)]),
    changeForm(data, ctx),
  ];
}

function unfolding(title: string, body: readonly Element[], actions: readonly Element[]): Element {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
}

function wrongForm(caseId: string, ctx: RenderContext): Element {
  const send = clickAction({ verb: 'case-wrong', caseId }, ctx.text('wrong.send'), ctx);
  return unfolding(ctx.text('wrong.button'), reasonAndNote(ctx), [send]);
}

/** Severity, the contact, the customer; giving the case to a colleague, for staff in Teams; and closing it without an answer. */
function changeForm({ one, stops }: CaseCardData, ctx: RenderContext): Element {
  const caseId = one.id;
  const mayGive = ctx.asker === 'partner' && ctx.host === 'teams';
  const severity = {
    type: 'Input.ChoiceSet',
    id: CASE_FIELDS.severity,
    label: ctx.text('case.field.severity'),
    value: one.severity,
    choices: CASE_SEVERITIES.map((value) => ({ title: ctx.text(`case.severity.${value}`), value })),
  };
  const customer = {
    type: 'Input.Text',
    id: CASE_FIELDS.customer,
    label: ctx.text('case.field.customer'),
    placeholder: ctx.text('case.field.customer'),
    maxLength: MAX_CUSTOMER,
    ...(one.customer === '' ? {} : { value: plainText(one.customer, MAX_CUSTOMER) }),
  };
  const body = [
    ...(ctx.asker === 'customer' ? [] : [customer]),
    severity,
    ...(stops.length > 1 ? [contactField(stops, present(one).place, ctx)] : []),
    ...(mayGive ? [colleagueField(ctx)] : []),
  ];
  const give = clickAction({ verb: 'case-give', caseId }, ctx.text('case.button.give'), ctx);
  const save = clickAction({ verb: 'case-save', caseId }, ctx.text('case.button.save'), ctx);
  const close = clickAction({ verb: 'case-close', caseId }, ctx.text('case.button.close'), ctx);
  return unfolding(ctx.text('case.button.change'), body, [save, ...(mayGive ? [give] : []), close]);
}

function contactField(stops: readonly ReachableStep[], place: number, ctx: RenderContext): Element {
  const choices = stops.map((stop, at) => {
    const values = { name: stepName(stop, ctx), way: ctx.text(`way.${stop.step.way}`) };
    return { title: plainText(ctx.text('wrong.choice', values), LIMITS.contact), value: String(at) };
  });
  const label = ctx.text('case.field.contact');
  return { type: 'Input.ChoiceSet', id: CASE_FIELDS.contact, label, value: String(place), choices };
}

function colleagueField(ctx: RenderContext): Element {
  const label = ctx.text('case.field.colleague');
  return { type: 'Input.Text', id: CASE_FIELDS.colleague, label, placeholder: label, maxLength: MAX_NOTE };
}
