/** Recognises what a person says about the bot's last card: it did not help, or it is about another offer or issue. */

export type Feedback = 'not-helped' | 'wrong-offer' | 'wrong-issue' | 'other-offer' | 'other-issue' | 'all'; // "both", at a list

const LONGEST = 80;
const THAT = String.raw`(?:that|it|this|the answer|your answer)`;
const PRODUCT = String.raw`(?:product|offer|app|application|software|one)`;
const ISSUE = String.raw`(?:issue|problem|question|topic|kind|subject|category)`;

/** Each pattern has to fit the whole text. */
const PATTERNS: readonly (readonly [Feedback, readonly string[]])[] = [
  [
    'not-helped',
    [
      String.raw`${THAT} (?:(?:did not|didn't) (?:really )?(?:help|work)|(?:does not|doesn't) (?:really )?help|(?:is not|isn't|was not|wasn't) (?:really )?(?:helpful|helping|of any help|useful))(?: me| us| at all)*`,
      String.raw`(?:${THAT} (?:is|was) )?(?:no|not any|not much) help(?: at all)?|not (?:helpful|useful|solved|resolved)|useless answer`,
      String.raw`(?:${THAT} is |${THAT}'s )?still (?:broken|the same|not (?:working|fixed|solved|resolved))(?: now)?|(?:it |this )?still (?:does not|doesn't) work`,
      String.raw`(?:they|no ?body|no one|the (?:desk|publisher|partner|support)) (?:do not|don't|does not|doesn't|did not|didn't|never|has not|have not)? ?(?:answers?|answered|reply|replies|replied|pick(?:s|ed)? up|respond(?:s|ed)?)(?: me| us| to us| to me| the (?:tele)?phone| (?:to )?my (?:calls?|mails?|e-?mails?)| (?:to )?our (?:calls?|mails?|e-?mails?))*`,
      String.raw`(?:they|the (?:desk|publisher|partner)) (?:could not|couldn't|cannot|can't|did not|didn't) help(?: me| us)?`,
      '(?:這|这|那)?(?:個|个)?(?:答案|回答)?(?:還是|还是)?(?:沒有|没有|沒|没)(?:用|幫助|帮助|解決|解决|效)(?:啊|呢|我的問題|我的问题)?',
      '(?:還是|还是|仍然|依然)(?:不行|沒用|没用|不能用|一樣|一样|沒有解決|没有解决)',
      '(?:都|也)?(?:沒有?人|没有?人)(?:接(?:電話|电话)?|回(?:覆|复|應|应|我|信)?|理我)',
      'das (?:hat )?(?:mir |uns )?(?:leider )?(?:nicht geholfen|nichts gebracht|hilft (?:mir |uns )?nicht)|(?:es )?(?:geht|funktioniert) immer noch nicht|niemand (?:antwortet|geht ans telefon)',
      "(?:ça|cela) (?:ne )?(?:m'|nous )?(?:a pas|n'a pas|n'aide pas|ne marche toujours pas)(?: aidé| aidée)?|personne ne (?:répond|décroche)",
      '(?:eso )?no (?:me |nos )?(?:ayudó|ayuda|sirvió|ha ayudado)|sigue sin funcionar|nadie (?:contesta|responde)',
      '(?:役に立|助けにな)(?:たない|たなかった|りません|りませんでした|ちませんでした|ちません)|まだ(?:動きません|直りません|解決していません|だめです)|(?:誰も)?(?:電話に出ません|返事がありません)',
      '도움이 (?:안|되지) (?:됐어요|돼요|되었습니다|않았습니다|않았어요)|아직도? 안 (?:돼요|됩니다)',
    ],
  ],
  [
    'wrong-offer',
    [
      String.raw`(?:${THAT} is |${THAT}'s )?(?:the )?wrong ${PRODUCT}|(?:${THAT} is |${THAT}'s )?not (?:this|that|the right|my|our) ${PRODUCT}|i (?:do not|don't) have (?:this|that) ${PRODUCT}`,
      '(?:這|这)?(?:不是|並不是|并不是)(?:這|这|那|我的?)?(?:個|个|項|项)?(?:產品|产品|商品|軟體|软件)|(?:產品|产品)(?:不對|不对|錯了|错了)|(?:選|选|找)?錯(?:了)?產品',
      'falsches (?:produkt|angebot)|nicht dieses (?:produkt|angebot)',
      "(?:c'est le )?mauvais produit|pas ce produit",
      'producto equivocado|no es ese producto',
      '(?:製品が)違(?:う|います)|(?:この|その)製品(?:では|じゃ)(?:ない|ありません)(?:です)?',
    ],
  ],
  [
    'wrong-issue',
    [
      String.raw`(?:${THAT} is |${THAT}'s )?(?:the )?wrong ${ISSUE}|(?:${THAT} is |${THAT}'s |${THAT} was )?not (?:what i (?:asked|meant|mean|said|wanted)|my ${ISSUE}|(?:this|that|the right) ${ISSUE}|about (?:that|this|it))`,
      String.raw`(?:${THAT} (?:isn't|wasn't) )(?:what i (?:asked|meant|wanted)|my ${ISSUE}|about (?:that|this|it))|you (?:misunderstood|did not understand|didn't understand|got (?:it|me) wrong)(?: me)?`,
      '(?:這|这)?(?:不是|並不是|并不是)(?:這|这|那|我的?)?(?:個|个|件)?(?:問題|问题|意思|事)|(?:問題|问题)(?:不對|不对|錯了|错了)|(?:你)?(?:誤會|误会|搞錯|搞错|理解錯|理解错)(?:了)?(?:我的意思)?',
      'das (?:war|ist) nicht (?:meine frage|mein problem|was ich meine|gemeint)|falsches thema|darum geht es nicht',
      "ce n'est pas (?:ma question|mon problème|ça)|mauvais sujet",
      'esa no es mi pregunta|no es eso|no me refiero a eso',
      '(?:その|この)(?:問題|質問|件)(?:では|じゃ)(?:ない|ありません)|そういう意味では(?:ない|ありません)',
    ],
  ],
  [
    'other-offer',
    [
      String.raw`(?:i have |it is |it's |about )?(?:an?other|a different|different|a new|new) ${PRODUCT}|change (?:the )?${PRODUCT}|ask about another ${PRODUCT}`,
      '(?:我要)?(?:換|换|改)(?:一?個|一?个|成)?(?:另一?個|另一?个|別的|别的|其他)?(?:產品|产品)|(?:另一?個|另一?个|別的|别的|其他)(?:的)?(?:產品|产品)|不同的?產品',
      'anderes (?:produkt|angebot)|ein anderes (?:produkt|angebot)',
      '(?:un )?autre produit|(?:un )?otro producto',
      '(?:別|他|ほか)の製品(?:です|について)?|다른 제품(?:입니다|이에요)?',
    ],
  ],
  [
    'other-issue',
    [
      String.raw`(?:i have |it is |it's )?(?:an?other|a different|different|a second|a further|one more) ${ISSUE}|(?:something|anything) different|i have (?:another|one more|a second) one`,
      '(?:我)?(?:還有|还有)?(?:另一?個|另一?个|另外一個|另外一个|別的|别的|其他|其它)(?:的)?(?:問題|问题|事)|換(?:一)?個問題|换(?:一)?个问题',
      '(?:eine )?andere frage|(?:ein )?anderes (?:problem|thema)|(?:une )?autre question|(?:un )?autre problème|otra pregunta|otro problema',
      '(?:別|他|ほか)の(?:質問|問題|件)(?:です|があります)?|다른 (?:질문|문제)(?:입니다|이 있어요)?',
    ],
  ],
  [
    'all',
    [
      '(?:both|all)(?: of (?:them|these|those)| products| offers)?(?: please)?|each of them|every one(?: of them)?',
      '(?:兩個|两个|兩項|两项|兩者|两者|全部|所有)(?:都是|都要|都有|都)?|都是|都有|以上皆是',
      'beide|alle|les deux|tous|toutes|ambos|todos|(?:両方|どちらも|すべて|全部)(?:です)?|둘 다(?:요)?|모두',
    ],
  ],
];

let compiled: readonly (readonly [Feedback, RegExp])[] | undefined;

function patterns(): readonly (readonly [Feedback, RegExp])[] {
  compiled ??= PATTERNS.map(([kind, parts]) => [kind, new RegExp(`^(?:${parts.join('|')})$`, 'u')] as const);
  return compiled;
}

const BEFORE =
  /^(?:(?:no|nope|sorry|but|well|hm+|oh|actually|nein|non|いや|不|不是|不對|不对|抱歉|可是|但是|唉)[\s,，。]+)+/u;

/** What the whole text says about the last card; undefined when it says anything else. */
export function feedbackOf(text: string): Feedback | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '')
    .replace(/[\s,，、;:!?.。！？]+/gu, ' ');
  const short = folded.replace(BEFORE, '');
  return patterns().find(([, pattern]) => pattern.test(folded) || pattern.test(short))?.[0];
}
