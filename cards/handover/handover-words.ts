/** The messages between a visitor and staff, and the state of a hand-over, in words: the same status for both sides. */
import { firstName } from '../../core/handover/visitor-contact.js';
import { TEXT_LIMIT } from '../../core/handover/life.js';
import type { Entry, Handover, Side } from '../../core/handover/types.js';
import { punctuationOf } from '../../locales/language.js';
import { labelled } from '../kit/elements.js';
import { hoursSaid } from '../answer/contact-state.js';
import { plainLines, plainName, plainText } from '../kit/safe-text.js';
import { NOTHING, type Sentence, say, sayIf } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

/** Names of people by their stable id; empty for one that is not known. */
export type PersonName = (id: string) => string;

/** Names of the form fields, read back from the click. */
export const HANDOVER_FIELDS = {
  message: 'handoverMessage',
  contact: 'handoverContact',
  reply: 'handoverReply',
} as const;

export interface StatusData {
  readonly handover: Handover;
  readonly partnerName: string;
  readonly person: PersonName;
}

/** What a member of staff is called on the visitor's side; on their own the whole name. */
export function staffName(by: string | null, side: Side, person: PersonName, ctx: RenderContext): string {
  const name = by === null ? '' : person(by);
  const shown = side === 'visitor' ? firstName(name) : name;
  return shown === '' ? ctx.text('handover.colleague') : plainName(shown);
}

/** The one status, as each side reads it. */
export function statusSaid(
  { handover, partnerName, person }: StatusData,
  side: Side,
  ctx: RenderContext,
): Sentence {
  const { status, closedBy, takenBy } = handover;
  const name = staffName(takenBy, side, person, ctx);
  const key = status === 'closed' ? `closed.${closedBy ?? 'time'}` : status === 'asked' ? 'waiting' : status;
  return say(ctx, `handover.${side}.${key}`, { name, partner: partnerName });
}

/** When staff will read the messages, from the opening hours of the desk. */
export function whenSaid(hours: string | undefined, ctx: RenderContext): Sentence {
  const known = hoursSaid(hours, ctx);
  if (known) {
    const then = sayIf(!known.isOpen, ctx, 'handover.read-then');
    const both = (form: keyof Sentence) =>
      [known.said[form], then[form]].join(punctuationOf(ctx.language).gap).trim();
    return { card: both('card'), plain: both('plain') };
  }
  const text = plainText(hours ?? '', 100);
  return text === '' ? say(ctx, 'handover.hours.unknown') : say(ctx, 'handover.hours.text', { hours: text });
}

/** One entry as a message of plain text. */
export function entryText(
  entry: Entry,
  { partnerName, person }: Pick<StatusData, 'partnerName' | 'person'>,
  ctx: RenderContext,
): string {
  const { what, to, by } = entry;
  const values = { name: staffName(by, to, person, ctx), partner: plainName(partnerName) };
  switch (what.kind) {
    case 'text':
      return labelled(ctx.text(`handover.said.${to}`, values), plainLines(what.text, TEXT_LIMIT));
    case 'taken':
    case 'turned':
      return ctx.text(`handover.said.${what.kind}`, values);
    case 'closed':
      return ctx.text(`handover.said.closed.${what.by}`, values);
  }
}

/** Why the other side cannot see the messages; nothing while the delivery works. */
export function stuckSaid(count: number, { status }: Handover, side: Side, ctx: RenderContext): Sentence {
  if (status === 'closed' || count === 0) return NOTHING;
  return say(ctx, `handover.${side}.stuck`, { count });
}
