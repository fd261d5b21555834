/** Recognises small talk and the wish to speak with a person, in the languages people write in. */

export const SMALL_TALKS = [
  'person',
  'thanks',
  'goodbye',
  'agreed',
  'are-you-a-bot',
  'what-can-you-do',
  'insult',
  'hesitation',
  'greeting',
] as const;
export type SmallTalk = (typeof SMALL_TALKS)[number];

/** A longer text is a question, whatever its first words. */
const LONGEST = 80;
/** A wish for a person may stand inside a longer message. */
const LONGEST_WISH = 400;

const THANKS = String.raw`(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated|many thanks|谢谢|謝謝|多謝|多谢|感謝|感谢|感恩|ありがとう(?:ございます|ございました)?|どうも|助かりました|danke(?: ?schön| ?schoen| dir| ihnen)?|vielen dank|besten dank|merci|merci beaucoup|gracias|muchas gracias|감사합니다|고마워요?|고맙습니다|obrigad[oa]|grazie|bedankt|dank je|dank u)`;
const THANKS_MORE = String.raw`(?: (?:so much|very much|a lot|a bunch|again|you|for (?:the |your )?(?:help|answer|info|information|support|reply)|that (?:helped|was helpful|helps|is great|works)|it works(?: now)?|this helped|sehr|vielmals|für die hilfe|für ihre hilfe|hat geholfen|das hat geholfen|beaucoup|bien|pour (?:votre |ton )?aide|por (?:la |su |tu )?ayuda|great|perfect|bye|bot)|你|您|你們|了|啦|幫忙|帮忙|你的幫忙|您的幫忙| ?很?有幫助| ?很?有帮助| ?幫了大忙| ?帮了大忙)*`;
const WHOLE: readonly (readonly [Exclude<SmallTalk, 'person'>, string])[] = [
  [
    'thanks',
    `(?:(?:great|ok|okay|perfect|super|cool|nice|got it|好的?|了解|太好了) ?)*${THANKS}${THANKS_MORE}`,
  ],
  [
    'thanks',
    String.raw`that (?:helped|was helpful|worked|solved it)|it works now|problem solved|solved|解決了|解决了|解決しました|hat geholfen|ça marche|ya funciona|résolu`,
  ],
  [
    'goodbye',
    String.raw`(?:ok |okay )?(?:(?:good ?)?bye(?: bye)?|see you(?: later| soon)?|have a (?:nice|good|great) (?:day|weekend|one|evening)|talk to you later|ciao|再見|再见|拜拜|掰掰|さようなら|失礼します|またね|tschüss?|auf wiedersehen|schönen tag(?: noch)?|au revoir|bonne journée|à bientôt|adiós|hasta luego|hasta pronto|안녕히 계세요|잘 가요?|até logo|tchau|arrivederci|tot ziens|doei)`,
  ],
  [
    'agreed',
    String.raw`(?:(?:ok(?:ay|ey)?|k|kk|alright|all right|fine|got it|i see|understood|makes sense|cool|great|perfect|nice|good|super|alles klar|verstanden|in ordnung|gut|d'accord|compris|très bien|vale|de acuerdo|entendido|perfecto|好|好的|好喔|了解|知道了|明白|收到|嗯嗯?|わかりました|了解です|了解しました|はい|オーケー|알겠습니다|네|tudo bem|entendi|va bene|capito|prima|oké|👍|👌)(?: |$))+`,
  ],
  [
    'are-you-a-bot',
    String.raw`(?:are|r) (?:you|u) (?:a |an )?(?:bot|robot|human|real(?: person)?|real human|person|machine|ai|chatgpt|computer)|is this (?:a )?(?:bot|robot|human|real person)|am i (?:talking|speaking|chatting) (?:to|with) (?:a )?(?:bot|robot|human|person|machine|real person)|who are you|what are you|what is your name|what's your name|who am i talking to|你是(?:誰|谁|機器人|机器人|真人|人|機器人還是真人|ai)(?:嗎|吗)?|您是(?:誰|谁|機器人|机器人|真人)(?:嗎|吗)?|あなたは(?:誰|だれ|ロボット|ボット|人間)(?:ですか)?|ボットですか|bist du (?:ein )?(?:bot|roboter|mensch|echt)|sind sie (?:ein )?(?:bot|roboter|mensch)|wer bist du|wer sind sie|(?:es-tu|êtes-vous|tu es|vous êtes) (?:un |une )?(?:robot|bot|humain|humaine|vraie personne)|qui (?:es-tu|êtes-vous)|eres (?:un |una )?(?:robot|bot|humano|persona(?: real)?)|quién eres|es usted (?:un )?(?:robot|bot|humano)|누구세요|로봇(?:이에요|인가요)|você é (?:um )?(?:robô|bot|humano)|sei (?:un )?(?:robot|bot|umano)|ben je (?:een )?(?:robot|bot|mens)`,
  ],
  [
    'what-can-you-do',
    String.raw`what (?:can|do) you do|what can i ask(?: you)?|how can you help(?: me)?|what are you for|what is this(?: for)?|how do(?:es)? (?:this|it) work|can you help(?: me)?|help me|i need help|你(?:會|会|能|可以)(?:做|幹|干|幫我)?(?:什麼|什么|甚麼)|(?:可以|能)?(?:幫|帮)(?:幫|帮)?我(?:嗎|吗)?|何ができますか|何ができる|使い方|was kannst du|was können sie|kannst du mir helfen|können sie mir helfen|(?:que|qu'est-ce que) (?:peux-tu|pouvez-vous|tu peux) faire|(?:pouvez-vous|peux-tu) m'aider|qué puedes hacer|qué sabes hacer|(?:me )?puedes ayudar(?:me)?|무엇을 할 수 있나요|o que você (?:faz|pode fazer)|cosa (?:puoi|sai) fare|wat kun je(?: doen)?`,
  ],
  [
    'insult',
    String.raw`(?:you(?: are|'re|r)? |this is |this bot is |what a |such a |so |fucking )*(?:stupid|idiot|useless|dumb|moron|shit|crap|bullshit|garbage|rubbish|terrible|fuck(?: you| off)?|wtf|suck|sucks|you suck|damn)(?: (?:bot|machine|robot|thing|you|service))*|(?:你|您)?(?:真|好|很)?(?:笨|蠢|爛|烂|沒用|没用|白痴|白癡|智障|廢物|废物)(?:機器人|机器人)?(?:透了|死了)?|垃圾(?:機器人|机器人)?|馬鹿|ばか|バカ|使えない(?:な|ね)?|(?:du bist |so ein |du )*(?:dumm|blöd|nutzlos|idiot|scheiße|scheisse|mist)(?:er bot)?|(?:tu es |quel )*(?:nul|inutile|idiot|stupide|merde|con)|(?:eres |qué )*(?:inútil|idiota|estúpido|tonto|mierda|basura)|바보|멍청이|inútil|idiota|stupido`,
  ],
  [
    'hesitation',
    String.raw`(?:u?h+m+|h+m+|u+m+|u+h+|er+m*|well|so|hold on|(?:one|just a|a) (?:moment|second|minute|sec)|wait(?: a (?:moment|second|minute))?|let me (?:think|check|see|look)|呃+|唔+|嗯{3,}|等(?:一下|等|我一下)|我(?:想|看|查)(?:一下|看)?|ちょっと待って(?:ください)?|えっ?と|うーん|moment(?: mal| bitte)?|einen moment(?: bitte)?|äh+m?|attendez|un (?:instant|moment)|euh+|espera|un momento|잠깐만요?|음+)(?: please| bitte)?`,
  ],
  [
    'greeting',
    String.raw`(?:hello|hi|hey|hiya|howdy|yo|hi there|hello there|good (?:morning|afternoon|evening|day)|greetings|你好|您好|哈囉|哈啰|嗨|早安|午安|晚安|早上好|下午好|晚上好|大家好|喂|こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして|hallo|guten (?:tag|morgen|abend)|moin|servus|grüezi|grüß gott|bonjour|bonsoir|salut|coucou|hola|buenos días|buenas(?: tardes| noches)?|안녕하세요|안녕|olá|oi|bom dia|boa (?:tarde|noite)|ciao|buongiorno|buonasera|salve|goedemorgen|goedemiddag|hoi|dag)(?: (?:there|bot|all|everyone|team|zusammen|everybody|offer desk|how are you(?: today| doing)?|how is it going|how's it going|wie geht's|ça va|qué tal))*|how are you(?: today| doing)?|how's it going|what's up|你好嗎|你好吗|wie geht's|ça va|qué tal|お元気ですか`,
  ],
];

