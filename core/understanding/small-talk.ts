/** Recognises small talk in the languages people write in. */
import { ASKS_IF_BOT, plainWords, wantsPerson, withoutPolite } from './wishes.js';

export const SMALL_TALKS = [
  'person',
  'thanks',
  'goodbye',
  'agreed',
  'are-you-a-bot',
  'what-can-you-do',
  'insult',
  'hesitation',
  'how-are-you',
  'are-you-there',
  'laughter',
  'greeting',
] as const;
export type SmallTalk = (typeof SMALL_TALKS)[number];

/** A longer text is a question, whatever its first words. */
const LONGEST = 80;

const THANKS = String.raw`(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated|many thanks|谢谢|謝謝|多謝|多谢|感謝|感谢|感恩|ありがとう(?:ございます|ございました)?|どうも(?:ありがとう(?:ございます)?)?|助かりました|謝啦|谢啦|謝了|谢了|(?:你|您)?辛苦了|danke(?: ?schön| ?schoen| dir| ihnen)?|vielen dank|besten dank|merci|merci beaucoup|gracias|muchas gracias|감사(?:합니다|해요)|고마워요?|고맙습니다|obrigad[oa]|grazie|bedankt|dank je|dank u)`;
const THANKS_MORE = String.raw`(?: (?:so much|very much|a lot|a bunch|again|you|for (?:the |your )?(?:help|answer|info|information|support|reply)|that (?:helped|was helpful|helps|is great|works)|it works(?: now)?|this helped|sehr|vielmals|für die hilfe|für ihre hilfe|hat geholfen|das hat geholfen|beaucoup|bien|pour (?:votre |ton )?aide|por (?:la |su |tu )?ayuda|great|perfect|bye|bot)|你|您|你們|了|啦|幫忙|帮忙|你的幫忙|您的幫忙| ?很?有幫助| ?很?有帮助| ?幫了大忙| ?帮了大忙)*`;
const WHOLE: readonly (readonly [Exclude<SmallTalk, 'person'>, string])[] = [
  [
    'thanks',
    `(?:(?:great|ok|okay|perfect|super|cool|nice|got it|好的?|了解|太好了) ?)*${THANKS}${THANKS_MORE}`,
  ],
  [
    'thanks',
    String.raw`that (?:helped|was helpful|worked|solved it)|(?:(?:great|ok|okay|no|perfect) )?that(?:'s| is| was) (?:all|it|everything)(?: for (?:now|today))?|(?:(?:never ?mind|nvm|forget it|ok|okay|sorry) )?(?:it (?:works|is working)(?: now| again)*|(?:i|we)(?:'ve| have)? (?:found (?:it|the answer)|solved it|fixed it)(?: myself| ourselves| already| now)*)|problem solved|solved|解決了|解决了|解決しました|hat geholfen|ça marche|ya funciona|résolu`,
  ],
  [
    'goodbye',
    String.raw`(?:ok |okay )?(?:(?:good ?)?bye(?: bye)?|see you(?: later| soon)?|have a (?:nice|good|great) (?:day|weekend|one|evening)|talk to you later|ciao|再見|再见|拜拜|掰掰|さようなら|失礼します|またね|tschüss?|auf wiedersehen|schönen tag(?: noch)?|au revoir|bonne journée|à bientôt|adiós|hasta luego|hasta pronto|안녕히 계세요|잘 가요?|até logo|tchau|arrivederci|tot ziens|doei)`,
  ],
  [
    'agreed',
    String.raw`(?:(?:ok(?:ay|ey)?|k|kk|alright|all right|fine|got it|i see|understood|makes sense|cool|great|perfect|nice|good|super|will do|sounds good|fair enough|very well|no problem|np|noted|roger|alles klar|verstanden|in ordnung|gut|d'accord|compris|très bien|vale|de acuerdo|entendido|perfecto|好|好的|好喔|了解|知道了|明白|收到|嗯嗯?|わかりました|了解です|了解しました|はい|オーケー|알겠습니다|네|tudo bem|entendi|va bene|capito|prima|oké|👍|👌)(?: |$))+`,
  ],
  ['are-you-a-bot', ASKS_IF_BOT],
  [
    'what-can-you-do',
    String.raw`what (?:can|do) you do|what can i (?:ask|write|do)(?: you)?(?: here)?|how can you help(?: me)?|what are you for|what is this(?: for)?|how do(?:es)? (?:this|it) work|can you help(?: me)?|help me|i need help|你(?:會|会|能|可以)(?:做|幹|干|幫我)?(?:什麼|什么|甚麼)|(?:可以|能)?(?:幫|帮)(?:幫|帮)?我(?:嗎|吗)?|何ができますか|何ができる|使い方|was kannst du|was können sie|kannst du mir helfen|können sie mir helfen|(?:que|qu'est-ce que) (?:peux-tu|pouvez-vous|tu peux) faire|(?:pouvez-vous|peux-tu) m'aider|qué puedes hacer|qué sabes hacer|(?:me )?puedes ayudar(?:me)?|무엇을 할 수 있나요|o que você (?:faz|pode fazer)|cosa (?:puoi|sai) fare|wat kun je(?: doen)?`,
  ],
  [
    'insult',
    String.raw`(?:you(?: are|'re|r)? |it is |it's |this is |an? |just |all |this bot is |what an? |such an? |so |fucking |absolute |complete |total )*(?:stupid|idiot|useless|dumb|moron|shit|crap|bullshit|garbage|rubbish|terrible|fuck(?: you| off)?|wtf|suck|sucks|you suck|damn)(?: (?:bot|machine|robot|thing|you|service))*|(?:你|您)?(?:真|好|很)?(?:笨|蠢|爛|烂|沒用|没用|無用|无用|白痴|白癡|智障|廢物|废物)(?:機器人|机器人)?(?:透了|死了)?|垃圾(?:機器人|机器人)?|shut up|shut it|go away|閉嘴|闭嘴|滾開?|滚开?|馬鹿|ばか|バカ|使えない(?:な|ね|ボット|チャット)|(?:du bist |(?:das|hier|es) ist |ihr seid |so ein |was für ein |doch |ja |alles |hier |total |echt |ein |eine |du )*(?:dumm|blöd|nutzlos|idiot|scheiße|scheisse|mist|müll|schrott)(?:er bot)?(?: hier)?|(?:tu es |quel )*(?:nul|inutile|idiot|stupide|merde|con)|(?:eres |qué )*(?:inútil|idiota|estúpido|tonto|mierda|basura)|바보|멍청이|inútil|idiota|stupido`,
  ],
  [
    'hesitation',
    String.raw`(?:u?h+m+|h+m+|u+m+|u+h+|er+m*|well|so|hold on|(?:one|just a|a) (?:moment|second|minute|sec)|wait(?: a (?:moment|second|minute))?|let me (?:think|check|see|look)|sorry|excuse me|oops|抱歉|不好意思|すみません|entschuldigung|pardon|perdón|呃+|唔+|嗯{3,}|等(?:一下|等|我一下)|我(?:想|看|查)(?:一下|看)?|ちょっと待って(?:ください)?|えっ?と|うーん|moment(?: mal| bitte)?|einen moment(?: bitte)?|äh+m?|attendez|un (?:instant|moment)|euh+|espera|un momento|잠깐만요?|음+)(?: please| bitte)?`,
  ],
  [
    'how-are-you',
    String.raw`(?:(?:hi|hello|hey) )?(?:how are (?:you|u)(?: today| doing| doing today)?|how(?:'s| is) it going|how do you do|what's up|你好嗎|你好吗|(?:你|您)(?:今天)?(?:過得|过得)?(?:好嗎|好吗|怎麼樣|怎么样)|最近好嗎|最近好吗|wie geht(?:'s| es)(?: dir| ihnen)?|(?:comment )?ça va|comment allez-vous|qué tal|cómo est[áa]s?|お?元気ですか|잘 지내세요|come stai|como vai)`,
  ],
  [
    'are-you-there',
    String.raw`(?:(?:just |only )?(?:a )?test(?:ing|s)?(?: test| \d{1,4}| message| only)*|ping|are (?:you|u) (?:there|here|online|alive|working)|you there|does this work|測試(?:一下|中|看看|訊息)?|测试(?:一下|中|看看|消息)?|(?:你|您)?在(?:嗎|吗|不在)|テスト(?:です|中)?|聞こえますか|테스트(?:입니다|중)?|nur ein test|bist du da|sind sie da|es-tu là|êtes-vous là|estás ahí|prueba)`,
  ],
  [
    'laughter',
    String.raw`(?:(?:a*(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}|lo+l+|lmao|rofl|xd+|(?:ja){2,}|mdr|哈{2,}|呵{2,}|嘻{2,}|笑|w{3,}|草|[ㅋ\u110f]+|[ㅎ\u1112]+)(?: |$))+`,
  ],
  [
    'greeting',
    String.raw`(?:hello|hi|hey|hiya|howdy|yo|hi there|hello there|good (?:morning|afternoon|evening|day)|greetings|你好|您好|哈囉|哈啰|嗨|早安|午安|晚安|早上好|下午好|晚上好|大家好|喂|こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして|hallo|guten (?:tag|morgen|abend)|moin|servus|grüezi|grüß gott|bonjour|bonsoir|salut|coucou|hola|buenos días|buenas(?: tardes| noches)?|안녕하세요|안녕|olá|oi|bom dia|boa (?:tarde|noite)|ciao|buongiorno|buonasera|salve|goedemorgen|goedemiddag|hoi|dag)(?: (?:there|bot|all|everyone|team|zusammen|everybody|offer desk|how are you(?: today| doing)?|how is it going|how's it going|wie geht's|ça va|qué tal))*|お疲れ様(?:です|でした)?|お世話になって(?:い|お)ります`,
  ],
];

