/** The cards of hand-overs with ordinary data, or with one text in every field. */
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { handoverFormCard } from '../../cards/handover/handover-form-card.js';
import { handoverNoteCard, type HandoverNote } from '../../cards/handover/handover-note-card.js';
import { handoverStaffCard } from '../../cards/handover/handover-staff-card.js';
import { handoverVisitorCard } from '../../cards/handover/handover-visitor-card.js';
import { asked, forgotten } from '../../core/handover/life.js';
import type { Entry, Handover, HandoverTopic, HandoverVisitor } from '../../core/handover/types.js';

const HOURS = 'Europe/Berlin; Mo-Fr 09:00-17:00';
const NOON = Date.UTC(2026, 8, 1, 12);

export const visitor: HandoverVisitor = {
  channelId: 'directline',
  conversationId: 'conversation-1',
  userId: 'dl_visitor',
  language: 'en',
  zone: 'Europe/Berlin',
  reference: { serviceUrl: 'urn:botframework:local' },
};

export function topic(text?: string): HandoverTopic {
  return {
    question: text ?? 'billing problem with Contoso Backup',
    message: text ?? 'The invoice is wrong.',
    contact: { kind: 'email', value: text ?? 'jo@fabrikam.com' },
    issue: 'billing',
    offerName: text ?? 'Contoso Backup',
    purchase: 'partner',
    responsible: { party: 'partner', name: text ?? 'Northwind Cloud' },
    named: [
      { party: 'partner', name: text ?? 'Northwind Cloud' },
      { party: 'publisher', name: text ?? '' },
    ],
    notHelped: true,
  };
}

/** A request that has just been made. */
export function handover(over: Partial<Handover> = {}, text?: string): Handover {
  return { ...asked('h-1', visitor, topic(text), NOON), ...over };
}

export function entry(seq: number, over: Partial<Entry> = {}): Entry {
  return {
    handoverId: 'h-1',
    seq,
    key: `k${seq}`,
    to: 'staff',
    what: { kind: 'text', text: `text ${seq}` },
    by: null,
    at: NOON,
    state: 'due',
    activityId: null,
    ...over,
  };
}

const NOTES: readonly HandoverNote[] = ['no-place', 'over'];

type View = (ctx: RenderContext) => RenderedCard;

/** Every state of each side's card. */
export function handoverViews(text?: string): Readonly<Record<string, View>> {
  const name = text ?? 'Northwind Cloud';
  const person = () => text ?? 'Ada Lovelace';
  const states: Readonly<Record<string, Handover>> = {
    asked: handover({}, text),
    taken: handover({ status: 'taken', takenBy: 'p-1', writesTo: 'bot' }, text),
    closed: handover({ status: 'closed', closedBy: 'staff', takenBy: 'p-1' }, text),
  };
  const entries = [
    entry(1, { what: { kind: 'text', text: text ?? 'Hello?' }, state: 'sent' }),
    entry(2, { to: 'visitor', by: 'p-1', what: { kind: 'text', text: text ?? 'Hello!' }, state: 'failed' }),
  ];
  const common = { partnerName: name, person };
  const visitorData = { ...common, hours: text ?? HOURS, keepDays: 30 };
  const staffData = { ...common, entries, zone: 'Europe/Berlin' } as const;
  const again = { why: 'bad-contact', message: name, contact: name } as const;
  const desk = { name, email: text ?? 'help@contoso.com', phone: text ?? '+1 425 555 0100', hours: name };
  const each = (prefix: string, view: (one: Handover, stuck: number) => View) =>
    Object.entries(states).map(([state, one], at) => [`${prefix}-${state}`, view(one, at % 2)] as const);
  return Object.fromEntries<View>([
    ['handover-form', (ctx) => handoverFormCard({ partnerName: name, hours: HOURS, notHelped: false }, ctx)],
    ['handover-form-again', (ctx) => handoverFormCard({ partnerName: name, notHelped: true, again }, ctx)],
    ...each(
      'handover-visitor',
      (one, stuck) => (ctx) =>
        handoverVisitorCard({ ...visitorData, handover: one, stuck }, { ...ctx, talk: true }),
    ),
    ...each(
      'handover-staff',
      (one, stuck) => (ctx) =>
        handoverStaffCard({ ...staffData, handover: one, stuck, kind: stuck ? 'group' : 'channel' }, ctx),
    ),
    [
      'handover-staff-forgotten',
      (ctx) =>
        handoverStaffCard({ ...staffData, handover: forgotten(handover()), stuck: 0, kind: 'channel' }, ctx),
    ],
    ...NOTES.map(
      (note) =>
        [
          `handover-note-${note}`,
          (ctx: RenderContext) => handoverNoteCard({ note, partnerName: name, desk }, ctx),
        ] as const,
    ),
  ]);
}
