/** Reads a short text that says nothing but how the product was bought: "EA", "no, from the partner", 「公司信用卡買的」. */
import { BOUGHT_BY_CUSTOMER, PRIVATE_OFFER_CHANNELS, type Asker, type PurchaseChannel } from '../terms.js';
import { fold, runs, withoutParticle } from '../text.js';
import { anyOf, foldedSource, wordSet } from '../word-patterns.js';
import { expressionOf, isDeniedBefore } from './purchase-channel.js';
import words from './purchase-words.json' with { type: 'json' };

export interface PurchaseReader {
  /** The partner's own name: "through Northwind Cloud". */
  readonly partnerName?: string;
  /** "We" are the partner when staff write, and the customer when a customer writes. */
  readonly asker?: Asker;
  /** True where the bot has just asked how the product was bought, so that a bare name is an answer. */
  readonly isAsked?: boolean;
}

const LONGEST = 120;
const raw = String.raw;

type Part = keyof typeof words;
/** The words of all languages, as parts of the expressions below. */
const PARTS = Object.fromEntries(
  Object.entries(words).map(([part, said]) => [part, anyOf(said)]),
) as Readonly<Record<Part, string>>;
const PARTNER = raw`(?:${PARTS.partner}|{partner})`;
const { publisher: PUBLISHER, private: PRIVATE, multi: MULTI, agreement: AGREEMENT } = PARTS;
const SUBSCRIPTION = foldedSource('(?:subscription|訂用帳戶|訂閱|订阅|サブスクリプション|구독)');
const MANAGES = raw`(?:manages?|managed|runs?|gave|provides?|owns?)`;

/** The first whose words leave only filler beside them wins. */
const ANSWERS: readonly (readonly [readonly PurchaseChannel[], readonly string[]])[] = [
  [
    ['partner'],
    [
      raw`\bwe (?:have |had )?(?:bought|ordered|purchased|sold)\b[^.;]{0,60}\bfor (?:the|our|a|this) (?:customer|client)\b`,
      '(?:我們)?(?:代|幫|替)客戶(?:購買|買|訂購|訂|下單)|你們賣',
    ],
  ],
  [['resale-enabled-offer'], [raw`\bresale[- ]enabled(?: offer)?\b`, '可轉售(?:優惠|供應項目)?']],
  [
    ['multiparty-private-offer'],
    [
      raw`${MULTI}(?:[- ]?の?)${PRIVATE}|${MULTI}`,
      raw`${PRIVATE}[^.;]{0,30}${PARTNER}[^.;]{0,30}${PUBLISHER}|${PRIVATE}[^.;]{0,30}${PUBLISHER} and [^.;]{0,20}${PARTNER}`,
    ],
  ],
  [
    ['partner'],
    [
      raw`(?:csp|partner'?s?|reseller'?s?|合作夥伴|經銷商)[ 的の]{0,2}${PRIVATE}`,
      raw`${PRIVATE}[^.;]{0,12}${PARTNER}`,
    ],
  ],
  [
    ['publisher-private-offer'],
    [
      raw`(?:${PRIVATE}|\bprivate plan\b)[^.;]{0,40}${PUBLISHER}`,
      raw`${PUBLISHER}(?:'s)?[^.;]{0,20}${PRIVATE}`,
    ],
  ],
  [PRIVATE_OFFER_CHANNELS, [PRIVATE]],
  [
    ['indirect-enterprise-agreement'],
    [
      raw`\bindirect ${AGREEMENT}|\bindirekte\w* ${AGREEMENT}|間接(?:の)? ?(?:enterprise ?合約|企業合約|ea)|间接 ?(?:企业协议|ea)`,
      raw`${AGREEMENT}[^.;]{0,20}(?:another|other|different) (?:partner|reseller|company)[^.;]{0,12}(?:bill|invoice)\w*(?: us)?`,
    ],
  ],
  [
    ['customer-in-csp-subscription'],
    [
      raw`(?:\b(?:your|partner'?s|reseller'?s|csp)\b|合作夥伴的|經銷商的|csp) ?(?:azure )?${SUBSCRIPTION}`,
      raw`(?:azure )?${SUBSCRIPTION} (?:from|of) (?:you|our ${PARTNER})`,
      raw`(?:azure )?${SUBSCRIPTION} (?:that |which )?(?:you|we|${PARTNER}) ${MANAGES}(?: for (?:us|them))?`,
      raw`(?:${PARTNER}|你們|我們)(?:所)?(?:管理|提供)的(?: ?azure ?)?${SUBSCRIPTION}`,
    ],
  ],
  [
    ['customer-direct'],
    [
      PARTS.direct,
      PARTS.microsoft,
      raw`(?:azure |commercial )?marketplace (?=.{0,12}\b(?:our|own)\b)|(?:azure )?marketplace(?= .{0,24}${PARTS.own})|(?<=自己.{0,4})azure ?(?:marketplace|市集)|(?<=\b(?:ourselves|myself) in )the portal\b`,
      PARTS.own,
      PARTS.card,
      raw`${AGREEMENT}|(?:企業|企业|enterprise|ea) ?(?:合約|协议|協議)|(?:ea|mca) ?(?:契約|계약)|(?:エンタープライズ|기업) ?(?:契約|계약)`,
      PARTS.metered,
    ],
  ],
  [['partner'], [raw`${PARTNER}(?: center| centre)?`, PARTS.fromyou]],
];

