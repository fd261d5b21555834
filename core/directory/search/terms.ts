/** The words of the offer index: MiniSearch's radix tree finds a word, its continuations and its misspellings. */
import SearchableMap from 'minisearch/SearchableMap';
import { isEveryday } from '../../everyday.js';
import { distance } from './words.js';

/** A word of the index that may be meant by a word of the query. */
export interface TermMatch {
  readonly term: number;
  /** 1 for the word itself, less for a beginning or a misspelling. */
  readonly likeness: number;
  readonly how: 'word' | 'beginning' | 'typo';
}

export interface Terms {
  /** Number of a word; a new word is added. Only during the build. */
  add(word: string): number;
  /** The number of words; they are numbered from 0. */
  readonly size: number;
  /** The word of a number. */
  word(term: number): string;
  exact(word: string): number | undefined;
  /** Words that begin with this one, shortest first. */
  beginnings(word: string): readonly TermMatch[];
  /** Words one or two edits away. */
  typos(word: string): readonly TermMatch[];
}

const MOST_BEGINNINGS = 40;
const MOST_SCANNED = 400;
/** From the first length on a word may have one typing error, from the second on two. */
const ONE_SLIP = 4;
const TWO_SLIPS = 7;

function slips(length: number): number {
  return length >= TWO_SLIPS ? 2 : length >= ONE_SLIP ? 1 : 0;
}

type Tree = SearchableMap<number>;

function beginningsIn(tree: Tree, word: string): readonly TermMatch[] {
  if (word.length < 2) return [];
  const found: { readonly word: string; readonly term: number }[] = [];
  for (const [longer, term] of tree.atPrefix(word)) {
    if (longer !== word) found.push({ word: longer, term });
    if (found.length >= MOST_SCANNED) break;
  }
  return found
    .sort((a, b) => a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_BEGINNINGS)
    .map(({ word: longer, term }) => ({
      term,
      likeness: 0.6 + (0.35 * word.length) / longer.length,
      how: 'beginning' as const,
    }));
}

function typosIn(tree: Tree, word: string): readonly TermMatch[] {
  const allowed = isEveryday(word) ? Math.min(1, slips(word.length)) : slips(word.length);
  if (allowed === 0) return [];
  // The tree counts swapped neighbours as two edits, so it searches with two, and the result is measured again.
  return [...tree.fuzzyGet(word, 2)].flatMap(([other, [term]]) => {
    const edits = distance(word, other, allowed);
    if (edits === 0 || edits > allowed) return [];
    return [{ term, likeness: 1 - edits / (Math.max(word.length, other.length) + 1), how: 'typo' as const }];
  });
}

/** An empty word list. */
export function createTerms(): Terms {
  const tree: Tree = new SearchableMap<number>();
  const numbers = new Map<string, number>();
  const words: string[] = [];
  return {
    add(word) {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const number = words.push(word) - 1;
      numbers.set(word, number);
      tree.set(word, number);
      return number;
    },
    get size() {
      return words.length;
    },
    word: (term) => words[term]!,
    exact: (word) => numbers.get(word),
    beginnings: (word) => beginningsIn(tree, word),
    typos: (word) => typosIn(tree, word),
  };
}
