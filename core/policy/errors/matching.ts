/** Finds a published sentence or a code in pasted text, however it is quoted, cut or wrapped. */
import type { Asker } from '../../terms.js';
import { fold, runs } from '../../text.js';
import { sliceEach, type Slices } from '../../time-slices.js';
import type { StoreError, Translations } from './error-groups.js';

/** Long texts are cut: an error stands near the beginning. */
export const MOST_CHARACTERS = 4000;

/** Contracted, with and without apostrophe, and the two spellings that Microsoft itself mixes. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\bcan(?:'t| not)\b/g, 'cannot'],
  [/\bcant\b/g, 'cannot'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)nt\b/g, '$1 not'],
  [/\b(\w+)n't\b/g, '$1 not'],
  [/\b(it|there|that|what|here)'s\b/g, '$1 is'],
  [/\b(\w+)'(?:re|ve)\b/g, '$1 are'],
  [/\bcancelled\b/g, 'canceled'],
  [/\benrolment\b/g, 'enrollment'],
  [/\beligibilty\b/g, 'eligibility'],
  [/\bcountry\s*\/\s*region\b/g, 'country'],
  [/\bcloud solution providers\b/g, 'cloud solution provider'],
];

const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&apos;': "'",
  '&quot;': '"',
  '&amp;': '&',
};

/**
 * Case, white space, quotes, punctuation, accents, HTML entities, contractions and the Han script do not count. Of a
 * script without spaces, each character is a word.
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .replace(/&(?:#39|apos|quot|amp);/g, (entity) => ENTITIES[entity] ?? ' ')
    .replace(/\u02bc/g, "'");
  let folded = fold(plain, MOST_CHARACTERS);
  for (const [pattern, same] of SAME) folded = folded.replace(pattern, same);
  return runs(folded).flatMap(({ text: run, spaceless }) => (spaceless ? [...run] : [run]));
}

/** A sentence with fewer words is too plain to be known from memory. */
const LEAST_REMEMBERED = 4;
/** Words that change when somebody repeats a message from memory. */
const FORGOTTEN = new Set(
  'a an the this that these those my our your i it we you has have had been be is are was were'.split(' '),
);

/** The words as somebody remembers them: without articles and auxiliary verbs, in the singular. */
export function remembered(words: readonly string[]): readonly string[] {
  return words
    .filter((word) => !FORGOTTEN.has(word))
    .map((word) => (word === 'buy' ? 'purchase' : word.replace(/(?<=[a-z]{3}[^s])s$/, '')));
}

/** True where the text says that a message follows: "it says …", "Fehlermeldung: …". */
export function repeatsMessage(text: string): boolean {
  return /\b(?:says?|said|saying|tells?|told|states?|reads?|shows?|showed|error|message|popup|fehlermeldung|meldung|dice|dit|affiche|mensaje|diz|aparece|erro|mensagem|appare|errore|messaggio|zegt|staat|toont|foutmelding|melding)\b/i.test(
    text,
  );
}

/** A published sentence, cut at the places where names and numbers stand. */
interface Sentence {
  readonly error: StoreError;
  readonly segments: readonly (readonly string[])[];
  readonly size: number;
  readonly limits: Limits;
}

interface Limits {
  /** A sentence of so many words counts only as the whole text: other software says it too. */
  readonly alone: number;
  /** A sentence of so many words counts only as a whole: a part of it is everyday language. */
  readonly short: number;
  /** Words that a text must share with a longer sentence, in a row or on both sides of a name. */
  readonly enough: number;
  /** The sentence is looked up by runs of so many words. */
  readonly indexed: number;
}

