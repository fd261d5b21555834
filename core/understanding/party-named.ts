/** Recognises a text that only names a possible responsible party: "Microsoft?", "why not the publisher?". */
import { anyOf } from '../word-patterns.js';
import words from './party-named.json' with { type: 'json' };
import { plainWords } from './plain-words.js';

/** Longer texts say more than a name. */
const LONGEST = 60;

let compiled: RegExp | undefined;

/** A name, with words around it that ask whether the party is responsible. */
function pattern(): RegExp {
  compiled ??= new RegExp(
    `^(?:${anyOf(words.before)} ?)*${anyOf(words.party)}(?: ?${anyOf(words.after)})*$`,
    'u',
  );
  return compiled;
}

/** True when the whole text names a party, with or without the question whether that party is responsible. */
export function namesParty(text: string, ...partnerNames: readonly string[]): boolean {
  if (text.length > LONGEST) return false;
  const said = plainWords(text, LONGEST);
  const isPartner = partnerNames.some((name) => said === plainWords(name, LONGEST));
  return said !== '' && (isPartner || pattern().test(said));
}