/** What "we" and "the customer" stand for in the words of staff, where the whole answer is that. */
const BY_STAFF: readonly (readonly [readonly PurchaseChannel[], readonly string[]])[] = [
  [
    BOUGHT_BY_CUSTOMER,
    [
      raw`\b(?:the |our )?(?:customer|client)(?: (?:did|it|itself|themsel(?:ves|f)|himself|herself))*\b|客戶(?:自己)?|客户(?:自己)?|お客様(?:自身)?|고객이?`,
    ],
  ],
  [
    ['partner'],
    [
      raw`\b(?:by|through|via|from|with) us\b|\bwe (?:did|sold|bought|ordered|purchased|resold)\b|我們(?:公司)?(?:幫客戶|替客戶|代客戶)?(?=買|訂|購|下單|賣)`,
    ],
  ],
];

/** The same for a customer. */
const BY_CUSTOMER: readonly (readonly [readonly PurchaseChannel[], readonly string[]])[] = [
  [
    ['customer-direct'],
    [
      raw`(?:\b(?:billed|charged|invoiced) (?:to|on|through|via|against) (?:our|the) (?:own )?(?:azure )?subscription[,;]? (?:and |so )?)?\bwe pay microsoft\b(?! (?:partner|reseller))`,
      '我們(?:直接)?付(?:錢|款)?給(?:微軟|microsoft)',
    ],
  ],
  [['customer-direct'], [PARTS.ourselves]],
];

const FILLER = wordSet(words.filler);
const SPACELESS_FILLER = new RegExp(PARTS.spaceless, 'gu');

/**
 * "Microsoft sends the bill" answers how the product was bought. At any other question these words are about the bill.
 */
const BILLING = new RegExp(PARTS.billing, 'gu');
/** Words that make them a complaint: "Microsoft sends no invoice". */
const UNBILLED = new RegExp(PARTS.unbilled, 'u');

/** What makes a short text one about the purchase, and not the mere name of a company, of a card or of a product. */
const ABOUT_PURCHASE = new RegExp(PARTS.about, 'u');
/** Words before the answer: "wrong, …". */
const CORRECTING = /^(?:(?:that'?s |that is |this is )?wrong[\s,.!:;-]+)/u;

/** Words that ask, wish or doubt, so that the text states nothing. */
const STATES_NOTHING = new RegExp(`[?？؟]\\s*$|${PARTS.asks}`, 'u');
/** A clause that names the wrong way: "not from Microsoft, …". */
const DENIED_CLAUSE = new RegExp(PARTS.ruledout, 'gu');

/** The purchase channels that the whole text leaves open, mostly one; undefined when it says anything else. */
export function purchaseAnswer(
  text: string,
  { partnerName = '', asker, isAsked = false }: PurchaseReader = {},
): readonly PurchaseChannel[] | undefined {
  if (text.length > LONGEST) return undefined;
  const said = fold(text).trim().replace(CORRECTING, '');
  if (STATES_NOTHING.test(said) || !(isAsked || ABOUT_PURCHASE.test(said))) return undefined;
  const stated = said.replace(DENIED_CLAUSE, ' ');
  const answers = [...ANSWERS, ...(asker === 'customer' ? BY_CUSTOMER : BY_STAFF)];
  return answers.find(([, patterns]) => isAll(stated, { patterns, partnerName, isAsked }))?.[0];
}

interface Sought {
  readonly patterns: readonly string[];
  readonly partnerName: string;
  readonly isAsked: boolean;
}

/** True when the text has words of these patterns, states them, and beside them has only filler. */
function isAll(text: string, { patterns, partnerName, isAsked }: Sought): boolean {
  let rest = text;
  for (const pattern of patterns) {
    const expression = expressionOf(pattern, partnerName, 'giu').for(rest);
    if (!expression) continue;
    expression.lastIndex = 0;
    const first = expression.exec(rest);
    if (!first) continue;
    if (isDeniedBefore(rest.slice(0, first.index))) return false;
    expression.lastIndex = 0;
    rest = rest.replace(expression, ' ');
  }
  return rest !== text && isFiller(isAsked && !UNBILLED.test(text) ? rest.replace(BILLING, ' ') : rest);
}

function isFiller(text: string): boolean {
  const beside = runs(text.replace(SPACELESS_FILLER, ' '));
  return beside.every(
    ({ text: word }) => word.length === 1 || FILLER.has(word) || FILLER.has(withoutParticle(word) ?? ''),
  );
}

/** "I do not know" about the purchase, also at the end of a sentence: "my boss bought it, I don't know". */
const UNKNOWN_PURCHASE = new RegExp(PARTS.unknown, 'u');
const PURCHASE_WORDS = new RegExp(PARTS.purchase, 'u');

/** True when the text says that the person does not know how the product was bought. */
export function isUnknownPurchase(text: string): boolean {
  if (text.length > LONGEST) return false;
  const said = fold(text);
  const isLong = said.split(/\s+/u).length > 5 || [...said].length > 30;
  return UNKNOWN_PURCHASE.test(said) && (!isLong || PURCHASE_WORDS.test(said));
}

const MICROSOFT_NAMED = new RegExp(PARTS.microsoft, 'u');
const PARTNER_NAMED = new RegExp(PARTS.partner, 'u');

/** Who of the two sellers is named. */
export function sellersIn(text: string): { readonly isMicrosoft: boolean; readonly isPartner: boolean } {
  const said = fold(text);
  return { isMicrosoft: MICROSOFT_NAMED.test(said), isPartner: PARTNER_NAMED.test(said) };
}
