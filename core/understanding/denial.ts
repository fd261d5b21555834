/** Finds what a sentence denies ("no refund needed", 「不是帳單的問題」), so that the denied topic is not taken. */

/** Topics that a person may rule out, in each language. Stems, because the ending does not matter. */
const UNWANTED = {
  en: String.raw`(?:re-?funds?(?:ed|ing)?|money back|reimburse\w*|credit notes?|cancel\w*|terminat\w*|chargebacks?)`,
  zh: '(?:退款|退費|退费|退錢|退钱|退訂|退订|取消|解約|解约|終止|终止)',
  de: String.raw`(?:erstattung|rückerstattung|geld zurück|kündig\w*|stornier\w*|gutschrift)`,
  fr: String.raw`(?:rembours\w*|résili\w*|annul\w*)`,
  es: String.raw`(?:reembols\w*|devoluci[oó]n|cancel\w*|anular)`,
  ja: '(?:返金|払い戻し|解約|キャンセル)',
  ko: '(?:환불|취소|해지)',
} as const;

/** Topics whose name alone, after "no" or "not", is a denial. */
const TOPIC = String.raw`(?:re-?funds?|cancel\w*|outages?|downtime|bill(?:ing)?|invoices?|pric(?:e|ing)|payments?|licen[cs]\w*|log-?in|sign-?in|sync\w*|install\w*|subscriptions?|technical|security|errors?|crash\w*|seats?)`;
const MATTER = String.raw`(?:problems?|issues?|questions?|matters?|things?|faults?|errors?|topics?|requests?)`;
const END = String.raw`(?=\s*[,.;:!?\n—–]| - | but | just | only | rather |$)`;
const SPAN = String.raw`[^,.;:!?\n—–]{1,60}?`;
const MAYBE = String.raw`[^,.;:!?\n—–]{0,60}?`;
const HAN_END = '(?=[，。；！？,.;!?\\n]|$)';
const IS_NOT = String.raw`(?:(?:is|was|are|were)(?: not|n't)|'s not|ain't)`;
const LACKS = String.raw`(?:do(?:es)?|did|would|have|has) ?(?:not|n't)|never`;

