/** Finds the purchase channel in a sentence: "we bought it directly on the Azure portal and it does not sync". */
import { LastResults } from '../last-results.js';
import { isPrivateOffer, PRIVATE_OFFER_CHANNELS, type PurchaseChannel } from '../terms.js';
import { allAtOnce, type Slices } from '../time-slices.js';

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

const BOUGHT = String.raw`(?:bought|purchased|ordered|acquired|subscribed(?: to)?|signed up(?: for)?|got (?:it|this|that|them|the (?:product|software|app|licen[cs]es?|subscription)))`;
/** Up to the end of the clause. */
const GAP = String.raw`(?:(?! (?:but|and|because|so|then|when|not|aber|und|weil|nicht|nie|mais|et|pas|jamais|pero|y|nunca) |n't)[^.;!?\n])`;
const MICROSOFT = String.raw`(?:microsoft|(?:the |our )?azure(?: portal| marketplace)?|(?:the )?(?:commercial |microsoft )?marketplace|app ?source|(?:the )?microsoft 365 admin cent(?:er|re))`;
const PARTNER = String.raw`(?:(?:our|my|the|a|their|your) )?(?:csp |cloud |microsoft )?(?:partner|reseller|distributor|csp)`;
const MADE = String.raw`(?:made|given|sent|from|by|of|with)`;

/** The customer's own agreement with Microsoft. */
const OWN_AGREEMENT = String.raw`(?:(?:our|the|their|its|an?|my) )?(?:own )?(?:enterprise agreement|ea|mca-?e|mca|microsoft customer agreement|enrol+ment|agreement with microsoft|contract with microsoft)`;