const HUMAN = String.raw`(?:human(?: being)?|(?:real |live |actual )?(?:person|people)|some ?one|some ?body|any ?one|any ?body|(?:live |support |human |service )?agent|operator|representative|rep|advis[oe]r|consultant|staff(?: member)?|employee|colleague|manager|supervisor|team member|(?:your |the )?(?:support|service|sales) (?:team|staff|person|desk)|support|customer (?:service|support|care))`;
const WISHES: readonly string[] = [
  String.raw`\b(?:is|are) (?:there )?(?:any ?one|any ?body|some ?one|some ?body|an? (?:real |live )?(?:person|human|agent|colleague)) (?:there|(?:who |that |whom )?(?:i|we) can (?:call|phone|talk (?:to|with)|speak (?:to|with)|ask|reach))\b`,
  String.raw`^(?:what is|what's) your (?:support |service )?(?:phone|telephone|hotline)(?: number)?$|\b(?:phone|telephone) number (?:to call|please)\b|\bdo you have (?:a|any) (?:hotline|phone number|help ?line|call cent(?:er|re))\b|\b(?:reach|call|phone|contact) you by (?:tele)?phone\b|^(?:can|could|may) (?:i|we) (?:call|phone|ring) you\b`,
  String.raw`\b(?:have|let|ask|get|tell) (?:some ?one|some ?body|a colleague|a person|an agent|your (?:team|colleagues?))(?: from your \w+)? (?:to )?(?:contact|call|phone|ring|reach out to|get back to|write to) (?:me|us)\b`,
  String.raw`\b(?:some ?one|some ?body|a colleague|a person)(?: (?:from|of|in|at) your \w+)? (?:please )?gives? (?:me|us) a (?:call|ring)\b`,
  String.raw`\bput (?:me|us) in touch with (?:an? |some )?(?:real )?${HUMAN}\b|\bprefer (?:a|the) (?:phone )?call\b|\bprefer to (?:call|phone|talk|speak)\b`,
  String.raw`\b(?:don't|do not|dont) (?:want|like|wish) (?:to )?(?:talk|speak|chat|write)(?:ing)? (?:to|with) (?:an? |this |the |your )?(?:bot|robot|machine|computer|ai|program)\b`,
  String.raw`^(?:live|human) (?:chat|support|help|agent)(?: please| now)*$|\b(?:assistance|help|support|an answer) (?:from|by|of) an? (?:real |live )?(?:human(?: being)?|person)\b`,
  String.raw`\bcan (?:a human|a person|some ?one|some ?body|any ?one|any ?body) (?:please )?(?:look at|help|check|take over|assist)(?: (?:this|it|me|us|here|with this|please))*$`,
  String.raw`(?:請|请|叫|讓|让|派|麻煩|麻烦)(?:你們的?|你们的?|貴公司的?)?(?:人|同事|專員|专员|窗口)(?:來|来)?(?:打(?:電話|电话)?(?:給|给)|聯絡|联络|联系|聯繫|跟|和|與|回電|回电)|不想(?:要)?(?:跟|和|與|与)(?:機器人|机器人|電腦|电脑)|^(?:有人|有真人|有客服)(?:在)?(?:嗎|吗)$`,
  String.raw`^(?:請問|请问)?(?:你們的?|你们的?|貴公司的?)?(?:客服)?(?:電話|电话|專線|专线|熱線|热线)(?:號碼|号码)?(?:是)?(?:多少|幾號|几号|什麼|什么)$|(?:要|想)(?:直接)?打(?:電話|电话)?(?:給|给)(?:你們|你们|客服)|直接(?:講|讲|通)(?:電話|电话)`,
  String.raw`\b(?:speak|talk|chat|get in touch|connect me|put me through|transfer me|hand me over|pass me|forward me|escalate(?: this| me)?) (?:directly )?(?:to|with) (?:an? |some |your |the |my )?(?:real |actual |live |proper )?${HUMAN}\b`,
  String.raw`\b(?:i )?(?:want|need|would like|prefer|give me|get me|is there|can i have|can i get|let me have) (?:to (?:have )?)?(?:an? |some )?(?:real |actual |live )?(?:human(?: being)?|real person|person|live agent|agent|operator|representative|somebody|someone)(?: (?:please|now|to help(?: me)?|here|i can talk to|to talk to|to speak to|to call me|who can help(?: me)?))*$`,
  String.raw`^(?:a |an )?(?:real |live |actual )?(?:human|person|agent|operator|representative|somebody|someone)(?: please| now| help)*$`,
  String.raw`\b(?:please )?(?:call|phone|ring) me(?: back| please| now| asap| today| tomorrow| on .{1,30}| at .{1,30})*$`,
  String.raw`\b(?:can|could|would|will) (?:some ?one|some ?body|a human|a person|you|an agent) (?:please )?(?:call|phone|ring|contact) me\b`,
  String.raw`\b(?:arrange|request|schedule|need|want) a (?:call ?back|phone call)\b`,
  String.raw`\bno (?:more )?(?:bot|robot|machine)s?\b.{0,20}\b(?:human|person)|\bnot (?:to |with )?a (?:bot|robot|machine)\b`,
  String.raw`(?:找|轉接?|转接?|接|聯絡|联系|聯繫|要|想要|想找|請|请|叫|換|换|跟|和|與|与|有)(?:一?個|一?位|一下|你們的?|你们的?)*(?:真人|客服|人工|主管|經理|经理|專人|专人|專員|专员|人類|人类|服務人員|服务人员|工作人員|负责人|同事|活人)`,
  String.raw`(?:真人|人工)(?:客服|服務|服务)?(?:在嗎|在吗|回覆|回复|處理|处理)?$|(?:打電話|打电话|回電|回电|來電|来电)(?:給|给)?我|(?:跟|和|與|与|找)(?:真)?人(?:說話|说话|講話|讲话|聊|談|谈|對話|对话)|有人(?:可以|能)(?:幫|帮)`,
  String.raw`(?:人間|担当者|担当の方|オペレーター|オペレータ|スタッフ|有人|人)(?:の方)?(?:と|に)(?:話|はな|つない|繋い|代わ|替わ|相談|連絡)|(?:電話|折り返し)(?:を)?(?:ください|下さい|して(?:ください|ほしい|欲しい))|有人対応`,
  String.raw`\b(?:mit|an) (?:einem|einer|jemandem?|eine[nr]?) ?(?:echten |richtigen )?(?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|kollegen|ansprechpartner)? ?(?:bitte )?(?:sprechen|reden|verbinden|chatten|verbunden werden)|mit jemandem (?:sprechen|reden)|(?:rufen sie|ruf) mich (?:bitte )?(?:an|zurück)|(?:echten|richtigen) menschen|um rückruf|bitte rückruf`,
  String.raw`\b(?:parler|discuter|échanger) (?:à|avec) (?:un[e]? |quelqu'un|votre )?(?:vrai[e]? )?(?:humain|personne|conseill(?:er|ère)|agent|opérateur|quelqu'un)?|(?:appelez|rappelez|appelle|rappelle)(?:-| )moi|(?:un|à un) (?:humain|conseiller)(?: svp| s'il vous plaît)?$|être rappelée?`,
  String.raw`\b(?:hablar|chatear|conectar(?:me)?|comunicar(?:me)?) con (?:una? |alg(?:ú|u)n |alguien)?(?:persona(?: real)?|humano|agente|operador|asesor|alguien)?|(?:llámame|llámeme|llamadme|que me llamen|me pueden llamar)|(?:un|una) (?:humano|persona real|agente)(?: por favor)?$`,
  String.raw`상담원|사람(?:과|이랑|하고) (?:얘기|이야기|통화|대화)|전화(?:해| 해) ?주세요`,
  String.raw`\bfalar com (?:um |uma |algu[eé]m)?(?:humano|pessoa|atendente|agente)?|me ligu?e|parlare con (?:un |una |qualcuno)?(?:umano|persona|operatore)?|chiam(?:ami|atemi)|(?:met|spreken met) (?:een )?(?:mens|medewerker|iemand)(?: spreken| praten)?`,
];