/** What a sentence denies. The last group of each pattern is nothing but the denied words. */
const DENIALS: readonly string[] = [
  // "No refund needed", "no technical problem": the topic alone, at the beginning of a clause.
  String.raw`(?<=^|[,.;:!?\n—–] ?|\bbut |\band )\s*(?:no|not an?|not any|without an?y?) (?:${UNWANTED.en}|outage|downtime|${TOPIC} ${MATTER})(?: for ${SPAN})?(?: (?:is |was |are )?(?:needed|required|necessary|wanted|please|asked for|requested))?${END}`,
  String.raw`\bno (?:need (?:for|of|to)|${TOPIC}) ${MAYBE}(?:needed|required|necessary|wanted)\b`,
  String.raw`\bno need (?:for|to) (?:an? |the |my )?${UNWANTED.en}${MAYBE}${END}`,
  // "I do not want to cancel", "we do not need a refund", "I am not asking for my money back".
  String.raw`\b(?:i|we|you|they|customers?|he|she) (?:${LACKS}) (?:really |actually )?(?:want|need|wish|ask|mean|intend|request|require|plan|like)(?:ed)? (?:to |for |about )?(?:an? |the |my |our |any |get |receive |have )*${UNWANTED.en}[^,.;:!?\n—–]{0,60}?${END}`,
  String.raw`\b(?:i|we) (?:${LACKS}) (?:want|need|mean) (?:to )?${SPAN},? ?(?=(?:but |just |only |rather |instead )*(?:i|we) (?:just |only |rather |really )*(?:want|need|mean|would like|'d like)\b)`,
  String.raw`\b(?:i|we) (?:do not|don't) have an? (?:${TOPIC}) ${MATTER}${END}`,
  String.raw`\b(?:i am|i'm|we are|we're|i was|we were) not (?:asking|talking|writing|calling|looking)(?: you)? (?:about|for|to) ${SPAN}${END}`,
  // "It is no outage", "it is not about the bill", "the problem is not the login".
  String.raw`\b(?:it|this|that|there)(?:'s| is| was) (?:no|not an?) (?:${UNWANTED.en}|${TOPIC})(?: ${MATTER})?${END}`,
  String.raw`\b(?:it|this|that|problem|issue|question) ?${IS_NOT} (?:really |at all )?(?:about|related to|to do with|a question (?:about|of)|a matter of|because of|an?|the|my|our)\b(?! (?:valid|working|correct|right|good|same|only|first|best|full)\b)${SPAN}(?=[,.;:!?\n—–]| - | but | it'?s? | rather | i |$)`,
  String.raw`\b(?:it|this|that) (?:has|had) nothing to do with ${SPAN}${END}`,
  String.raw`\b(?:nothing|not) (?:wrong|to do) with (?:the |my |our )?(?:${TOPIC})\b`,
  String.raw`\b(?:it|this|that)?(?:'s| is)? ?unrelated to ${SPAN}${END}`,
  // "Not the bill, …", "not a refund but …", "not technical but billing", "… , not a technical problem".
  String.raw`^\s*(?:no,? |sorry,? )?not (?!able|allowed|possible|work|available|sure|found|authori|\w+ing\b|\w+ed\b)(?:about )?(?:the |my |our |an? |this |that )?[^,.;:!?\n—–]{1,40}?(?=[,;:—–]| - | but )`,
  String.raw`(?<!\b(?:is|are|was|were|am|do|does|did|can|could|will|would|has|have|had|may|must|should) )\bnot (?:about |for )?(?:the |my |our |an? |any )?(?:${UNWANTED.en}|${TOPIC})(?: ${MATTER})?(?=\s*(?:[.!?;]|but |$))`,
  String.raw`\b${IS_NOT} (?:the|my|our|an?) [^,.;:!?\n—–]{1,40}? (?=but )`,
  String.raw`\b(?:instead of|rather than) (?:an? |the |my )?(?:${UNWANTED.en}|${TOPIC})(?: ${MATTER})?`,
  String.raw`\b(?:and |but )?(?:the |my |our )(?:bill(?:ing)?|invoice|price|payment|licen[cs]es?|login|install(?:ation)?|subscription) (?:itself )?(?:is|was|are|works?|looks?) (?:all |perfectly |totally )?(?:fine|ok|okay|correct|right|in order|good|paid)\b`,
  // German, French, Spanish.
  String.raw`\bes geht (?:mir |uns )?nicht um ${SPAN}(?=[,.;:!?\n—–]| sondern |$)`,
  String.raw`\b(?:ich|wir) (?:brauchen?|möchten?|will|wollen|verlangen?) (?:keine?n? ${UNWANTED.de}|(?:nicht|nichts) ${UNWANTED.de})${END}`,
  String.raw`\bkeine? ${UNWANTED.de}(?: nötig| erforderlich)?${END}`,
  String.raw`(?:^|[,;] ?)(?:nein,? )?nicht (?:die|der|das|um|wegen|den|dem|mein\w*|unser\w*) ${SPAN}(?=,? sondern )`,
  String.raw`\b(?:ce n'est pas|il ne s'agit pas de|ça ne concerne pas) ${SPAN}(?=[,.;:!?\n—–]| mais |$)`,
  String.raw`\b(?:je ne|nous ne|je n'|nous n')\s?(?:veux|voulons|souhaite|souhaitons|demande|demandons|ai|avons) pas (?:besoin )?(?:de |d'|un |une |être |le |la )*${UNWANTED.fr}${MAYBE}${END}`,
  String.raw`(?:^|[,;] ?)(?:non,? )?pas (?:la|le|les|l'|un|une|de) ?${SPAN}(?=,? mais )`,
  String.raw`\bno (?:es|se trata) (?:de |sobre |por )?${SPAN}(?=[,.;:!?\n—–]| sino |$)`,
  String.raw`\bno (?:quiero|queremos|necesito|necesitamos|pido|pedimos) (?:un |una |el |la |que me |ninguna? )*${UNWANTED.es}${MAYBE}${END}`,
  String.raw`(?:^|[,;] ?)no (?:el|la|los|las|un|una) ${SPAN}(?=,? sino )`,
  // Chinese.
  `(?<!是)(?:並|并)?不是[^，。；！？,.;!?\\n是]{1,20}?(?=[，。；！？,.;!?\\n]|而?是|$)`,
  `(?:跟|和|與|与)[^，。；！？,.;!?\\n]{1,12}?(?:無關|无关|沒有?關係|没有?关系|沒有?關|没有?关)${HAN_END}`,
  `(?:我|我們|我们)?(?:不用|不需要|不必|不想要?|不要|無須|无须|沒有?要|没有?要|沒有?想|没有?想|並?不是要|并?不是要|不是想)(?:再|申請|申请|辦|办|做)?${UNWANTED.zh}[^，。；！？,.;!?\\n]{0,30}?${HAN_END}`,
  `(?:不用|不需要|不必)[^，。；！？,.;!?\\n]{0,4}(?:發票|发票|帳單|账单)${HAN_END}`,
  // Japanese and Korean.
  '[^、。！？\\n]{1,20}?(?:の話|の件|の問題|こと)?(?:ではなく(?:て)?|じゃなくて)、?',
  `[^、。！？\\n]{0,12}?${UNWANTED.ja}(?:は|の必要は)?(?:不要|いら(?:ない|ず)|いりません|必要ありません|必要ない|必要なく|結構|希望しません|求めていません)(?:です|で)?[、。]?`,
  '[^、。！？\\n]{1,20}?とは?関係(?:ない|ありません|なく)(?:です)?[、。]?',
  '[^,.。!?\\n]{1,20}?(?:이|가|은|는)? ?(?:아니라|아니고),? ?',
  `[^,.。!?\\n]{0,12}?${UNWANTED.ko}(?:은|는|이|가)? ?(?:필요 ?없|원하지 않|원치 않|안 해도)[^,.。!?\\n]{0,8}[,.]? ?`,
  `[^,.。!?\\n]{1,20}?(?:와|과|랑)(?:는)? ?(?:관계|상관)[가이]? ?없[^,.。!?\\n]{0,8}[,.]? ?`,
];

