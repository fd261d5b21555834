/** Reads a short text that says nothing but how the product was bought: "EA", "no, from the partner", 「公司信用卡買的」. */
import { BOUGHT_BY_CUSTOMER, PRIVATE_OFFER_CHANNELS, type Asker, type PurchaseChannel } from '../terms.js';
import { expressionOf, isDeniedBefore } from './purchase-channel.js';

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
const AGREEMENT = raw`(?:enterprise agreement|(?<![\p{Script=Latin}\p{N}])ea(?![\p{Script=Latin}\p{N}])|(?:enterprise |ea )?enrol+ment|mca-?e\b|\bmca\b|microsoft customer agreement)`;
const PARTNER = raw`(?:\b(?:csp|(?:cloud |microsoft )?(?:partner|reseller|distributor|dealer|vertriebspartner|händler|systemhaus|partenaire|revendeur|socio|revendedor|distribuidor))\b|合作夥伴|合作伙伴|經銷商|经销商|代理商|夥伴|伙伴|パートナー|代理店|販売店|リセラー|파트너|리셀러|대리점|총판|{partner})`;
const PUBLISHER = raw`(?:\b(?:publisher|vendor|isv|manufacturer|software maker|hersteller|herausgeber|éditeur|fabricante|editor)\b|發行者|發行商|发行商|原廠|原厂|廠商|厂商|開發商|发行者|発行元|発行者|メーカー|ベンダー|게시자|공급업체|제조사|퍼블리셔)`;
const PRIVATE = raw`(?:\bprivate (?:offer|deal|price)s?\b|\bprivatangebot|\bprivat\w* angebot|\boffre privée|\boferta privada|私人(?:優惠|优惠|供應項目|产品\/服务)|私有(?:優惠|优惠)|プライベート ?オファー|(?:프라이빗|비공개|사설) ?(?:오퍼|제안|제품))`;
const MULTI = raw`(?:\bmulti[- ]?party\b|\bmpo\b|\bmultipartite\b|\bmultiparte\b|\bmehrparteien\w*|多方|マルチパーティ|複数当事者|다자간|멀티 ?파티)`;
const SUBSCRIPTION = '(?:subscription|訂用帳戶|訂閱|订阅|サブスクリプション|구독)';
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
      raw`\b(?:direct(?:ly)?|straight|direkt|directement|directamente)\b(?: purchase)?|\b(?:no|without (?:a|any)) (?:partner|reseller)(?: involved)?\b|(?:マイクロソフト|microsoft)から直接|직접|直接`,
      raw`\b(?:microsoft|azure portal|app ?source|microsoft 365 admin cent(?:er|re))\b|微軟|微软|マイクロソフト|마이크로소프트|(?:azure|애저) ?(?:入口網站|門戶|门户|ポータル|포털)`,
      raw`(?:azure |commercial )?marketplace (?=.{0,12}\b(?:our|own)\b)|(?<=自己.{0,4})azure ?(?:marketplace|市集)|(?<=\b(?:ourselves|myself) in )the portal\b|\b(?:our|their|its|my) own (?:azure )?subscription\b`,
      raw`\b(?:company |corporate |business )?credit card\b|\b(?:company|corporate) card\b|(?:公司|自己)?的?(?:信用卡|公司卡)|公司卡|刷卡|クレジット ?カード|(?:법인|회사|신용) ?카드`,
      raw`${AGREEMENT}|(?:企業|企业|enterprise|ea) ?(?:合約|协议|協議)|(?:ea|mca) ?(?:契約|계약)|(?:エンタープライズ|기업) ?(?:契約|계약)`,
      raw`\bpay[- ]as[- ]you[- ]go\b(?: subscription)?|\bpayg\b|\bweb direct\b|隨用隨付|随用随付|従量課金|종량제`,
    ],
  ],
  [
    ['partner'],
    [
      raw`${PARTNER}(?: center| centre)?`,
      raw`\b(?:from|via|through|by|with) you(?: guys| people| folks)?\b|\byou (?:did|sold|bought|ordered|handled|got|set)\b`,
    ],
  ],
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
  [
    ['customer-direct'],
    [raw`\b(?:ourselves|myself|we did|i did|on our own)\b|(?:我們|我们|我)?自己|自社で|自分で|저희가|우리가`],
  ],
];

const WORDS =
  'no nope nah sorry actually well oh ah uh hm ok okay so yes right i we they he she it that this these those was were is are been be thats its think thought guess believe mean meant say said forgot to mention rather instead correction of course please just only all the a an any our my your their his her us them you me from via through by with under on in as for at over and between customer client company account product software app license licence order purchase thing bought purchased ordered got gotten acquired had have has did do done made paid pay pays bill bills billed sold came come charged agreed signed accepted uses buy buys everything ourselves themselves sold handled handles resold arranged placed subscribed set up kind sort type probably own ours theirs online guys people folks stuff nein doch ja wir haben es das ist war ein eine einem einen der die den dem bei über von vom durch im in unser unsere unserem unseren gekauft bestellt worden gab nous avons l la le les un une notre nos chez par via sur de du acheté c est était non si lo la compramos compró fue es nuestro nuestra un una por en el al del a través con mit unter desde'.split(
    ' ',
  );
