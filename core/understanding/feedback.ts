/** Recognises what a person says about the bot's last card: it did not help, or it is about another offer or issue. */

export type Feedback =
  | 'not-helped'
  | 'wrong-contact' // means a contact only after an answer that names one
  | 'wrong-offer'
  | 'wrong-issue'
  | 'other-offer'
  | 'other-issue'
  | 'all'; // "both", at a list

const LONGEST = 80;
const THAT = String.raw`(?:that|it|this|the answer|your answer)`;
const PRODUCT = String.raw`(?:product|offer|app|application|software|one)`;
const TRIED = String.raw`(?:(?:i|we)(?:'ve| have)? (?:already )?(?:called|phoned|rang|mailed|e-?mailed|wrote to|tried|contacted|asked)(?: (?:them|there|it|that|him|her))?(?: (?:twice|again|yesterday|today|three times|several times|many times))? (?:and|but) )?`;
const CONTACT = String.raw`(?:(?:tele)?phone number|phone|number|hotline|e-?mail address|mail address|address|contacts?|contact (?:data|details|person)|link|support (?:page|site|link|address|number)|contact page)`;
const ISSUE = String.raw`(?:issue|problem|question|topic|kind|subject|category)`;

/** Each pattern has to fit the whole text. */
const PATTERNS: readonly (readonly [Feedback, readonly string[]])[] = [
  [
    'not-helped',
    [
      String.raw`${THAT} (?:(?:did not|didn't) (?:really )?(?:help|work)|(?:does not|doesn't) (?:really )?help|(?:is not|isn't|was not|wasn't) (?:really )?(?:helpful|helping|of any help|useful))(?: me| us| at all)*`,
      String.raw`(?:${THAT} (?:is|was) )?(?:no|not any|not much) help(?: at all)?|not (?:helpful|useful|solved|resolved)|useless answer`,
      String.raw`(?:${THAT} is |${THAT}'s )?still (?:broken|the same|not (?:working|fixed|solved|resolved))(?: now)?|(?:it |this )?still (?:does not|doesn't) work`,
      String.raw`${TRIED}(?:they|no ?body|no one|(?:the |our |your )?(?:desk|publisher|partner|vendor|provider|support)) (?:do not|don't|does not|doesn't|did not|didn't|never|has not|have not)? ?(?:answers?|answered|reply|replies|replied|pick(?:s|ed)? up|respond(?:s|ed)?)(?: up)?(?: there| here| me| us| to us| to me| any ?more| at all| at that number| the (?:tele)?phone| (?:to )?my (?:calls?|mails?|e-?mails?)| (?:to )?our (?:calls?|mails?|e-?mails?))*`,
      String.raw`(?:they|the (?:desk|publisher|partner)) (?:could not|couldn't|cannot|can't|did not|didn't) help(?: me| us)?`,
      String.raw`(?:(?:i|we)(?:'ve| have)? (?:got|get|had|received) |there (?:is|was) )?(?:still )?no (?:answer|reply|response)(?: (?:from|at) (?:them|there|anybody|anyone|that (?:desk|number|address)))?(?: (?:for|since|in|after) [^.]{1,30})?(?: yet)?`,
      String.raw`they (?:just )?(?:told|asked|said to|want|wanted) me to (?:contact|call|ask|write to|talk to) (?:you|my partner|the partner|someone else|somebody else)|they (?:sent|referred) me (?:back )?(?:to you|here|away|to somebody else|to someone else)|they (?:say|said) (?:that )?(?:they are|it is|it's|they're) not (?:responsible|their (?:problem|job|business|product))`,
      '(?:等了?.{1,8})?(?:他們|他们|對方|对方|那邊|那边|那裡|那里|廠商|厂商|客服|窗口)?(?:都|也|一直|還是|还是|從來|从来|完全)*(?:沒有?人?|没有?人?|不)(?:接(?:電話|电话)?|回(?:覆|复|應|应|信|電|电|我)?|理(?:我|人)?)(?:啊|了|過|过|的)*',
      '(?:這|这|那)?(?:個|个)?(?:答案|回答)?(?:還是|还是)?(?:沒有|没有|沒|没)(?:用|幫助|帮助|解決|解决|效)(?:啊|呢|我的問題|我的问题)?',
      '(?:還是|还是|仍然|依然)(?:不行|沒用|没用|不能用|一樣|一样|沒有解決|没有解决)',
      '(?:都|也)?(?:沒有?人|没有?人)(?:接(?:電話|电话)?|回(?:覆|复|應|应|我|信)?|理我)',
      'das (?:hat )?(?:mir |uns )?(?:leider )?(?:nicht geholfen|nichts gebracht|hilft (?:mir |uns )?nicht)|(?:es )?(?:geht|funktioniert) immer noch nicht|(?:da |dort )?(?:niemand|keiner) (?:antwortet|geht (?:da |dort )?(?:ans telefon|ran)|meldet sich|nimmt ab)(?: dort| da)?|(?:sie|die) antworten nicht|keine antwort(?: von (?:denen|ihnen|dort))?',
      "(?:ça|cela) (?:ne )?(?:m'|nous )?(?:a pas|n'a pas|n'aide pas|ne marche toujours pas)(?: aidé| aidée)?|personne ne (?:répond|décroche)(?: là-bas)?|ils ne (?:me )?répondent pas",
      '(?:eso )?no (?:me |nos )?(?:ayudó|ayuda|sirvió|ha ayudado)|sigue sin funcionar|nadie (?:contesta|responde)(?: allí| ahí)?|no (?:me )?(?:contestan|responden)',
      '(?:役に立|助けにな)(?:たない|たなかった|りません|りませんでした|ちませんでした|ちません)|まだ(?:動きません|直りません|解決していません|だめです)|(?:誰も)?(?:電話に出ません|返事がありません|返信がありません|返事が来ません|返信が来ません|出ません|応答がありません)',
      '도움이 (?:안|되지) (?:됐어요|돼요|되었습니다|않았습니다|않았어요)|아직도? 안 (?:돼요|됩니다)|(?:아무도 )?(?:전화를? 안 받아요|답(?:장)?이 없어요|답변이 없어요|연락이 없어요)',
    ],
  ],
  [
    'wrong-contact',
    [
      String.raw`(?:the|that|this|their|your) ${CONTACT} (?:is|are|was|seems|looks)(?: to be)? (?:all )?(?:wrong|incorrect|invalid|outdated|old|out of date|dead|broken|down|not (?:right|correct|valid|working)|unreachable|disconnected|out of service|no longer valid)`,
      String.raw`(?:the|that|this|their|your) ${CONTACT} (?:(?:does not|doesn't|did not|didn't) (?:work|exist|open|load)|no longer (?:works|exists))(?: any ?more)?`,
      String.raw`(?:the )?wrong (?:phone number|number|address|e-?mail(?: address)?|contact|link)|(?:their|the support) (?:page|site|website) (?:is down|is broken|does not (?:open|load|work)|doesn't (?:open|load|work))`,
      String.raw`(?:that|the|my|our|your) (?:e-?mail|mail|message) (?:bounced|came back|was (?:returned|rejected)|got returned|could not be delivered|is undeliverable)(?: back)?(?: to me)?|(?:that|the) (?:person|contact) (?:has left|left|does not work there|doesn't work there)(?: the company)?(?: any ?more)?`,
      '(?:這個|那個|这个|那个|這|那)?(?:電話|电话)(?:號碼|号码)?(?:都|也|一直)?(?:是)?(?:打不通|錯誤?的?|错误?的?|不對|不对|空號|空号|沒人接|没人接|不能用)(?:了)?',
      '(?:信|郵件|邮件|信件|電子郵件|e-?mail|mail)(?:被|都)*(?:退(?:回|信)?(?:來|来)?|彈回(?:來)?|弹回(?:来)?|寄不出去|寄不到)(?:了)?',
      '(?:這個|那個|这个|那个|支援|客服)?(?:連結|链接|網址|网址|信箱|邮箱|聯絡人|联系人|聯絡方式|联系方式|聯絡資料|窗口)(?:是|已經|已经|都)*(?:打不開|打不开|失效|壞|坏|錯|错|不對|不对|過期|过期|離職|离职|不存在|不能用)(?:了|的)*',
      'die (?:telefon)?nummer (?:ist falsch|stimmt nicht|existiert nicht|funktioniert nicht)|die (?:e-?mail-?)?adresse (?:ist falsch|stimmt nicht|existiert nicht)|(?:die|meine) (?:e-?mail|mail) kam zurück|falsche (?:nummer|adresse)',
      "(?:le numéro|l'adresse) (?:est (?:faux|fausse|incorrecte?|erronée?)|n'existe pas|ne fonctionne pas)|mauvais numéro|mon (?:e-?mail|mail|message) est revenu",
      '(?:el número|la dirección|el correo) (?:es incorrect[oa]|está mal|no existe|no funciona)|número equivocado|(?:el|mi) correo (?:rebotó|fue devuelto)',
      '(?:電話)?番号が(?:違います|間違っています|使われていません)|(?:電話)が(?:つながりません|繋がりません)|メールが(?:戻ってきました|届きません)|リンクが(?:切れています|開きません)',
      '(?:전화)?번호가 (?:틀려요|틀렸어요|없는 번호예요|잘못됐어요)|메일이 (?:반송됐어요|돌아왔어요)|링크가 (?:안 열려요|깨졌어요)',
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
      '(?:for )?(?:both|all|all (?:two|three|2|3)|the (?:two|three))(?: of (?:them|these|those|the above)| products| offers| the above)?(?: please)?|each(?: one)?(?: of (?:them|these|those))?|every ?one(?: of (?:them|these|those))?|everything|all the above',
      '(?:我)?(?:要|選|选)?(?:這|这)?(?:[兩两三]個?|[兩两三]个|[兩两三][項项]|[兩两三]者|全部|所有|全)(?:都是|都要|都有|都選|都选|都)?|都是|都有|都要|以上皆是',
      '(?:alle )?beide[ns]?|alle(?: drei| zwei)?|(?:tous |toutes )?les (?:deux|trois)|tous|toutes|ambos|ambas|todos|todas|los (?:dos|tres)|(?:両方(?:とも)?|どちらも|すべて|全て|全部|三つとも)(?:です)?|둘 다(?:요)?|셋 다(?:요)?|모두(?:요)?|전부(?:요)?',
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
