/** When a contact was last verified, and a mark when that is long ago. */
import type { ShownContact } from '../../core/services/answers/answer.js';
import type { Language, Party } from '../../core/terms.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

/** A contact not verified for this many days is marked. */
const OLD_AFTER_DAYS = 180;
const DAY_MS = 86_400_000;

/** Making a formatter costs far more than using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, withDay: boolean): Intl.DateTimeFormat {
  const key = `${language} ${withDay}`;
  const day = withDay ? ({ day: 'numeric' } as const) : {};
  const found =
    formatters.get(key) ??
    new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', ...day, timeZone: 'UTC' });
  formatters.set(key, found);
  return found;
}

/** The date written out in the reader's language, or undefined when it is not an ISO date (day or month). */
export function longDate(iso: string | undefined, language: Language): string | undefined {
  if (iso === undefined || !/^\d{4}-\d{2}(-\d{2})?/.test(iso)) return undefined;
  const at = Date.parse(iso.slice(0, 10));
  if (Number.isNaN(at)) return undefined;
  return formatter(language, iso.length >= 10).format(at);
}

/** The line under a contact; none for desks and Microsoft pages, which have no date. */
export function verifiedLine(
  contact: ShownContact,
  party: Party,
  ctx: RenderContext,
): readonly { said: Sentence; old: boolean }[] {
  const date = longDate(contact.verifiedOn, ctx.language);
  if (date === undefined || contact.verifiedOn === undefined) {
    return party === 'publisher' ? [{ said: say(ctx, 'verified.never'), old: false }] : [];
  }
  const days = (ctx.now - Date.parse(contact.verifiedOn.slice(0, 10))) / DAY_MS;
  const old = days > OLD_AFTER_DAYS;
  return [{ said: say(ctx, old ? 'verified.old' : 'verified.on', { date }), old }];
}