const FILLER = new Set(WORDS);
const SPACELESS_FILLER =
  /錯了|错了|不對|不对|不是|其實|其实|應該|应该|我是說|我是说|抱歉|對不起|对不起|我們|我们|他們|他们|客戶|客户|公司|自己|那裡|那里|那邊|那边|這個|这个|產品|产品|透過|通过|通過|經由|经由|购买|購買|訂購|订购|採購|采购|代購|代买|下單|下单|付款|合約|入口網站|上面|底下|いいえ|すみません|実は|購入|経由|買いました|買った|しました|です|でした|から|により|会社|契約|ました|아니요|아니|구매했습니다|구매했어요|구매|샀습니다|샀어요|결제했습니다|결제했어요|결제|통해서|통해|에게서|한테서|에서|으로|계약|입니다|이에요|예요|했어요|했습니다|회사|저희|우리|애저|[是我你簽签他她它從从向跟在由找幫帮替為为給给買买訂订購购賣卖刷付用的了啦喔哦吧呢啊那家裡里上下去のでをにがはとも을를이가은는로]/gu;

/** What makes a short text one about the purchase, and not the mere name of a company, of a card or of a product. */
const ABOUT_PURCHASE =
  /\b(?:bought|purchased?|ordered|acquired|got|paid|pay|sold|billed|bills|charged|signed|handled|came|comes|did|from|via|through|by|under|with|direct(?:ly)?|straight|ourselves|myself|own|gekauft|bestellt|über|von|bei|direkt|acheté|chez|par|directement|compr\S+|directamente|por|a través|multi[- ]?party|mpo|private|resale|csp private|enterprise agreement|ea|mca-?e|mca|enrol+ment|payg|pay[- ]as)\b|買|买|購|购|訂|订|跟|向|從|从|透過|通过|通過|經由|经由|直接|自己|刷|付|賣|卖|優惠|优惠|合約|協議|协议|オファー|購入|経由|から|契約|구매|샀|결제|직접|통해|계약|오퍼/u;
/** Words before the answer: "wrong, …". */
const CORRECTING = /^(?:(?:that'?s |that is |this is )?wrong[\s,.!:;-]+)/u;

/** Words that ask, wish or doubt, so that the text states nothing. */
const STATES_NOTHING =
  /[?？]\s*$|\b(?:how|can|could|should|would|shall|may|need|want|wish|switch|if|whether|wie|können|comment|cómo)\b|嗎|吗|可以|可否|想要|是否|如何|怎麼|怎么|ますか|까요/u;
/** A clause that names the wrong way: "not from Microsoft, …". */
const DENIED_CLAUSE =
  /\b(?:not|nicht|pas|no) (?:directly |direkt )?(?:from|via|through|by|on|with|under|bei|über|chez|de|par)\b[^,;.]*[,;.]|(?:不是|並非)[^，,。]{1,20}[，,]/gu;

/** The purchase channels that the whole text leaves open, mostly one; undefined when it says anything else. */
export function purchaseAnswer(
  text: string,
  { partnerName = '', asker, isAsked = false }: PurchaseReader = {},
): readonly PurchaseChannel[] | undefined {
  if (text.length > LONGEST) return undefined;
  const said = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .trim()
    .replace(CORRECTING, '');
  if (STATES_NOTHING.test(said) || !(isAsked || ABOUT_PURCHASE.test(said))) return undefined;
  const stated = said.replace(DENIED_CLAUSE, ' ');
  const answers = [...ANSWERS, ...(asker === 'customer' ? BY_CUSTOMER : BY_STAFF)];
  return answers.find(([, patterns]) => isAll(stated, patterns, partnerName))?.[0];
}

/** True when the text has words of these patterns, states them, and beside them has only filler. */
function isAll(text: string, patterns: readonly string[], partnerName: string): boolean {
  let rest = text;
  for (const pattern of patterns) {
    const words = expressionOf(pattern, partnerName, 'giu');
    words.lastIndex = 0;
    const first = words.exec(rest);
    if (!first) continue;
    if (isDeniedBefore(rest.slice(0, first.index))) return false;
    words.lastIndex = 0;
    rest = rest.replace(words, ' ');
  }
  return rest !== text && isFiller(rest);
}

function isFiller(text: string): boolean {
  const latin = text.replace(SPACELESS_FILLER, ' ');
  return (latin.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => word.length === 1 || FILLER.has(word));
}

/** "I do not know" about the purchase, also at the end of a sentence: "my boss bought it, I don't know". */
const UNKNOWN_PURCHASE =
  /(?:\b(?:i|we|they)(?: really| honestly)? (?:do not|don'?t|did not|didn'?t|have no (?:idea|clue)|can(?:no|')t (?:tell|say)|could not tell)(?: know| tell| say)?\b|^(?:can'?t|cannot) (?:tell|say)\b|^how (?:would|should) i know\b|\bno (?:idea|clue)\b|\bbefore my time\b|\bask (?:procurement|purchasing)\b|哪(?:裡|里)?(?:會|会)?知道|我?(?:們|们)?(?:也)?(?:不知道|不清楚|不確定|不确定|不曉得|不晓得|沒概念)|(?:わかり|分かり|知り)ません|わからない|分からない|모르겠|모릅니다|몰라)/iu;
const PURCHASE_WORDS =
  /\b(?:bought|buy|purchas\w*|order\w*|procure\w*|got it|bill\w*|set (?:it |this )?up|did (?:it|that)|handled)\b|買|买|購|购|訂|订|採購|采购|購入|買|샀|구매|결제/iu;

/** True when the text says that the person does not know how the product was bought. */
export function isUnknownPurchase(text: string): boolean {
  if (text.length > LONGEST) return false;
  const said = text.normalize('NFKC').replace(/[’‘`´]/gu, "'");
  const isLong = said.split(/\s+/u).length > 5 || [...said].length > 30;
  return (
    UNKNOWN_PURCHASE.test(said) &&
    (!isLong || PURCHASE_WORDS.test(said) || /before my time|ask (?:procurement|purchasing)/iu.test(said))
  );
}
