/** Ranks unanswered questions, and names those that the bot can answer by now. Pure. */
import type { OfferIndex } from '../../directory/search/types.js';
import type { UnansweredEntry } from '../../ports.js';
import type { Issue } from '../../terms.js';
import type { IssueClassifier } from '../../understanding/classifier.js';

/** The same question asked several times, however it was spelt or spaced. */
export interface UnansweredGroup {
  readonly missing: UnansweredEntry['missing'];
  /** The wording asked most recently, redacted when it was kept. */
  readonly text: string;
  readonly times: number;
  readonly languages: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
  /** Ids of the offers that come nearest, best first. */
  readonly nearestOffers: readonly string[];
  readonly nearestIssues: readonly Issue[];
}

export interface UnansweredReport {
  /** Still not known, asked most often first. */
  readonly open: readonly UnansweredGroup[];
  /** Entries that would be matched today: an alias, a phrase or an import has settled them. */
  readonly settled: number;
  readonly total: number;
}

export interface Knowing {
  readonly index: OfferIndex;
  readonly classifier: IssueClassifier;
}

const NEAREST = 3;

/** Groups the entries and measures each group against what the directory and the classifier know now. */
export function rankUnanswered(entries: readonly UnansweredEntry[], knowing: Knowing): UnansweredReport {
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
