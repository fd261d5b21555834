/** `directory quality`: how well each contact answers, from the cases of staff. Counts only, without people. */
import type { Clock, DirectoryStore, ProfileStore } from '../../core/ports.js';
import type { CaseStore } from '../../core/services/cases/keep-cases.js';
import {
  QUALITY_MS,
  qualityOf,
  triesOf,
  type ContactQuality,
} from '../../core/services/cases/contact-quality.js';
import { NO_PROFILE } from '../../core/directory/profile.js';
import { ownerName } from '../../core/services/reports/contact-about.js';
import { EXIT, type Output } from './directory.js';

export interface QualityStores {
  readonly directory: Pick<DirectoryStore, 'load'>;
  readonly profile: Pick<ProfileStore, 'load'>;
  readonly cases: Pick<CaseStore, 'attempts'>;
}

/** Prints at most `limit` contacts, those that answer least first. */
export async function directoryQuality(
  { limit }: { readonly limit: number },
  { directory, profile, cases }: QualityStores,
  out: Output,
  now: Clock,
): Promise<number> {
  const [view, partner] = [await directory.load(), (await profile.load()) ?? NO_PROFILE];
  const all = [...qualityOf(await cases.attempts(now() - QUALITY_MS)).values()].sort(worstFirst);
  const shown = all.slice(0, limit);
  out.data?.({
    total: all.length,
    contacts: shown.map((one) => ({ ...one, name: ownerName(one.key, view, partner), count: triesOf(one) })),
  });
  for (const one of shown)
    out.line(`${ownerName(one.key, view, partner)} (${one.key}), ${one.way}: ${figuresText(one)}`);
  if (all.length > limit) out.line(`… and ${String(all.length - limit)} more (--limit)`);
  if (all.length === 0) out.line('No case has said how a contact answers.');
  return EXIT.ok;
}

function worstFirst(a: ContactQuality, b: ContactQuality): number {
  const share = (one: ContactQuality) => one.answered / triesOf(one);
  return share(a) - share(b) || triesOf(b) - triesOf(a) || (a.key < b.key ? -1 : 1);
}

function figuresText(one: ContactQuality): string {
  const { answered, unanswered, wrong, medianMinutes } = one;
  const median = medianMinutes === undefined ? [] : [`median ${hoursText(medianMinutes)}`];
  const others = [`${String(unanswered)} unanswered`, `${String(wrong)} wrong`];
  return [`answered ${String(answered)} of ${String(triesOf(one))}`, ...median, ...others].join(', ');
}

/** Working hours of the contact. */
const hoursText = (minutes: number): string =>
  minutes < 60 ? `${String(minutes)} min` : `${String(Math.round(minutes / 6) / 10)} h`;