let compiled: readonly RegExp[] | undefined;

function patterns(): readonly RegExp[] {
  compiled ??= DENIALS.map((source) => new RegExp(source, 'giu'));
  return compiled;
}

/** A longer text is read in its first part: what a person denies stands beside what the person asks. */
const LONGEST_READ = 2_000;

/** A text without the words that deny something. */
export interface Stated {
  /** What is left; blank when the text only denies. */
  readonly stated: string;
  /** The denied words, in their order of finding; empty when the text denies nothing. */
  readonly denied: readonly string[];
}

/** Separates what a text states from what it denies. */
export function statedIn(text: string): Stated {
  const read = text.slice(0, LONGEST_READ).replace(/[’‘]/gu, "'");
  const denied: string[] = [];
  const rest = patterns().reduce(
    (left, pattern) =>
      left.replace(pattern, (words) => {
        denied.push(words.trim());
        return ' ';
      }),
    read,
  );
  if (denied.length === 0) return { stated: text, denied };
  return { stated: `${rest.trim()}${text.slice(LONGEST_READ)}`, denied };
}

/** Words that state nothing beside a denial: "no, please", "it is". */
const NOTHING =
  /(?<![\p{L}])(?:no|nope|sorry|please|thanks|thank you|but|and|it|this|that|is|was|actually|just)(?![\p{L}])|請|请|謝謝|谢谢|抱歉|對不起|是/giu;

/** The text without the parts that name what is not meant; the text itself when nothing else is left. */
export function withoutDenied(text: string): string {
  const { stated, denied } = statedIn(text);
  return denied.length > 0 && /[\p{L}]{2}/u.test(stated) ? stated : text;
}

/** The denied words of a text that states nothing else: "it's not about the bill". Undefined for any other text. */
export function onlyDenied(text: string): string | undefined {
  const { stated, denied } = statedIn(text);
  const isAlone = denied.length > 0 && !/[\p{L}\p{N}]{2}/u.test(stated.replace(NOTHING, ' '));
  return isAlone ? denied.join(' ') : undefined;
}
