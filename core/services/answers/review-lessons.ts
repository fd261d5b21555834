/** Groups what people chose after a question back, for the administrator who decides what the desk learns. Pure. */
import type { OfferIndex } from '../../directory/search/types.js';
import type { Lesson } from '../../ports.js';
import type { Slices } from '../../time-slices.js';
import type { IssueClassifier } from '../../understanding/classifier.js';
import { groupSlices } from '../../understanding/learned.js';
import { withoutMarks } from '../../understanding/redact.js';

/** Something that people chose, and how often. */
export interface Choice {
  /** An issue or an offer id. */
  readonly value: string;
  readonly times: number;
}

/** Similar sentences about the same matter. */
export interface LessonGroup {
  /** The id of the newest lesson. */
  readonly id: string;
  readonly about: Lesson['about'];
  /** The newest wording; the others follow, newest first. */
  readonly text: string;
  readonly otherTexts: readonly string[];
  readonly times: number;
  readonly reasons: Readonly<Record<Lesson['reason'], number>>;
  /** What the bot read, most frequent first. */
  readonly read: readonly Choice[];
  /** What people chose, most frequent first. */
  readonly chosen: readonly Choice[];
  readonly languages: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

export interface LessonReview {
  /** Most frequent first. */
  readonly open: readonly LessonGroup[];
  /** Lessons that the bot follows today: it reads the sentence as most people chose. */
  readonly settled: number;
  readonly total: number;
}

interface Knowing {
  readonly index: OfferIndex;
  readonly classifier: IssueClassifier;
}

const MOST_TEXTS = 3;

/** Groups the lessons by similarity and leaves out the groups that the bot reads right today. */
export function* reviewSlices(lessons: readonly Lesson[], knowing: Knowing): Slices<LessonReview> {
  const newest = [...lessons].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  const open: LessonGroup[] = [];
  for (const about of ['issue', 'offer'] as const) {
    const own = newest.filter((one) => one.about === about);
    for (const members of yield* groupSlices(own, (one) => one.text)) {
      const group = describe(members);
      if (!isSettled(group, knowing)) open.push(group);
      yield undefined;
    }
  }
  const left = open.reduce((sum, { times }) => sum + times, 0);
  return { open: open.sort(byWeight), settled: lessons.length - left, total: lessons.length };
}

function describe(group: readonly Lesson[]): LessonGroup {
  const [latest] = group;
  if (!latest) throw new Error('a group has at least one lesson');
  const texts = [...new Set(group.map((one) => one.text))].filter((text) => text !== latest.text);
  const count = (reason: Lesson['reason']) => group.filter((one) => one.reason === reason).length;
  return {
    id: latest.id,
    about: latest.about,
    text: latest.text,
    otherTexts: texts.slice(0, MOST_TEXTS),
    times: group.length,
    reasons: {
      'asked-back': count('asked-back'),
      corrected: count('corrected'),
      'not-helped': count('not-helped'),
    },
    read: tally(group.flatMap(({ read }) => read ?? [])),
    chosen: tally(group.flatMap(({ chosen }) => chosen ?? [])),
    languages: [...new Set(group.map((one) => one.language))].sort(),
    lastAt: latest.at,
  };
}

function tally(values: readonly string[]): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, times]) => ({ value, times }))
    .sort((a, b) => b.times - a.times || (a.value < b.value ? -1 : 1));
}

/** A group without a choice stays open: an answer that did not help may have been read right. */
function isSettled({ about, text, chosen }: LessonGroup, { index, classifier }: Knowing): boolean {
  const [first] = chosen;
  if (!first) return false;
  if (about === 'issue') {
    const read = classifier.read(withoutMarks(text));
    return read.decision === 'answered' && read.guess.issue === first.value;
  }
  const match = index.find(text);
  return match.kind === 'one' && match.hit.offerId === first.value;
}

function byWeight(a: LessonGroup, b: LessonGroup): number {
  return b.times - a.times || b.lastAt - a.lastAt || (a.text < b.text ? -1 : 1);
}
