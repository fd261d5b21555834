/** Folds text for comparison, and finds a place of the folded text in the text itself. */
import { fold } from './text.js';

export interface FoldedText {
  /** The letters as `fold` writes them. Case, signs and spaces stay. */
  readonly text: string;
  /** The place in the text itself of a place in the folded text. */
  readonly placeOf: (at: number) => number;
}

/** Letters outside ASCII, and apostrophes. Everything else stays as it is. */
const OTHER_LETTER = /(?![\0-\x7f])[\p{L}\p{M}’‘´]/gu;
const IS_OTHER = new RegExp(OTHER_LETTER, 'u');

/** Each letter is folded once. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** A sign that stands for a phrase (`ﷺ`) stays as it is: thousands of them would become a text of many times the length. */
const MOST_LETTERS = 3;

function foldedLetter(letter: string): string {
  const before = known.get(letter);
  if (before !== undefined) return before;
  const whole = fold(letter);
  const made = whole.length > MOST_LETTERS ? letter : whole;
  if (known.size < MOST_KNOWN) known.set(letter, made);
  return made;
}

/** Folds letter by letter. Most letters keep their length, so that a place needs no search. */
export function foldKeepingPlace(text: string): FoldedText {
  if (!IS_OTHER.test(text)) return { text, placeOf: (at) => at };
  /** Where the places move: after this place of the folded text, by how much. */
  const moves: { readonly from: number; readonly by: number }[] = [];
  let moved = 0;
  const folded = text.replace(OTHER_LETTER, (letter, at: number) => {
    const made = foldedLetter(letter);
    if (made.length !== letter.length) {
      const end = at + moved + made.length;
      moved += made.length - letter.length;
      moves.push({ from: end, by: moved });
    }
    return made;
  });
  return { text: folded, placeOf: (at) => at - (moves.findLast(({ from }) => from <= at)?.by ?? 0) };
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where an expression with the flag `g` fits the folded text, as places of the text itself. */
export function placesOf(text: string, pattern: RegExp): readonly Place[] {
  const folded = foldKeepingPlace(text);
  return [...folded.text.matchAll(pattern)].map(({ index, 0: words }) => ({
    from: folded.placeOf(index),
    to: folded.placeOf(index + words.length),
  }));
}

/** The pieces of the text between the places that fit. */
export function splitBy(text: string, pattern: RegExp): readonly string[] {
  const places = placesOf(text, pattern);
  return [...places, undefined].map((place, at) => text.slice(places[at - 1]?.to ?? 0, place?.from));
}