const WORDS: Limits = { alone: 0, short: 8, enough: 6, indexed: 3 };
/** Chinese and Korean sentences are counted in characters. */
const CHARACTERS: Limits = { alone: 8, short: 14, enough: 10, indexed: 5 };
/** So are Japanese ones, but kana need more of them: "this subscription is active" has eighteen. */
const KANA: Limits = { alone: 11, short: 24, enough: 20, indexed: 5 };
/** Words that stand in every error message; they do not tell one sentence from another. Folded, one language a line. */
const EVERYDAY = new Set(
  `a an and are as at be because by can cannot could do does for from has have in is it no not of on or please
   than that the this to was were will with you your required permission permissions
   au car ce cet cette d dans de des du en est et impossible l la le les n ne pas pour que qui sont sur un une
   als auf bei bzw das dem den der die diese diesem diesen dieser dieses ein eine einem einen einer fur hat ihr ihre im
   ist kann kein keinem mit nicht nur oder sich sie sind und vom von werden wird wurde zu zum zur
   al como con del el es esta este ha han las lo los mas mi no o para por se su una ya
   ao com da das do dos e em essa esse foi mais na nao nos os ou pela pelo sua seu um uma voce
   alla che dal dei della delle di e gli i il nel nell nella non per piu quello questa questo si sono uno
   aan bij dat die dit deze een er geen heeft het is kan kunnen met niet of om omdat op te van voor wordt worden
   ان او تم على عن في لا لم ما من هذا هذه`.split(/\s+/),
);
/** The longest name between two parts of a sentence, in words. */
const GAP = 24;

/** Looks published sentences up by runs of a few words. */
export interface SentenceIndex {
  readonly sentences: readonly Sentence[];
  readonly byRun: ReadonlyMap<string, readonly number[]>;
}

/** The index of all errors that have a sentence, in any language, in the words that `read` leaves. */
export function* indexSlices(
  errors: readonly StoreError[],
  translations: Translations,
  read: typeof remembered,
): Slices<SentenceIndex> {
  const least = read === remembered ? LEAST_REMEMBERED : 1;
  const sentences: Sentence[] = [];
  const byRun = new Map<string, number[]>();
  yield* sliceEach(errors, (error) => {
    for (const says of [error.says, ...(translations.get(error.id) ?? [])]) {
      if (says === undefined) continue;
      const sentence = sentenceOf(error, says, read);
      if (sentence.size < least) continue;
      for (const run of sentence.segments.flatMap((part) => runsOf(part, sentence.limits.indexed))) {
        const known = byRun.get(run);
        if (known) known.push(sentences.length);
        else byRun.set(run, [sentences.length]);
      }
      sentences.push(sentence);
    }
  });
  return { sentences, byRun };
}

function sentenceOf(error: StoreError, says: string, read: typeof remembered): Sentence {
  const segments = says.split('…').map((part) => read(wordsOf(part)));
  const words = segments.flat();
  const characters = words.filter((word) =>
    /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]$/u.test(word),
  );
  const spaceless = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(says) ? KANA : CHARACTERS;
  const limits = 2 * characters.length > words.length ? spaceless : WORDS;
  return { error, segments, size: words.length, limits };
}

/** Runs of so many words; a shorter part is one run. */
function runsOf(words: readonly string[], size: number): readonly string[] {
  if (words.length <= size) return words.length === 0 ? [] : [words.join(' ')];
  return words.slice(size - 1).map((_, at) => words.slice(at, at + size).join(' '));
}

/** The error whose sentence has most words in this text; undefined where no sentence has enough of them. */
export function sentenceIn(
  words: readonly string[],
  { sentences, byRun }: SentenceIndex,
): StoreError | undefined {
  const near = new Set<number>();
  for (let size = 1; size <= CHARACTERS.indexed; size += 1) {
    for (let at = 0; at + size <= words.length; at += 1) {
      for (const one of byRun.get(words.slice(at, at + size).join(' ')) ?? []) near.add(one);
    }
  }
  let best: { readonly error: StoreError; readonly shared: number } | undefined;
  for (const at of [...near].sort((a, b) => a - b)) {
    const sentence = sentences[at]!;
    const shared = sharedWords(words, sentence);
    if (shared > (best?.shared ?? 0)) best = { error: sentence.error, shared };
  }
  return best?.error;
}

/** How many words the text shares with the sentence; none where that is not enough to recognise it. */
function sharedWords(words: readonly string[], { error, segments, size, limits }: Sentence): number {
  if (error.alone || size <= limits.alone) return isAlone(words, segments.flat()) ? size : 0;
  if (size <= limits.short) {
    const isThere = isWhole(words, segments, 0, words.length) || isCutOff(words, segments.flat(), limits);
    return isThere ? size : 0;
  }
  let from = 0;
  const shared: string[] = [];
  for (const segment of segments) {
    const run = longestRun(words, segment, from, shared.length === 0 ? words.length : from + GAP);
    if (!run) continue;
    shared.push(...words.slice(run.end - run.size, run.end));
    from = run.end;
  }
  return shared.length >= limits.enough && tellsApart(shared, segments.flat()) ? shared.length : 0;
}