/** The first that fits wins. `{partner}` stands for the partner's own name. */
const CHANNELS: readonly (readonly [PurchaseChannel, readonly string[]])[] = [
  [
    'multiparty-private-offer',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,40}?)?(?:by|through|via|with|under|in|as|is|was)? ?(?:a |an |the )?multi-?party private offer\b`,
      '多方私人(?:優惠|供應項目)',
      String.raw`\bprivate offer (?:that )?(?:our|the|my) (?:csp )?(?:partner|reseller) (?:has |had )?(?:made|created|negotiated)\b${GAP}{0,20}?(?:with|and) the (?:publisher|vendor|isv)\b`,
      String.raw`\bmehrparteien-?(?:privatangebot| ?privates angebot)|\b(?:privat\w* angebot|privatangebot) mit mehreren (?:parteien|beteiligten)`,
      String.raw`\boffre privée (?:multipartite|multi-?parties?)|\boferta privada (?:multiparte|multilateral|de varias partes)`,
      '(?:マルチパーティ|複数当事者)の?プライベート ?オファー',
    ],
  ],
  [
    'resale-enabled-offer',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,40}?)?(?:by|through|via|with|under|as|is|was)? ?(?:a |an |the )?resale[- ]enabled(?: offer)?\b`,
      '可轉售(?:優惠|供應項目)',
      String.raw`\b(?:wiederverkaufs?fähig\w*|zum wiederverkauf freigegeben\w*) angebot|\boffre (?:activée pour la revente|de revente)|\boferta (?:habilitada para (?:la )?reventa|de reventa)`,
      '再販(?:対応|可能)?の?オファー',
    ],
  ],
  [
    'partner',
    [
      String.raw`\bwe (?:have |had )?(?:bought|purchased|ordered|sold|resold)\b${GAP}{0,60}?\b(?:for|to) (?:the|our|this|a) (?:customer|client)\b`,
      String.raw`\b(?:${BOUGHT}${GAP}{0,40}?)?(?:by|through|via|with|as|is|was) ?(?:a |an |the )?csp private offer\b`,
      '(?:幫|替|為)客戶(?:代)?(?:購買|買|訂購|下單)(?:的)?',
    ],
  ],
  [
    'publisher-private-offer',
    [
      String.raw`\bprivate offer ${GAP}{0,20}?${MADE} (?:us )?(?:by )?(?:the )?(?:publisher|vendor|isv|manufacturer)\b`,
      String.raw`\b(?:the )?(?:publisher|vendor|isv)(?:'s)? (?:private offer|(?:made|gave|sent) us a private offer)`,
      '(?:發行者|發行商|廠商)[^，。！？]{0,6}私人(?:優惠|供應項目)',
      String.raw`\b(?:privat\w* angebot|privatangebot)${GAP}{0,20}? (?:vom|des|durch den|von dem|unseres) (?:herausgeber|hersteller|anbieter|publisher|isv)`,
      String.raw`\boffre privée${GAP}{0,20}? (?:de l'|par l'|de notre |du |par notre )(?:éditeur|fournisseur|isv)`,
      String.raw`\boferta privada${GAP}{0,20}? (?:del|de nuestro|por el|de la) (?:editor|publicador|fabricante|isv)`,
      '(?:発行元|発行者|メーカー|ベンダー)(?:から)?の?プライベート ?オファー',
    ],
  ],
  [
    'indirect-enterprise-agreement',
    [
      String.raw`\bindirect (?:enterprise agreement|ea)\b`,
      String.raw`\benterprise agreement\b${GAP}{0,40}\b(?:another|other|different) (?:partner|reseller|company)\b${GAP}{0,20}(?:bill|invoice)\w*`,
      '間接 ?(?:enterprise ?合約|企業合約|企业协议|ea)',
      String.raw`\bindirekte[nrs]? (?:enterprise[- ]agreements?|enterprise-vertrag\w*|ea\b)|\b(?:contrat|accord) entreprise indirect|\bea indirecto?\b|\b(?:acuerdo|contrato) (?:enterprise|empresarial) indirecto`,
      '間接の? ?(?:enterprise agreement|エンタープライズ ?契約|ea)',
    ],
  ],
  [
    'customer-in-csp-subscription',
    [
      String.raw`\b(?:${BOUGHT}${GAP}{0,60}?)?\bin (?:the|an|our|a) (?:azure |csp )?subscription (?:that |which )?(?:{partner}|(?:our |the |my )?(?:csp )?(?:partner|reseller|provider|you)) (?:has |have )?(?:manages?|runs?|gave us|gives us|provides?|provided|set up|sets up|created|opened|owns?)(?: for us)?\b`,
      String.raw`\b${BOUGHT}\b${GAP}{0,60}?\bin (?:the|our|a) csp subscription\b`,
      '(?:合作夥伴|合作伙伴|經銷商|经销商|你們|你们|{partner}) ?(?:所|替我們|幫我們)?(?:管理|提供|開設|開|開通|建立|設定|开通|给我们|給我們)的 ?(?:azure ?|csp ?)?(?:訂用帳戶|訂閱|订阅)[^，。！？]{0,8}(?:購買|买|買)(?:的)?',
      String.raw`\bin (?:der|einer|unserer|dem) (?:azure-|csp-)?(?:subscription|abonnement)${GAP}{0,30}? (?:unser\w*|des) (?:csp-)?(?:partner|reseller)\w*`,
      String.raw`\bdans l'abonnement${GAP}{0,20}? (?:géré par|de) (?:notre|le) (?:partenaire|revendeur)|\ben la suscripción${GAP}{0,20}? (?:que gestiona|gestionada por|de) (?:nuestro|el) (?:socio|partner|revendedor)`,
      String.raw`\b${BOUGHT}\b${GAP}{0,60}?\bin (?:a|the|an|their|its) (?:azure )?subscription (?:that |which )?(?:we|{partner}) (?:manage|run|provide)s?\b`,
      '(?:在|於) ?(?:你們|貴公司|經銷商|合作夥伴)?的? ?csp ?(?:訂用帳戶|訂閱)[^，。！？]{0,6}(?:購買|買)(?:的)?',
      'パートナーが管理する(?: ?azure ?)?サブスクリプション[^、。！？]{0,4}(?:購入|買)[^、。！？]{0,6}',
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
      String.raw`\b${BOUGHT}\b${GAP}{0,60}?\b(?:under|with|on|via|through|using) ${OWN_AGREEMENT}\b(?! (?:partner|reseller))`,
      String.raw`\b(?:has|have) (?:its|their|our|an|my) own (?:agreement|contract|ea|enterprise agreement|mca-?e?) with microsoft\b|\b(?:we|they|the customer) pays? microsoft directly\b`,
      String.raw`\b${BOUGHT}\b${GAP}{0,40}?\b(?:on|in|from|at|through|via) the (?:azure |commercial |microsoft )?marketplace(?: website| site| page)? (?:with|under|using) (?:our|their|its|my|the customer's) own\b(?: (?:subscription|account|agreement|tenant|money))?`,
      String.raw`(?<=^\s*|[.;!?,]\s*|\b(?:because|since|as|that) )we (?:always |usually )?(?:buy|purchase|order)\b${GAP}{0,30}? direct(?:ly)? (?:from|with|at|through) ${MICROSOFT}`,
      '(?:用|刷)?(?:公司的?|自己的?)?(?:信用卡|公司卡)(?:刷|付款|付|支付)?(?:購買|買|訂購)(?:的)?',
      '(?<!間接 ?)(?:enterprise|企業|ea|mca) ?(?:合約|協議)(?:底下|下|裡)?(?:購買|買|訂購)(?:的)?',
      '(?:微軟|微软|microsoft) ?直接(?:向|跟|對|给|給)?[^，。！？]{0,8}(?:帳單|發票|账单|发票|收費|請款|計費)(?:給我們)?',
      'クレジット ?カードで(?:直接)?(?:購入|買)[^、。！？]{0,6}',
      '(?:마이크로소프트|ms)에서 직접 (?:구매|구입|샀)[^,.!?]{0,6}|(?:법인|회사|신용) ?카드로 (?:구매|결제|샀)[^,.!?]{0,6}',
      String.raw`\bmicrosoft (?:bills|invoices|charges) us(?: directly)?\b|\b(?:the|our) (?:bill|invoice)s? comes? (?:directly |straight )?from microsoft\b`,
      String.raw`\b(?:it |this )?(?:was|is) (?:a )?direct(?:ly)? (?:purchase|bought|purchased)\b|\b${BOUGHT}\b${GAP}{0,40}?\bwithout (?:a|any|our) (?:partner|reseller)\b`,
      String.raw`\b(?:direkt|selbst|selber)\b${GAP}{0,60}?\b(?:gekauft|bestellt|erworben)\b`,
      String.raw`\bacheté${GAP}{0,40}?(?:\bdirectement\b|\bnous-mêmes?\b|\bmoi-même\b|\b(?:auprès de|chez) microsoft\b|\bsur le portail azure\b)|\bdirectement acheté`,
      String.raw`\bcompr(?:amos|é|ado)${GAP}{0,40}? (?:directamente|nosotros mismos|yo mismo|a microsoft|en el portal de azure)\b|\bdirectamente compr(?:amos|é|ado)`,
      '(?:自分|自社)で(?:直接)?(?:購入|買)[^、。！？]{0,6}',
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
      String.raw`\b(?:our|my|the) (?:csp )?(?:partner|reseller) (?:has |had )?(?:handled|placed|arranged|made) the (?:order|purchase)\b`,
      // The bill stays in the rest, because it tells the subject.
      String.raw`(?<=\b(?:invoices?|bills?)\b${GAP}{0,40})\bfrom (?:(?:our|my|the) (?:csp )?(?:partner|reseller)|{partner})(?![\w-])`,
      '(?:合作夥伴|合作伙伴|經銷商|经销商|代理商|{partner})(?:開|寄|开|给|給)(?:給我們|给我们|我們|我们)?的(?=帳單|账单|發票|发票)',
      '(?<!不)(?:是|由|給)(?:合作夥伴|經銷商|代理商|夥伴|{partner})[^，。！？]{0,6}?(?:購買|買|訂購|訂)(?:的)?',
      '(?:合作夥伴|經銷商|代理商|夥伴|{partner})(?:代購|賣給我們)(?:的)?',
      '(?:透過|經由|通過|向|跟|從|找|通过|经由|从)[^，。！？]{0,4}?(?:合作夥伴|經銷商|代理商|夥伴|合作伙伴|经销商|{partner})[^，。！？]{0,6}?(?:購買|买|買|訂購|订购)(?:的)?',
      '(?:合作夥伴|經銷商|代理商|夥伴|合作伙伴|经销商|{partner})(?:幫|替|為|帮|为)(?:我們|我|我们)[^，。！？]{0,6}?(?:購買|買|买|訂購|订购|訂|订)(?:的)?',
      '(?:パートナー|代理店|販売店|リセラー)[^、。！？]{0,10}(?:購入|買)[^、。！？]{0,6}',
      '(?:파트너|리셀러|대리점|총판)(?:사)?(?:를 통해서?|에게서|한테서|에서) ?(?:구매|구입|샀)[^,.!?]{0,6}',
      String.raw`(?<!\p{L})(?:über|durch|von|bei) (?:unser\w*|den|dem|ein\w*) (?:csp-)?(?:partner|reseller|händler|systemhaus)${GAP}{0,30}? (?:gekauft|bestellt|bezogen|erworben)\b`,
      String.raw`\b(?:gekauft|bestellt|bezogen|erworben) (?:haben wir es )?(?:über|durch|von|bei) (?:unser\w*|den|dem|ein\w*) (?:csp-)?(?:partner|reseller|händler|systemhaus)\b`,
      String.raw`\bacheté${GAP}{0,40}? (?:via|par|auprès de|chez|par l'intermédiaire de) (?:notre|le|un|mon) (?:partenaire|revendeur)\b|\b(?:notre|le) (?:partenaire|revendeur) l'a acheté`,
      String.raw`\bcompr(?:amos|é|ado)${GAP}{0,40}? (?:a través de|mediante|por|a) (?:nuestro|un|mi|el) (?:socio|partner|revendedor|distribuidor)\b|\b(?:nuestro|el) (?:socio|partner|revendedor) (?:lo |la )?compró`,
    ],
  ],
];

