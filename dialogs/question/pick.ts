/** A choice on a card by its number, its ordinal or a part of its name: "2", "the second one", "the drone one". */
import { companyWords, wordsOf } from '../../core/directory/search/words.js';
import type { OfferIndex, OfferMatch } from '../../core/directory/search/types.js';
import { EXACT } from '../../core/services/answers/understand-sentence.js';
import { ownNames } from '../../core/directory/own-language.js';
import type { Directory } from '../../core/directory/types.js';
import { replyOf } from '../../locales/commands.js';
import { fold } from '../../core/text.js';
import { anyOf, wholeText, wordSet } from '../../core/word-patterns.js';
import type { DirectoryView } from '../shared/services.js';
import words from './pick-words.json' with { type: 'json' };
import { reduce, type TimesAsked } from './reduce.js';
import { fill, type RouteState } from './route-state.js';

const WORDS = {
  number: anyOf(words.number),
  last: wholeText(words.last),
  middle: wholeText(words.middle),
  ordinals: words.ordinals.map((one) => wholeText(one)),
};
const NUMBER = new RegExp(
  `^(?:${WORDS.number} *)?[#(]?(\\d{1,2})(?:[.)]| ?(?:${anyOf(words.counter)}))?$`,
  'u',
);
const LETTER = new RegExp(`^(?:${WORDS.number} *)?\\(?([a-e])[.)]?$`, 'u');

/** Words around a choice. In scripts without spaces nothing stands between them and the choice. */
const AROUND = new RegExp(
  `^(?:${anyOf(words.before)}(?:(?<=')|\\b|(?<![\\x00-\\x7f])) *)+|(?: *${anyOf(words.after)})+$`,
  'gu',
);

/** The folded text without the marks at its end. */
function plainChoice(text: string): string {
  return fold(text)
    .replace(/^[\s¿¡]+|[\s.,!?。！，؟،]+$/gu, '')
    .trim();
}

/** The number that is the whole text, counted from 1; -1 for "the last one". */
export function numberSaid(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const plain = plainChoice(text);
  const digits = NUMBER.exec(plain)?.[1];
  if (digits !== undefined) return Number(digits);
  const letter = LETTER.exec(plain)?.[1];
  if (letter !== undefined) return letter.charCodeAt(0) - 'a'.charCodeAt(0) + 1;
  return ordinalOf(plain) ?? ordinalOf(withoutAround(plain));
}

function ordinalOf(word: string): number | undefined {
  if (WORDS.last.test(word)) return -1;
  const bare = NUMBER.exec(word)?.[1];
  if (bare !== undefined) return Number(bare);
  const at = WORDS.ordinals.findIndex((ordinal) => ordinal.test(word));
  return at < 0 ? undefined : at + 1;
}

function withoutAround(plain: string): string {
  return plain.replace(AROUND, '').trim();
}

/** The choice with that number; undefined when the text is no number or there is no such choice. */
export function picked<T>(text: string, choices: readonly T[]): T | undefined {
  const number = numberSaid(text);
  if (number !== undefined) return number === -1 ? choices.at(-1) : choices[number - 1];
  const isMiddle = text.length <= 40 && WORDS.middle.test(withoutAround(plainChoice(text)));
  return isMiddle && choices.length % 2 === 1 ? choices[(choices.length - 1) / 2] : undefined;
}

/** A joining word stands apart in scripts with spaces. */
const BETWEEN = new RegExp(
  `\\s*(?:[,、，،&+]|(?:\\b|(?![\\x00-\\x7f]))${anyOf(words.between)}(?:\\b|(?<![\\x00-\\x7f])))\\s*`,
  'u',
);
const FIRST_TWO = wholeText(words.first);
const LAST_TWO = wholeText(words.final);

/** At least two choices that the text names by their numbers: "1 and 3", "the last two"; empty for any other text. */
export function pickedSeveral<T>(text: string, choices: readonly T[]): readonly T[] {
  if (text.length > 40 || choices.length < 2) return [];
  const plain = plainChoice(text);
  if (FIRST_TWO.test(plain)) return choices.slice(0, 2);
  if (LAST_TWO.test(plain)) return choices.slice(-2);
  const parts = plain.split(BETWEEN).filter((part) => part !== '');
  const found = parts.map((part) => picked(part, choices));
  const all = found.filter((one) => one !== undefined);
  return all.length === parts.length && all.length > 1 ? [...new Set(all)] : [];
}

const LONGEST_PART = 60;
/** Words around a part of a name that are not everyday words of questions. */
const FILLER = wordSet(words.filler);