/** True where the text has at least half of the words that only this sentence says. */
function tellsApart(shared: readonly string[], sentence: readonly string[]): boolean {
  return 2 * ownWords(shared) >= ownWords(sentence);
}

function ownWords(words: readonly string[]): number {
  return words.filter((word) => !EVERYDAY.has(word)).length;
}

/** True where all parts stand in the text in their order, the first one in this window and the others near it. */
function isWhole(
  words: readonly string[],
  [segment, ...others]: readonly (readonly string[])[],
  from: number,
  until: number,
): boolean {
  if (!segment) return true;
  for (let at = from; at <= Math.min(until, words.length - segment.length); at += 1) {
    const end = at + segment.length;
    const isHere = segment.every((word, place) => words[at + place] === word);
    if (isHere && isWhole(words, others, end, end + GAP)) return true;
  }
  return false;
}

/** True where the text breaks off inside the sentence, after most of it: "your account is currently under rev". */
function isCutOff(words: readonly string[], sentence: readonly string[], { enough }: Limits): boolean {
  for (
    let size = Math.min(sentence.length, words.length);
    size >= enough && 3 * size >= 2 * sentence.length;
    size -= 1
  ) {
    const end = words.slice(-size);
    const last = end.length - 1;
    if (end.every((word, at) => (at < last ? word === sentence[at] : sentence[at]!.startsWith(word))))
      return true;
  }
  return false;
}

/** Words before an error message; of Chinese, Japanese and Korean words one character each, simplified. */
const ANNOUNCES =
  /^(?:error|err|message|description|code|erreur|fehler|errore|erro|fout|foutcode|foutmelding|codigo|codice|\d+|[错误讯息信代码描述]|[エラーコド]|[오류코드메시지])$/u;

/** True where the text is this sentence and no more, apart from a word such as "error" before it. */
function isAlone(words: readonly string[], sentence: readonly string[]): boolean {
  const before = words.slice(0, -sentence.length);
  const isPlain = before.every((word) => ANNOUNCES.test(word));
  return isPlain && words.slice(-sentence.length).join(' ') === sentence.join(' ');
}

/** True where one word of a part is enough: its only word, or the first one after a name, such as "seats". */
function isTelling(segment: readonly string[], start: number): boolean {
  const word = segment[start] ?? '';
  return segment.length === 1 || (start === 0 && word.length > 3 && !EVERYDAY.has(word));
}

/** The longest run of a segment in the text that starts in this window; the first one of several. */
function longestRun(
  words: readonly string[],
  segment: readonly string[],
  from: number,
  until: number,
): { readonly size: number; readonly end: number } | undefined {
  let best: { size: number; end: number } | undefined;
  for (let at = from; at < Math.min(until + 1, words.length); at += 1) {
    for (let start = 0; start < segment.length; start += 1) {
      let size = 0;
      while (start + size < segment.length && words[at + size] === segment[start + size]) size += 1;
      if (size > (best?.size ?? 0) && (size > 1 || isTelling(segment, start)))
        best = { size, end: at + size };
    }
  }
  return best;
}

const NAMED =
  /(?:error|err|code|fehler(?:code)?|erreur|errore|error|código|codigo|codice|erro|fout(?:code|melding)?|خطأ|خطا|رمز(?: الخطأ)?|كود|エラー(?:コード)?|コード|오류|코드|錯誤(?:碼|代碼)?|错误(?:码|代码)?|代碼|代码)/u
    .source;