let whole: readonly (readonly [Exclude<SmallTalk, 'person'>, RegExp])[] | undefined;

function patterns(): readonly (readonly [Exclude<SmallTalk, 'person'>, RegExp])[] {
  whole ??= WHOLE.map(([kind, source]) => [kind, new RegExp(`^(?:${source})$`, 'u')] as const);
  return whole;
}

/** A face and nothing else. A thumb up agrees. */
const SMILE =
  /^\s*(?:(?:[:;=][-']?[)D(P|/\\]|\^_?\^|[\u{1f600}-\u{1f64f}\u{1f910}-\u{1f92f}\u{1f970}-\u{1f97a}](?<!\u{1f64f})\ufe0f?)\s*)+$/u;

/** Angry or sad faces, or a thumb down, and nothing else. */
const UPSET =
  /^\s*(?:(?:[:;=]['´]?-?[(]|[\u{1f612}-\u{1f616}\u{1f61e}-\u{1f62b}\u{1f62d}\u{1f63e}\u{1f63f}\u{1f640}\u{1f641}\u{1f92c}\u{1f44e}☹💩🖕]\ufe0f?)\s*)+$/u;

/** The small talk of the whole text; undefined when the text says anything else too. */
export function smallTalkOf(text: string): SmallTalk | undefined {
  if (wantsPerson(text)) return 'person';
  if (text.length > LONGEST) return undefined;
  if (UPSET.test(text)) return 'insult';
  if (SMILE.test(text)) return 'laughter';
  const folded = withoutPolite(plainWords(text, LONGEST));
  return patterns().find(([, pattern]) => pattern.test(folded))?.[0];
}
