/** Distinguishes a sentence about a Microsoft product from one that only names Microsoft's marketplace or platform. */
import { fold, openCamel, runs } from '../text.js';
import names from './microsoft-products.json' with { type: 'json' };

interface Lists {
  readonly products: readonly (readonly string[])[];
  readonly platforms: readonly (readonly string[])[];
  readonly shops: readonly (readonly string[])[];
  readonly hosts: readonly (readonly string[])[];
  readonly others: readonly (readonly string[])[];
}

let lists: Lists | undefined;

function phrases(list: string): readonly (readonly string[])[] {
  return list
    .split(',')
    .map((name) => runs(fold(name)).map((run) => run.text))
    .sort((a, b) => b.length - a.length);
}

function known(): Lists {
  lists ??= {
    products: phrases(names.products),
    platforms: phrases(names.platforms),
    shops: phrases(names.shops),
    hosts: phrases(names.hosts),
    others: phrases(names.others),
  };
  return lists;
}

function startsAt(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((word, offset) => words[at + offset] === word);
}

/** The words without the phrases of a list, longest phrases first; a gap replaces each phrase. */
function without(words: readonly string[], list: readonly (readonly string[])[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const found = list.find((phrase) => startsAt(words, at, phrase));
    out.push(found ? '' : words[at]!);
    if (found) at += found.length - 1;
  }
  return out;
}

function holds(words: readonly string[], list: readonly (readonly string[])[]): boolean {
  return words.some((word, at) => word !== '' && list.some((phrase) => startsAt(words, at, phrase)));
}

/** A name in the middle of a sentence that is not a known word: most likely another company's product. */
function unknownNameIn(words: readonly string[], isKnown: (word: string) => boolean): boolean {
  return words.some((word) => word.length >= 4 && /\p{L}/u.test(word) && !isKnown(word));
}

/**
 * True when Microsoft's own product is the subject. "X from the Azure Marketplace", "X for Microsoft Sentinel" and "the
 * X connector in Sentinel" are about X; "Azure deployment fails" and "Teams meeting button missing" are about
 * Microsoft. `isKnown` says which words are ordinary, so that an unknown name counts as another company's product.
 */
export function concernsMicrosoft(text: string, isKnown: (word: string) => boolean): boolean {
  const { products, platforms, shops, hosts, others } = known();
  const open = runs(fold(openCamel(text))).map((run) => run.text);
  const words = without(open, shops);
  if (holds(words, others)) return false;
  if (holds(words, products)) return !unknownNameIn(without(without(words, products), platforms), isKnown);
  const outside = without(words, hosts);
  return holds(outside, platforms) && !unknownNameIn(without(outside, platforms), isKnown);
}
