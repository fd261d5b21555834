/** Cuts names and queries into the words the offer index knows: camel case apart, Han and kana in pairs, folded. */
import { cap, fold, openCamel, plainWords, runs } from '../../text.js';

/** A query longer than this is cut; names are far shorter. */
const QUERY_CAP = 256;
const WORDS_MAX = 24;

function pairs(text: string): readonly string[] {
  const characters = [...text];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((char, at) => `${characters[at] ?? ''}${char}`);
}

/** Words of a name or query, in order; camel case is opened when asked. */
export function wordsOf(text: string, camel = false): readonly string[] {
  const plain = cap(text, QUERY_CAP);
  const folded = fold(camel ? openCamel(plain) : plain, QUERY_CAP);
  const words =
    plainWords(folded) ?? runs(folded).flatMap((run) => (run.spaceless ? pairs(run.text) : [run.text]));
  return words.length > WORDS_MAX ? words.slice(0, WORDS_MAX) : words;
}

/** All letters and digits run together: `Contoso Back-up` → `contosobackup`. */
export function squash(text: string): string {
  const folded = fold(cap(text, QUERY_CAP), QUERY_CAP);
  return (plainWords(folded) ?? runs(folded).map((run) => run.text)).join('');
}

const LEGAL = new Set(
  'inc incorporated ltd limited llc llp corp corporation co company gmbh ag sa sas sarl srl spa bv nv ab as oy aps plc pty pte kk sdn bhd technologies technology'.split(
    ' ',
  ),
);

/** A company name without its legal form: `Contoso, Ltd.` → `contoso`. */
export function companyWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const bare = words.filter((word) => !LEGAL.has(word));
  return bare.length > 0 ? bare : words;
}

/** First letters of a name of two to six words: `Enterprise Backup Suite` → `ebs`. */
export function initials(words: readonly string[]): string | undefined {
  if (words.length < 2 || words.length > 6) return undefined;
  return words.map((word) => word[0] ?? '').join('');
}

/** Edits between two words, a swap of neighbours counting once; more than `limit` answers `limit + 1`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (older[j - 2] ?? 0) + 1);
      }
      row[j] = best;
      least = Math.min(least, best);
    }
    if (least > limit) return limit + 1;
    older = above;
    above = row;
  }
  return Math.min(limit + 1, above[b.length] ?? limit + 1);
}
