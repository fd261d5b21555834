/** Finds a product name in a sentence that the directory does not know, so that the bot can say so. */
import { isEveryday } from '../../core/everyday.js';
import { fold } from '../../core/text.js';
import { marketplaceUrlIn } from '../../core/directory/marketplace-url.js';

/** Two or more capitalised words in a row, at most five. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]+(?:[ -]\p{Lu}[\p{L}\p{N}]+){1,4}/gu;
const LONGEST = 1_000;

/** The unknown name, or the marketplace address, in the text; undefined when there is none. */
export function unknownNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  const url = marketplaceUrlIn(read);
  if (url !== undefined) return url;
  return [...read.matchAll(NAME)].map(([name]) => name).find(isName);
}

function isName(name: string): boolean {
  const words = name.split(/[ -]/).map((word) => fold(word));
  return words.some(
    (word) => word.length >= 4 && !isEveryday(word) && !/^(?:microsoft|azure|teams|office)$/.test(word),
  );
}
