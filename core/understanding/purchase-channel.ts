/** Finds the purchase channel in a sentence: "we bought it directly on the Azure portal and it does not sync". */
import type { PurchaseChannel } from '../terms.js';

export interface NamedChannel {
  readonly channel: PurchaseChannel;
  /** The text without the words that name the channel. */
  readonly rest: string;
}

const BOUGHT = String.raw`(?:bought|purchased|ordered|acquired|subscribed(?: to)?|signed up(?: for)?|got (?:it|this|that|them|the (?:product|software|app|licen[cs]es?|subscription)))`;
/** Up to the end of the clause. */
const GAP = String.raw`(?:(?! (?:but|and|because|so|then|when|not) |n't)[^.;!?\n])`;
const MICROSOFT = String.raw`(?:microsoft|(?:the |our )?azure(?: portal| marketplace)?|(?:the )?(?:commercial |microsoft )?marketplace|app ?source|(?:the )?microsoft 365 admin cent(?:er|re))`;
const PARTNER = String.raw`(?:(?:our|my|the|a|their|your) )?(?:csp |cloud |microsoft )?(?:partner|reseller|distributor|csp)`;
const MADE = String.raw`(?:made|given|sent|from|by|of|with)`;

/** The first that fits wins. `{partner}` stands for the partner's own name. */
const CHANNELS: readonly (readonly [PurchaseChannel, readonly string[]])[] = [
  [
    'multiparty-private-offer',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,40}?)?(?:by|through|via|with|under|in|as|is|was)? ?(?:a |an |the )?multi-?party private offer\b`,
      '多方私人(?:優惠|供應項目)',
    ],
  ],
  [
    'resale-enabled-offer',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,40}?)?(?:by|through|via|with|under|as|is|was)? ?(?:a |an |the )?resale[- ]enabled(?: offer)?\b`,
      '可轉售(?:優惠|供應項目)',
    ],
  ],
  [
    'publisher-private-offer',
    [
      String.raw`\bprivate offer ${GAP}{0,20}?${MADE} (?:us )?(?:by )?(?:the )?(?:publisher|vendor|isv|manufacturer)\b`,
      String.raw`\b(?:the )?(?:publisher|vendor|isv)(?:'s)? (?:private offer|(?:made|gave|sent) us a private offer)`,
      '(?:發行者|發行商|廠商)[^，。！？]{0,6}私人(?:優惠|供應項目)',
    ],
  ],
  [
    'indirect-enterprise-agreement',
    [
      String.raw`\bindirect (?:enterprise agreement|ea)\b`,
      String.raw`\benterprise agreement\b${GAP}{0,40}\b(?:another|other|different) (?:partner|reseller|company)\b${GAP}{0,20}(?:bill|invoice)\w*`,
      '間接(?:企業合約|ea)',
    ],
  ],
  [
    'customer-in-csp-subscription',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,60}?)?\bin (?:the|an|our|a) (?:azure |csp )?subscription (?:that |which )?(?:our |the |my )?(?:csp )?(?:partner|reseller|you) (?:manages?|runs?|gave us|provides?)\b`,
      String.raw`\b${BOUGHT}\b${GAP}{0,60}?\bin (?:the|our|a) csp subscription\b`,
      '(?:合作夥伴|經銷商)(?:所)?管理的(?: ?azure ?)?訂用帳戶[^，。！？]{0,8}(?:購買|買)(?:的)?',
    ],
  ],
  [
    'customer-direct',
    [
      String.raw`\b${BOUGHT}\b${GAP}{0,60}?\bdirect(?:ly)?\b(?: (?:from|with|on|in|at|through|via|over) ${MICROSOFT})?`,
      String.raw`\bdirect(?:ly)? ${BOUGHT}\b(?:${GAP}{0,40}?(?:from|with|on|in|at|through|via) ${MICROSOFT})?`,
      String.raw`\b${BOUGHT}\b${GAP}{0,40}?\b(?:ourselves|myself|on our own|by ourselves|by myself)\b(?: ${GAP}{0,20}?(?:from|with|on|in|at|through|via) ${MICROSOFT})?`,
      String.raw`\b${BOUGHT}\b${GAP}{0,40}?\b(?:from|on|in|at|through|via|over) (?:microsoft|(?:the |our )?azure portal|app ?source)(?! partner)(?![\w-])`,
      String.raw`\b${BOUGHT}\b${GAP}{0,40}?\bwith (?:our|my|the|a) (?:own )?(?:company )?credit card\b`,
      String.raw`\bmicrosoft (?:bills|invoices|charges) us(?: directly)?\b|\b(?:the|our) (?:bill|invoice)s? comes? (?:directly |straight )?from microsoft\b`,
      String.raw`\b(?:it |this )?(?:was|is) (?:a )?direct(?:ly)? (?:purchase|bought|purchased)\b|\b${BOUGHT}\b${GAP}{0,40}?\bwithout (?:a|any|our) (?:partner|reseller)\b`,
      String.raw`\b(?:haben|hat)\b${GAP}{0,60}?\bdirekt\b${GAP}{0,60}?\bgekauft\b|\bacheté${GAP}{0,40}?\bdirectement\b|\bcompr(?:amos|é|ado)\b${GAP}{0,40}?\bdirectamente\b`,
      '(?:自己)?直接(?:向|從|跟|在|透過|通過|到|于|从|通过)?[^，。！？]{0,14}?(?:購買|买|買|訂購|订购|購入)(?:的)?',
      '自己[^，。！？]{0,14}?(?:購買|买|買|訂購|订购|刷卡)(?:的)?',
      '(?:直接)?[^，。！？]{0,20}から直接(?:購入|買)[^、。！？]{0,6}',
    ],
  ],
  [
    'partner',
    [
      String.raw`\b(?:${BOUGHT}\b${GAP}{0,60}?)(?:through|via|from|by|with|over) (?:${PARTNER}|you|{partner})(?![\w-])`,
      String.raw`\b(?:our|my|the) (?:csp )?(?:partner|reseller)\b (?:has |had )?(?:${BOUGHT}|sold)\b(?: (?:it|this|that))?(?: (?:for|to) us)?`,
      String.raw`\b(?:{partner}|you) (?:has |have |had )?(?:${BOUGHT}|sold)\b (?:it |this |that |us )(?:it |this )?(?:(?:for|to) us)?`,
      String.raw`\bwe (?:have |had )?(?:bought|purchased|ordered|sold|resold)\b${GAP}{0,40}?\b(?:for|to) (?:the|our|this|a) (?:customer|client)\b`,
      '(?:透過|經由|通過|向|跟|從|找|通过|经由|从)[^，。！？]{0,4}?(?:合作夥伴|經銷商|代理商|夥伴|合作伙伴|经销商|{partner})[^，。！？]{0,6}?(?:購買|买|買|訂購|订购)(?:的)?',
      '(?:合作夥伴|經銷商|代理商|合作伙伴|经销商|{partner})(?:幫|替|為|帮|为)(?:我們|我|我们)[^，。！？]{0,6}?(?:購買|買|买|訂購|订购)(?:的)?',
      'パートナー[^、。！？]{0,10}(?:購入|買)[^、。！？]{0,6}',
    ],
  ],
];

/** Words before a match that negate it, or that ask instead of state. */
const NOT_SAID =
  /(?:\b(?:not|never|neither|isn't|wasn't|didn't|haven't|hasn't|don't|won't|instead of|rather than|if|whether)\b|\b(?:can|could|may|should|must|shall|will|would|to)(?: \w+){0,2} (?:be|have|get)\b|不是|沒有|没有|並非|並不|是否|可以|可否|能不能|想要?)[^,.;，。；]{0,24}$/iu;
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
  const read = text.slice(0, LONGEST).replace(/[’‘]/gu, "'");
  for (const [channel, patterns] of CHANNELS) {
    for (const pattern of patterns) {
      const found = matchIn(read, pattern, partnerName);
      if (!found || NOT_SAID.test(read.slice(0, found.from))) continue;
      const rest = `${read.slice(0, found.from)} ${read.slice(found.to)}${text.slice(LONGEST)}`;
      return { channel, rest: TELLS_MORE.has(channel) ? text : rest };
    }
  }
  return undefined;
}

function matchIn(text: string, pattern: string, partnerName: string) {
  const name = partnerName.trim() === '' ? '(?!)' : nameOf(partnerName.trim());
  const found = new RegExp(pattern.replaceAll('{partner}', name), 'iu').exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : undefined;
}

/** The whole name, or its first two words, because people leave out "Cloud" or "Ltd". */
function nameOf(name: string): string {
  const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const words = name.split(/\s+/u);
  const short = words.slice(0, Math.max(2, words.length - 1)).join(' ');
  return `(?:${escape(name)}|${escape(short)})`;
}