/** The one listed offer whose name or publisher has all telling words of the text: "the one by Fabrikam". */
function listedBy(text: string, offerIds: readonly string[], directory: Directory): string | undefined {
  if (text.length > LONGEST_PART) return undefined;
  const telling = companyWords(text).filter((word) => !FILLER.has(word));
  if (telling.length === 0) return undefined;
  const fits = offerIds.filter((id) => {
    const offer = directory.offers.get(id);
    const publisher = offer && directory.publishers.get(offer.publisherId)?.name;
    const names = offer ? ownNames(offer) : [];
    const words = new Set([...names.flatMap((name) => wordsOf(name)), ...companyWords(publisher ?? '')]);
    return telling.every((word) => words.has(word));
  });
  return fits.length === 1 ? fits[0] : undefined;
}

const LONGEST_CATEGORY = 40;
const HAN_AROUND = /我們?的?|我们的?|那個|那个|這個|这个|的|產品|产品|軟體|软件|系統|系统|服務|服务|是/gu;

/** True for words that name only a category of products: "the backup one", 「防火牆那個」. */
export function isCategoryAlone(text: string): boolean {
  if (text.length > LONGEST_CATEGORY) return false;
  const plain = withoutAround(plainChoice(text));
  if (/\p{Script=Han}/u.test(plain)) return plain.replace(HAN_AROUND, '').length <= 4;
  const telling = wordsOf(plain).filter((word) => !FILLER.has(word));
  return telling.length > 0 && telling.length <= 2;
}

/** A company that people also write in other scripts. */
function inLatin(text: string): string {
  return text
    .replace(/微軟|微软|マイクロソフト|마이크로소프트|ما?[يی]كروسوفت/gu, ' Microsoft ')
    .replace(/(?<=Microsoft )的/gu, '');
}

/** The one listed publisher whose name has all telling words of the text: "Contoso, Ltd.", "contoso". */
function publisherListed(
  text: string,
  publisherIds: readonly string[],
  { publishers }: Directory,
): string | undefined {
  if (text.length > LONGEST_PART) return undefined;
  const telling = companyWords(inLatin(text)).filter((word) => !FILLER.has(word));
  if (telling.length === 0) return undefined;
  const wordsOfId = (id: string) => companyWords(publishers.get(id)?.name ?? id);
  const equal = publisherIds.filter((id) => wordsOfId(id).join(' ') === telling.join(' '));
  const fits = publisherIds.filter((id) => {
    const words = new Set(wordsOfId(id));
    return telling.every((word) => words.has(word));
  });
  return equal.length === 1 ? equal[0] : fits.length === 1 ? fits[0] : undefined;
}

/** What a choice of an offer is read with. */
interface PickContext {
  readonly view: DirectoryView;
  readonly timesAsked?: TimesAsked;
}

/** The offer or publisher of that number on the card. */
export function pickedOffer(
  state: RouteState,
  text: string,
  { view: { directory, index }, timesAsked }: PickContext,
): RouteState | undefined {
  const view = state.offerView;
  switch (view?.kind) {
    case 'publishers': {
      const publisherId =
        picked(text, view.publisherIds) ?? publisherListed(text, view.publisherIds, directory);
      return publisherId
        ? reduce(state, { verb: 'choose-publisher', publisherId }, directory, timesAsked)
        : undefined;
    }
    case 'several':
    case 'none': {
      const shown = view.kind === 'several' ? view.offerIds : view.nearest;
      const sole = replyOf(text)?.reply === 'yes' && shown.length === 1 ? shown[0] : undefined;
      const offerId =
        picked(text, shown) ??
        namedOutright(text, index) ??
        listedBy(text, shown, directory) ??
        soleOfKind(text, shown, index) ??
        sole;
      return offerId ? fill(state, 'offer', { offerId }) : undefined;
    }
    case 'suggested': {
      const offerId =
        picked(text, view.offerIds) ?? namedOutright(text, index) ?? soleOfKind(text, view.offerIds, index);
      return offerId ? fill(state, 'offer', { offerId }) : undefined;
    }
    // The talk about customers reads them before the question does.
    case 'customers':
    case 'subscriptions':
    case undefined:
      return undefined;
  }
}

/** The offer whose own name is the whole text: it outranks an offer on the card that shares a word with it. */
function namedOutright(text: string, index: OfferIndex): string | undefined {
  if (text.length > LONGEST_PART || !/\p{L}/u.test(text)) return undefined;
  const match = index.find(text);
  return isOutright(match) ? match.hit.offerId : undefined;
}

function isOutright(match: OfferMatch): match is Extract<OfferMatch, { kind: 'one' }> {
  return match.kind === 'one' && EXACT.has(match.hit.reason);
}

/** The one offer on the card of the category that the words name: "the backup one". */
function soleOfKind(text: string, shown: readonly string[], index: OfferIndex): string | undefined {
  if (!isCategoryAlone(text) || isOutright(index.inSentence(text).match)) return undefined;
  const alike = new Set(index.ofKind(text));
  const fits = shown.filter((id) => alike.has(id));
  return fits.length === 1 ? fits[0] : undefined;
}
