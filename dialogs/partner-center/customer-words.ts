/** Reads the name of a customer that staff type: "customer Contoso", "for customer: contoso". */
import { typedWords } from '../../locales/commands.js';

const LONGEST = 120;
const MOST_WORDS = 6;

/** Lower-case words inside names of companies. */
const JOINING = new Set(
  'of and & the de del della di do da dos e et y und en van von der den la le les el al'.split(' '),
);

/**
 * The name behind the word for a customer. A sentence about a customer is no name: without a colon or quotes, each word
 * must begin with a capital letter or a digit. Scripts without capital letters need the colon.
 */
export function customerNamed(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain.length > LONGEST) return undefined;
  const lower = plain.toLowerCase();
  for (const word of typedWords('partner-center.word.customer')) {
    if (!lower.startsWith(word)) continue;
    const name = nameBehind(plain.slice(word.length), word);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** In scripts without spaces nothing need stand between the word and a name in Latin letters. */
const SPACELESS = /\p{Script=Han}$|\p{Script=Hiragana}$|\p{Script=Katakana}$/u;
const QUOTED = /^["“”„«「『'‘]\s*(.+?)\s*["“”»」』'’]$/su;

function nameBehind(rest: string, word: string): string | undefined {
  const between = SPACELESS.test(word) ? /^(\s*:|\s*)(.+)$/su : /^(\s*:|\s+)(.+)$/su;
  const [, mark = '', said = ''] = between.exec(rest) ?? [];
  const bare = said.trim();
  const quoted = QUOTED.exec(bare)?.[1];
  const name = (quoted ?? bare).trim();
  if (!/[\p{L}\p{N}]/u.test(name) || /[\n?!]/u.test(name)) return undefined;
  const isMarked = mark.endsWith(':') || quoted !== undefined;
  return isMarked || isCapitalised(name) ? name : undefined;
}

function isCapitalised(name: string): boolean {
  const words = name.split(/\s+/);
  if (words.length > MOST_WORDS || /\p{Lo}/u.test(name)) return false;
  const isName = (word: string) => /^[^\p{L}]*[\p{Lu}\p{N}]/u.test(word);
  return isName(words[0] ?? '') && words.every((word) => JOINING.has(word) || isName(word));
}
