/** Finds the sentences of a long text that tell the kind of issue, so that thanks, background and dates do not outvote them. */
import { foldKeepingPlace, placesOf } from '../fold-keeping-place.js';
import { fold, runs } from '../text.js';
import type { Slices } from '../time-slices.js';
import { anyOf } from '../word-patterns.js';
import { conceptsIn } from './lexicon.js';
import words from './telling-words.json' with { type: 'json' };

const SENTENCE_END = /(?<=[.!?;؟؛])\s+|(?<=[。！？；])|\n+/u;

/** A text with fewer sentences is read only as a whole; a shorter one is read as a whole first. */
const FEWEST_SENTENCES = 3;
const SHORTEST = 240;
/** A sentence without an end, as in a list or a log, is cut into pieces of this length. */
const LONGEST_SENTENCE = 400;
/** Reading more sentences, or more characters, would hold other conversations. */
const MOST = 16;
const MOST_CHARACTERS = 1_200;

/** Words of a problem or a wish, in the languages people write in. */
const ASKS = new RegExp(`[?？؟]|${anyOf(words.asks)}`, 'iu');
/** Courtesy, introductions and background. */
const COURTESY = new RegExp(anyOf(words.courtesy), 'iu');
/** Words that announce the point of a text; they stand at the beginning of its sentence. */
const POINT = new RegExp(`^${anyOf(words.point)}\\s*(?:[:,;–—、，：،-]\\s*|\\s+)`, 'giu');
/** Something that the writer says is over. */
const SETTLED = new RegExp(anyOf(words.settled), 'iu');

function sentencesOf(text: string): readonly string[] {
  const pieces = text.split(SENTENCE_END).flatMap((sentence) => {
    const parts: string[] = [];
    for (let at = 0; at < sentence.length; at += LONGEST_SENTENCE)
      parts.push(sentence.slice(at, at + LONGEST_SENTENCE));
    return parts;
  });
  return [...new Set(pieces.map((piece) => piece.trim()))].filter((piece) => /[\p{L}]{2}/u.test(piece));
}

/**
 * How much a sentence tells about the issue; 0 or less when it tells nothing. `name` is the offer's name in the text, or
 * empty.
 */
export function worthOf(sentence: string, name = ''): number {
  const isNamed = name !== '' && sentence.includes(name);
  const concepts = new Set(conceptsIn(runs(fold(sentence))).map(({ concept }) => concept)).size;
  const { text } = foldKeepingPlace(sentence);
  const manner = (COURTESY.test(text) ? 3 : 0) + (SETTLED.test(text) ? 4 : 0);
  const stress = (isNamed ? 2 : 0) + (ASKS.test(text) ? 2 : 0) + (pointEnd(sentence) > 0 ? 3 : 0);
  return stress + Math.min(concepts, 3) - manner;
}

/** The place after the words that announce the point; 0 when there are none. */
function pointEnd(sentence: string): number {
  return placesOf(sentence, POINT)[0]?.to ?? 0;
}

/** A sentence, with how much it tells about the issue. */
export interface TellingSentence {
  readonly text: string;
  readonly worth: number;
}

/** True for a text that is read by its telling sentences first, and not as a whole. */
export function isLong(text: string): boolean {
  return text.length >= SHORTEST;
}

/**
 * The sentences that name the offer, or ask, or speak of an issue, those that tell most first; undefined for a text of
 * fewer than three sentences.
 */
export function* tellingSlices(text: string, name: string): Slices<readonly TellingSentence[] | undefined> {
  const sentences = sentencesOf(text);
  if (sentences.length < FEWEST_SENTENCES) return undefined;
  const rated: TellingSentence[] = [];
  for (const sentence of sentences) {
    rated.push({ text: sentence.slice(pointEnd(sentence)), worth: worthOf(sentence, name) });
    yield undefined;
  }
  const best = rated.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth);
  let room = MOST_CHARACTERS;
  return best.slice(0, MOST).filter((sentence) => (room -= sentence.text.length) >= 0);
}
