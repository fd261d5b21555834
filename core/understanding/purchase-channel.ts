/** Finds the purchase channel in a sentence: "we bought it directly on the Azure portal and it does not sync". */
import { foldKeepingPlace } from '../fold-keeping-place.js';
import { LastResults } from '../last-results.js';
import { LazyExpression } from '../lazy-expression.js';
import { isPrivateOffer, PRIVATE_OFFER_CHANNELS, type PurchaseChannel } from '../terms.js';
import { fold } from '../text.js';
import { allAtOnce, type Slices } from '../time-slices.js';
import { anyOf, foldedSource, sourcesOf, type WordsByLanguage } from '../word-patterns.js';
import words from './purchase-channel.json' with { type: 'json' };

export interface NamedChannel {
  /** One channel, or all that the words leave open: "a private offer" is one of three. */
  readonly channels: readonly PurchaseChannel[];
  /** Set where the text names a private offer and the Enterprise Agreement of another partner. */
  readonly agreement?: 'indirect';
  /** The text without the words that name the channel, unless these words may also tell the subject. */
  readonly rest: string;
  /** The text without the words that name the channel, where `rest` keeps them. */
  readonly apart?: string;
}

/** Languages in which the verb and the way of the purchase may stand in either order. */
const EACH = Object.keys(words.parts.through);

interface ChannelWords {
  readonly channels: readonly PurchaseChannel[];
  readonly patterns: readonly string[];
}

/** Expressions in their order; `{partner}` stands for the partner's own name. The first that fits wins. */
function readWords(): readonly ChannelWords[] {
  const named = words.channels.map(({ channel, said }) => {
    const { each = [], ...own }: WordsByLanguage = said;
    const inEach = Object.fromEntries(EACH.map((language) => [language, each]));
    const patterns = [...sourcesOf(own, words.parts), ...sourcesOf(inEach, words.parts)];
    return { channels: [channel as PurchaseChannel], patterns };
  });
  // The last resort: a purchase by a private offer of a kind that the words do not name.
  const unnamed = sourcesOf(words.privateOffer, words.parts);
  return [...named, { channels: PRIVATE_OFFER_CHANNELS, patterns: unnamed }];
}
let channelWords: readonly ChannelWords[] | undefined;

/** Words before a match that negate it, or that ask instead of state. */
let notSaid: RegExp | undefined;
/**
 * The names of these channels also tell the subject of the question: "the multiparty private offer cannot be accepted".
 */
const TELLS_MORE: ReadonlySet<PurchaseChannel> = new Set([
  'multiparty-private-offer',
  'resale-enabled-offer',
  'publisher-private-offer',
  'indirect-enterprise-agreement',
]);
const LONGEST = 2_000;

/** The purchase channel that the text states clearly; undefined when it states none, or only asks about one. */
export function channelIn(text: string, partnerName = ''): NamedChannel | undefined {
  return allAtOnce(channelSlices(text, partnerName));
}

/** Like `channelIn`, one expression in each slice. */
export function* channelSlices(text: string, partnerName = ''): Slices<NamedChannel | undefined> {
  const read = text.slice(0, LONGEST).replace(/[’‘]/gu, "'");
  const folded = foldKeepingPlace(read);
  for (const { channels, patterns } of (channelWords ??= readWords())) {
    for (const pattern of patterns) {
      yield undefined;
      const found = matchIn(folded.text, pattern, partnerName);
      if (!found || isDeniedBefore(folded.text.slice(0, found.from))) continue;
      const [from, to] = [folded.placeOf(found.from), folded.placeOf(found.to)];
      const apart = `${read.slice(0, from)} ${read.slice(to)}${text.slice(LONGEST)}`;
      const isIndirect = channels.some(isPrivateOffer) && namesIndirect(folded.text, partnerName);
      return {
        channels,
        ...(channels.some((one) => TELLS_MORE.has(one)) ? { rest: text, apart } : { rest: apart }),
        ...(isIndirect && { agreement: 'indirect' as const }),
      };
    }
  }
  return undefined;
}

/** True when the folded words before a purchase deny it, or only ask about it. */
export function isDeniedBefore(before: string): boolean {
  notSaid ??= new RegExp(`${anyOf(words.denied)}[^,.;،，。；]{0,24}$`, 'iu');
  return notSaid.test(before);
}

function namesIndirect(text: string, partnerName: string): boolean {
  const indirect = channelWords?.find(({ channels }) => channels[0] === 'indirect-enterprise-agreement');
  return (indirect?.patterns ?? []).some((pattern) => matchIn(text, pattern, partnerName) !== undefined);
}

/** The expressions by their patterns, for each partner's name. A desk has one partner, with a name for each language. */
const expressions = new LastResults<Map<string, LazyExpression>>(48);

/** The pattern, folded, with the partner's name in the place of `{partner}`. With the flag `g` a caller sets `lastIndex` itself. */
export function expressionOf(
  pattern: string,
  partnerName: string,
  flags: 'iu' | 'giu' = 'iu',
): LazyExpression {
  const key = `${flags} ${partnerName}`;
  const made = expressions.get(key) ?? expressions.keep(key, new Map());
  const known = made.get(pattern);
  if (known) return known;
  const source = foldedSource(pattern).replaceAll('{partner}', namePattern(partnerName));
  const expression = new LazyExpression(source, flags);
  made.set(pattern, expression);
  return expression;
}

function matchIn(text: string, pattern: string, partnerName: string) {
  const found = expressionOf(pattern, partnerName).for(text)?.exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : undefined;
}

/** A pattern of the whole name, or of its first two words, because people leave out "Cloud" or "Ltd". */
function namePattern(partnerName: string): string {
  const name = fold(partnerName.trim());
  if (name === '') return '(?!)';
  const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const words = name.split(/\s+/u);
  const short = words.slice(0, Math.max(2, words.length - 1)).join(' ');
  return `(?:${escape(name)}|${escape(short)})`;
}
