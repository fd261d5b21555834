/** Reads kept sentences twice, without and with one more phrase or alias, and names those that are read differently. */
import { indexSlices } from '../../directory/search/search.js';
import type { Directory } from '../../directory/types.js';
import type { Lesson, TaughtPhrase, UnansweredEntry } from '../../ports.js';
import type { Asker, Issue } from '../../terms.js';
import type { Slices } from '../../time-slices.js';
import { createIssueClassifier } from '../../understanding/classifier.js';
import { withoutMarks } from '../../understanding/redact.js';
import type { Teaching } from './learn.js';
import { understandSentence, type SentenceContext } from './understand-sentence.js';

/** A kept sentence. The list of unanswered questions does not say who asked. */
export interface KeptSentence {
  readonly text: string;
  readonly asker: Asker;
}

/** What the bot takes from a sentence without asking; a missing part is asked for. */
export interface ReplayReading {
  readonly issue?: Issue;
  readonly offerId?: string;
}

export interface ReplayDifference {
  readonly text: string;
  /** How often the sentence is on record. */
  readonly times: number;
  readonly before: ReplayReading;
  readonly after: ReplayReading;
}

export interface Replay {
  readonly sentences: number;
  readonly differences: readonly ReplayDifference[];
}

/** The sentences on record, from both lists. */
export function keptSentences(
  unanswered: readonly UnansweredEntry[],
  lessons: readonly Lesson[],
): readonly KeptSentence[] {
  const asked = unanswered.map(({ text }) => ({ text, asker: 'customer' as const }));
  return [...asked, ...lessons.map(({ text, asker }) => ({ text, asker }))];
}

/** What understanding works on at present. */
export interface PresentKnowledge extends SentenceContext {
  readonly directory: Directory;
  readonly phrases: readonly TaughtPhrase[];
}

/** Replays the sentences as they would be read with the teaching. Stores nothing. */
export function* trySlices(
  teaching: Teaching,
  sentences: readonly KeptSentence[],
  present: PresentKnowledge,
): Slices<Replay> {
  if (teaching.about === 'offer') {
    const directory = withAlias(present.directory, teaching.offerId, teaching.words);
    const index = yield* indexSlices(directory, present.index);
    return yield* replaySlices(sentences, present, { ...present, index });
  }
  const others = present.phrases.filter(({ phrase }) => phrase !== teaching.words);
  const phrases = [
    ...others.map(({ phrase, issue }) => ({ text: phrase, issue })),
    { text: teaching.words, issue: teaching.issue },
  ];
  return yield* replaySlices(sentences, present, {
    ...present,
    classifier: createIssueClassifier({ phrases }),
  });
}

function withAlias(directory: Directory, offerId: string, alias: string): Directory {
  const offer = directory.offers.get(offerId);
  if (!offer) return directory;
  const changed = { ...offer, aliases: [...offer.aliases, alias] };
  return { ...directory, offers: new Map(directory.offers).set(offerId, changed) };
}

/** Pauses after every sentence, because a long one takes some milliseconds. */
function* replaySlices(
  sentences: readonly KeptSentence[],
  before: SentenceContext,
  after: SentenceContext,
): Slices<Replay> {
  const counted = new Map<string, KeptSentence & { times: number }>();
  for (const one of sentences) {
    const key = `${one.asker}\n${one.text}`;
    const known = counted.get(key);
    if (known) known.times += 1;
    else counted.set(key, { ...one, times: 1 });
  }
  const differences: ReplayDifference[] = [];
  for (const { text, asker, times } of counted.values()) {
    const [was, becomes] = [readingOf(text, asker, before), readingOf(text, asker, after)];
    if (was.issue !== becomes.issue || was.offerId !== becomes.offerId)
      differences.push({ text, times, before: was, after: becomes });
    yield undefined;
  }
  return { sentences: sentences.length, differences: differences.sort((a, b) => b.times - a.times) };
}

function readingOf(text: string, asker: Asker, known: SentenceContext): ReplayReading {
  const words = withoutMarks(text);
  const { match, read } = understandSentence(words, asker, known);
  const found = match.kind === 'one' ? match : known.index.find(words);
  return {
    ...(read.decision === 'answered' && { issue: read.guess.issue }),
    ...(found.kind === 'one' && { offerId: found.hit.offerId }),
  };
}
