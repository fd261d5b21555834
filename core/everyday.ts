/** Everyday words about any product, in eight languages: they name no offer and no company alone. */
import everyday from './everyday-words.json' with { type: 'json' };

const EVERYDAY: ReadonlySet<string> = new Set(everyday.words.split(' '));

/** True for folded words that do not distinguish offers: everyday words, single letters, numbers. */
export function isEveryday(word: string): boolean {
  return EVERYDAY.has(word) || word.length < 2 || /^\d+$/.test(word);
}