/** The last resort: a purchase by a private offer of a kind that the words do not name. */
const SOME_PRIVATE_OFFER: readonly string[] = [
  String.raw`\b${BOUGHT}\b${GAP}{0,60}?\b(?:with|by|through|via|as|under|on|from) (?:a |an |the |our )?private offer\b`,
  String.raw`\b(?:it|this|that) (?:was|is) (?:bought (?:with|as|through) )?(?:a |an )?private offer\b`,
  '(?:用|以|透過|是)私人(?:優惠|供應項目)(?:購買|買)(?:的)?',
  'プライベート ?オファーで(?:購入|買)[^、。！？]{0,6}',
];

/** Words before a match that negate it, or that ask instead of state. */
const NOT_SAID =
  /(?:\b(?:not|never|neither|isn't|wasn't|didn't|haven't|hasn't|don't|won't|instead of|rather than|if|whether|nicht|nie|kein\w*|ob|pas|jamais|nunca|können wir|kann man|peut-on|pouvons-nous|podemos|se puede)\b|\b(?:can|could|may|should|must|shall|will|would|to)(?: \w+){0,2} (?:be|have|get)\b|\bno (?:lo |la |los |las )?(?:hemos )?$|不是|沒有|没有|並非|並不|是否|可以|可否|能不能|想要?)[^,.;，。；]{0,24}$/iu;
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
  for (const [named, patterns] of [...CHANNELS, [PRIVATE_OFFER_CHANNELS, SOME_PRIVATE_OFFER] as const]) {
    const channels = typeof named === 'string' ? [named] : named;
    for (const pattern of patterns) {
      yield undefined;
      const found = matchIn(read, pattern, partnerName);
      if (!found || isDeniedBefore(read.slice(0, found.from))) continue;
      const apart = `${read.slice(0, found.from)} ${read.slice(found.to)}${text.slice(LONGEST)}`;
      const isIndirect = channels.some(isPrivateOffer) && namesIndirect(read, partnerName);
      return {
        channels,
        ...(channels.some((one) => TELLS_MORE.has(one)) ? { rest: text, apart } : { rest: apart }),
        ...(isIndirect && { agreement: 'indirect' as const }),
      };
    }
  }
  return undefined;
}

/** True when the words before a purchase deny it, or only ask about it. */
export function isDeniedBefore(before: string): boolean {
  return NOT_SAID.test(before);
}

function namesIndirect(text: string, partnerName: string): boolean {
  const [, patterns = []] = CHANNELS.find(([channel]) => channel === 'indirect-enterprise-agreement') ?? [];
  return patterns.some((pattern) => matchIn(text, pattern, partnerName) !== undefined);
}

/** The expressions with the partner's name in them. A desk has one partner, and about three hundred patterns. */
const expressions = new LastResults<RegExp>(1_000);

/** The pattern with the partner's name in the place of `{partner}`. With the flag `g` a caller sets `lastIndex` itself. */
export function expressionOf(pattern: string, partnerName: string, flags: 'iu' | 'giu' = 'iu'): RegExp {
  const key = `${flags} ${partnerName}\n${pattern}`;
  const made = () => new RegExp(pattern.replaceAll('{partner}', namePattern(partnerName)), flags);
  return expressions.get(key) ?? expressions.keep(key, made());
}

function matchIn(text: string, pattern: string, partnerName: string) {
  const found = expressionOf(pattern, partnerName).exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : undefined;
}

/** A pattern of the whole name, or of its first two words, because people leave out "Cloud" or "Ltd". */
function namePattern(partnerName: string): string {
  const name = partnerName.trim();
  if (name === '') return '(?!)';
  const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const words = name.split(/\s+/u);
  const short = words.slice(0, Math.max(2, words.length - 1)).join(' ');
  return `(?:${escape(name)}|${escape(short)})`;
}
