/** Ranks unanswered questions, and names those that the bot can answer now. Pure. */
import type { OfferIndex } from '../../directory/search/types.js';
import type { UnansweredEntry } from '../../ports.js';
import type { Issue } from '../../terms.js';
import type { IssueClassifier } from '../../understanding/classifier.js';

/** The same question asked several times, in any spelling and spacing. */
export interface UnansweredGroup {
  readonly missing: UnansweredEntry['missing'];
  /** The most recent wording, redacted before it was stored. */
  readonly text: string;
  readonly times: number;
  readonly languages: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
  /** Ids of the nearest offers, best first. */
  readonly nearestOffers: readonly string[];
  readonly nearestIssues: readonly Issue[];
}

export interface UnansweredSummary {
  /** Still unanswered, most frequent first. */
  readonly open: readonly UnansweredGroup[];
  /** Questions that the bot can answer now: an alias, a phrase or an import has settled them. */
  readonly settled: number;
  readonly total: number;
}

export interface Knowing {
  readonly index: OfferIndex;
  readonly classifier: IssueClassifier;
}

const NEAREST = 3;

/** Groups the entries and tests each group with the present directory and classifier. */
export function rankUnanswered(entries: readonly UnansweredEntry[], knowing: Knowing): UnansweredSummary {
  const groups = new Map<string, UnansweredEntry[]>();
  for (const entry of entries) {
    const key = `${entry.missing}:${fold(entry.text)}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const open = [...groups.values()].filter((group) => !isKnown(group, knowing));
  const openEntries = open.reduce((sum, group) => sum + group.length, 0);
  return {
    open: open.map((group) => describe(group, knowing)).sort(byWeight),
    settled: entries.length - openEntries,
    total: entries.length,
  };
}

function isKnown([entry]: readonly UnansweredEntry[], { index, classifier }: Knowing): boolean {
  if (!entry) return true;
  if (entry.missing === 'issue') return classifier.read(entry.text).decision === 'answered';
  return index.find(entry.text).kind !== 'none' || index.inSentence(entry.text).match.kind !== 'none';
}

function describe(group: readonly UnansweredEntry[], { index, classifier }: Knowing): UnansweredGroup {
  const latest = group.reduce((last, entry) => (entry.at > last.at ? entry : last));
  return {
    missing: latest.missing,
    text: latest.text,
    times: group.length,
    languages: [...new Set(group.map((entry) => entry.language))].sort(),
    lastAt: latest.at,
    nearestOffers: index.search(latest.text, NEAREST).map((hit) => hit.offerId),
    nearestIssues: classifier
      .read(latest.text)
      .ranked.slice(0, NEAREST)
      .map((guess) => guess.issue),
  };
}

function byWeight(a: UnansweredGroup, b: UnansweredGroup): number {
  return b.times - a.times || b.lastAt - a.lastAt || (a.text < b.text ? -1 : 1);
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}