/** Between the word for an error and its number: separators, and words such as "number" or "is". */
const BETWEEN = String.raw`[\s:：#=("'“”\[]*(?:(?:code|id|number|numero|número|nummer|no\.?|nr\.?|n[.º°]|di|de|is|was|message|رقم|هو|碼|码|是|為|为|번호)[\s:：#=("'“”\[]*){0,2}`;
/** The word before or after a number that says what else it counts or names. */
const OTHER_NUMBER =
  /(?:invoice|order|ticket|case|request|purchase order|po|customer|phone|tel|fax|mobile|call|amount|price|total|sum|account|enrol+ment|contract|agreement|zip|postcode|room|building|year|since|rechnung|bestellung|kunde\w*|facture|commande|factura|pedido|fatura|nota fiscal|telefone|teléfono|fattura|ordine|cliente|telefono|factuur\w*|bestelling|bestelnummer|klant\w*|telefoon\w*|فاتورة|الفاتورة|طلب|الطلب|عميل|هاتف|청구서|주문|고객|전화|發票|帳單|訂單|電話|金額|客戶|案件|請求書|注文|電話番号)[\s:#.=]*(?:no\.?|nr\.?|n[.º°]|number|numero|número|nummer|id|رقم|번호|番号|號碼|編號)?[\s:#.=]*$|[$€£¥#+]\s*$|\b(?:usd|eur|gbp|chf|twd|jpy|nt)\s*$|\d[\s.,-]$/iu;
const COUNTED =
  /^\s*(?:[$€£¥%]|(?:seats?|users?|licen[cs]es?|lizenzen|licencias|licenças|licenze|licenties|utilisateurs|benutzer|nutzer|usuarios|usuários|utenti|gebruikers|units?|times|usd|eur|gbp|chf|twd|jpy|dollars?|euros?|people|employees|customers|items|days|hours|km|gb|mb|個|人|元|次|席|名|件|台|天|小時|명|개|원|건|مستخدم|رخصة|ريال)\b)/iu;

/** An HTTP status before the code, as in "HTTP 403 (2091)" or "400 BadRequest 2006". */
const AFTER_STATUS =
  /\b[45]\d\d[\s(:,–-]*(?:bad ?request|unauthorized|forbidden|not ?found|conflict|internal ?server ?error)?[\s(:,–-]+/u
    .source;

/** Names of the places whose short codes the table has. */
const STORE_WORDS =
  /partner ?cent(?:er|re)|\bhttp\b|marketplace|appsource|espace partenaires|centro (?:de|per i) partner|central de parceiros|partnercentrum|パートナー ?センター|マーケットプレース|合作(?:夥伴|伙伴)中心|市集|市场|파트너 ?센터|마켓플레이스|مركز الشركاء|السوق/iu;
/** How far such a name may stand from a short code, in characters. */
const BESIDE = 80;

/**
 * A code of six digits says itself, unless the words beside it name another number. A shorter one needs "error" or
 * "code"; a customer's product has such numbers too, so a customer must also name the store.
 */
export function codeIn(text: string, code: string, asker: Asker): boolean {
  if (!/^\d+$/.test(code)) return nameIn(text, code);
  if (!text.includes(code)) return false;
  const end = String.raw`(?!\d|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])\p{L}|[.,-]\d)(?!\s*(?:(?:times|x)\b|[次回번]))`;
  if (code.length < 6) return shortCodeIn(text, code, end, asker);
  if (new RegExp(`(?:${NAMED}${BETWEEN}|${AFTER_STATUS})${code}${end}`, 'iu').test(text)) return true;
  const bare = new RegExp(`(?<![\\p{L}\\d]|\\d[.,-])${code}(?![\\p{L}\\d]|[.,-]\\d)`, 'gu');
  return [...text.matchAll(bare)].some(
    ({ index }) =>
      !OTHER_NUMBER.test(text.slice(Math.max(0, index - 40), index)) &&
      !COUNTED.test(text.slice(index + code.length)),
  );
}

function shortCodeIn(text: string, code: string, end: string, asker: Asker): boolean {
  if (new RegExp(`${AFTER_STATUS}${code}${end}`, 'iu').test(text)) return true;
  return [...text.matchAll(new RegExp(`${NAMED}${BETWEEN}${code}${end}`, 'giu'))].some(
    ({ index, 0: found }) =>
      asker !== 'customer' ||
      STORE_WORDS.test(text.slice(Math.max(0, index - BESIDE), index + found.length + BESIDE)),
  );
}

/** True where the name stands as a word of its own. */
function nameIn(text: string, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