/** "Whom should I talk to about …" is a question for the bot, not a wish for a person. */
const ASKS_WHOM = /\b(?:who|whom|which|wer|wen|wem|qui|quién|chi|quem|wie)\b|誰|谁|哪個|哪个/u;

let whole: readonly (readonly [Exclude<SmallTalk, 'person'>, RegExp])[] | undefined;
let wishes: readonly RegExp[] | undefined;

function patterns(): readonly (readonly [Exclude<SmallTalk, 'person'>, RegExp])[] {
  whole ??= WHOLE.map(([kind, source]) => [kind, new RegExp(`^(?:${source})$`, 'u')] as const);
  return whole;
}

/** Lower case, composed, one kind of apostrophe, no punctuation around words, single spaces. */
function plain(text: string, limit: number): string {
  return text
    .slice(0, limit)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .replace(/[\p{P}\p{Z}\s~]+/gu, (marks) => (/^['-]$/.test(marks) ? marks : ' '))
    .replace(/\p{Extended_Pictographic}(?!$)|[\u{1f600}-\u{1f64f}❤️🙏]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

const POLITE =
  /^(?:please|pls|bitte|por favor|s'il vous plaît|svp|請|请) ?| ?(?:please|pls|bitte|por favor|s'il vous plaît|svp|お願いします)$/gu;

/** True when the writer wishes to speak with a person, in any words. */
export function wantsPerson(text: string): boolean {
  if (text.length > LONGEST_WISH) return false;
  const folded = plain(text, LONGEST_WISH);
  if (ASKS_WHOM.test(folded)) return false;
  wishes ??= WISHES.map((source) => new RegExp(source, 'u'));
  return wishes.some((wish) => wish.test(folded) || wish.test(folded.replace(POLITE, '')));
}

/** The small talk of the whole text; undefined when the text says anything else too. */
export function smallTalkOf(text: string): SmallTalk | undefined {
  if (wantsPerson(text)) return 'person';
  if (text.length > LONGEST) return undefined;
  const folded = plain(text, LONGEST).replace(POLITE, '');
  return patterns().find(([, pattern]) => pattern.test(folded))?.[0];
}
