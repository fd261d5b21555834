/** Recognises the wish to speak with a person, in any wording, in the languages people write in. */
import { fold, runs } from '../text.js';
import { isLaidOut } from './sentence-signs.js';
import words from './wish-words.json' with { type: 'json' };

/** A wish for a person may stand inside a longer message. */
const LONGEST_WISH = 400;

const HUMAN = String.raw`(?:human(?: being)?|(?:real |live |actual )?(?:person|people)|some ?one|some ?body|any ?one|any ?body|(?:live |support |human |service )?agent|operator|representative|rep|advis[oe]r|consultant|staff(?: member)?|employee|colleague|manager|supervisor|team member|(?:your |the )?(?:support|service|sales) (?:team|staff|person|desk)|support|customer (?:service|support|care))`;
const WISHES: readonly string[] = [
  String.raw`\b(?:is|are) (?:there )?(?:any ?one|any ?body|some ?one|some ?body|an? (?:real |live )?(?:person|human|agent|colleague)) (?:there|(?:who |that |whom )?(?:i|we) can (?:call|phone|talk (?:to|with)|speak (?:to|with)|ask|reach))\b`,
  String.raw`^(?:what is|what's) your (?:support |service )?(?:phone|telephone|hotline)(?: number)?$|\b(?:phone|telephone) number (?:to call|please)\b|\bdo you have (?:a|any) (?:hotline|phone number|help ?line|call cent(?:er|re))\b|\b(?:reach|call|phone|contact) you by (?:tele)?phone\b|^(?:can|could|may) (?:i|we) (?:call|phone|ring) you\b`,
  String.raw`^(?:when|(?:at |until |from )?what time|until when|how long) (?:are|do) (?:you|u)(?: guys| people)? (?:open|close|available|reachable)(?: today| tomorrow| (?:on|at|this) .{1,20})?$|^(?:what(?: are|'s| is)|when are) your (?:opening|office|business|support|working|service) (?:hours|times?)$|^(?:was sind )?(?:ihre |eure )?öffnungszeiten$|^wann (?:habt ihr|haben sie|seid ihr|sind sie) (?:offen|auf|geöffnet|erreichbar)$|^(?:quels sont )?vos horaires(?: d'ouverture)?$|^(?:cuál es )?(?:su|el) horario(?: de atención)?$|^(?:(?:請問|请问)?(?:你們|你们|貴公司|客服)的?)?(?:營業|营业|上班|服務|服务)(?:時間|时间)(?:是|到)?(?:什麼時候|什么时候|幾點|几点|多少)?$|^(?:你們|你们|客服)?(?:幾點|几点)(?:開始|开始)?(?:上班|下班|開門|开门)$|^(?:営業|受付)時間(?:は|を教えて)?(?:何時(?:まで)?(?:ですか)?)?$`,
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
  String.raw`(?:真人|人工)(?:客服|服務|服务)?(?:在嗎|在吗|回覆|回复|處理|处理)?$|(?:打電話|打电话|回電|回电|來電|来电)(?:給|给)?我|(?:跟|和|與|与|找)(?:真)?人(?:說話|说话|講話|讲话|聊|談|谈|對話|对话)|有人(?:可以|能)(?:幫|帮|教)`,
  String.raw`(?:人間|担当者|担当の方|オペレーター|オペレータ|スタッフ|有人|人)(?:の方)?(?:と|に)(?:話|はな|つない|繋い|代わ|替わ|相談|連絡)|(?:電話|折り返し)(?:を)?(?:ください|下さい|して(?:ください|ほしい|欲しい))|有人対応`,
  String.raw`\b(?:mit|an) (?:einem|einer|jemandem?|eine[nr]?) ?(?:echten |richtigen )?(?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|kollegen|ansprechpartner)? ?(?:bitte )?(?:sprechen|reden|verbinden|chatten|verbunden werden)|mit jemandem (?:sprechen|reden)|(?:rufen sie|ruf) mich (?:bitte )?(?:an|zurück)|(?:echten|richtigen) menschen|um rückruf|bitte rückruf`,
  String.raw`\b(?:parler|discuter|échanger) (?:à|avec) (?:un[e]? |quelqu'un|votre )?(?:vrai[e]? )?(?:humain|personne|conseill(?:er|ère)|agent|opérateur|quelqu'un)?|(?:appelez|rappelez|appelle|rappelle)(?:-| )moi|(?:un|à un) (?:humain|conseiller)(?: svp| s'il vous plaît)?$|être rappelée?`,
  String.raw`\b(?:hablar|chatear|conectar(?:me)?|comunicar(?:me)?) con (?:una? |alg(?:ú|u)n |alguien)?(?:persona(?: real)?|humano|agente|operador|asesor|alguien)?|(?:llámame|llámeme|llamadme|que me llamen|me pueden llamar)|(?:un|una) (?:humano|persona real|agente)(?: por favor)?$`,
  String.raw`상담원|사람(?:과|이랑|하고) (?:얘기|이야기|통화|대화)|전화(?:해| 해) ?주세요`,
  String.raw`\bfalar com (?:um |uma |algu[eé]m)?(?:humano|pessoa|atendente|agente)?|me ligu?e|parlare con (?:un |una |qualcuno)?(?:umano|persona|operatore)?|chiam(?:ami|atemi)|(?:met|spreken met) (?:een )?(?:mens|medewerker|iemand)(?: spreken| praten)?`,
];

/** "Whom should I talk to about …" is a question for the bot, not a wish for a person. */
const ASKS_WHOM =
  /\b(?:who|whom|which|wer|wen|wem|qui|quién|chi|quem|wie)\b|誰|谁|哪個|哪个|\b(?:number|contact) for\b/u;

/** The question whether the bot is a person. */
export const ASKS_IF_BOT = String.raw`(?:are|r) (?:you|u) (?:a |an )?(?:bot|robot|human|real(?: person)?|real human|person|machine|ai|chatgpt|computer)|is this (?:a )?(?:bot|robot|human|real person)|am i (?:talking|speaking|chatting) (?:to|with) (?:a )?(?:bot|robot|human|person|machine|real person)|who are you|what are you|who (?:made|built|created|programmed|wrote|trained) (?:you|this(?: bot| chat)?)|(?:是)?(?:誰|谁)(?:做|造|寫|写|開發|开发|設計|设计)的?(?:你|您)?(?:的)?|(?:你|您)是(?:誰|谁)(?:做|寫|写|開發|开发)的|wer hat dich (?:gemacht|gebaut|programmiert)|qui t'a (?:créé|fait)|quién te (?:hizo|creó)|what is your name|what's your name|who am i talking to|你是(?:誰|谁|機器人|机器人|真人|人|機器人還是真人|ai)(?:嗎|吗)?|您是(?:誰|谁|機器人|机器人|真人)(?:嗎|吗)?|あなたは(?:誰|だれ|ロボット|ボット|人間)(?:ですか)?|ボットですか|bist du (?:ein )?(?:bot|roboter|mensch|echt)|sind sie (?:ein )?(?:bot|roboter|mensch)|wer bist du|wer sind sie|(?:es-tu|êtes-vous|tu es|vous êtes) (?:un |une )?(?:robot|bot|humain|humaine|vraie personne)|qui (?:es-tu|êtes-vous)|eres (?:un |una )?(?:robot|bot|humano|persona(?: real)?)|quién eres|es usted (?:un )?(?:robot|bot|humano)|누구세요|로봇(?:이에요|인가요)|você é (?:um )?(?:robô|bot|humano)|sei (?:un )?(?:robot|bot|umano)|ben je (?:een )?(?:robot|bot|mens)`;

let wishes: readonly RegExp[] | undefined;
let asksIfBot: RegExp | undefined;

/** Lower case, composed, one kind of apostrophe, no punctuation around words, single spaces. */
export function plainWords(text: string, limit: number): string {
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

/** The words without "please". */
export function withoutPolite(folded: string): string {
  return folded.replace(POLITE, '');
}

/** True when the writer wishes to speak with a person, in any words. */
export function wantsPerson(text: string): boolean {
  if (text.length > LONGEST_WISH) return false;
  const folded = plainWords(text, LONGEST_WISH);
  asksIfBot ??= new RegExp(`^(?:${ASKS_IF_BOT})$`, 'u');
  if (asksIfBot.test(folded)) return false;
  if (isWishAlone(text)) return true;
  if (ASKS_WHOM.test(folded)) return false;
  wishes ??= WISHES.map((source) => new RegExp(source, 'u'));
  return wishes.some((wish) => wish.test(folded) || wish.test(withoutPolite(folded)));
}

type Part = keyof typeof words;

type Vocabulary = Readonly<Record<Part | 'all', ReadonlySet<string>>>;
let vocabulary: Vocabulary | undefined;

/** The words of the file, folded as texts are. */
function wishWords(): Vocabulary {
  if (vocabulary) return vocabulary;
  const of = (part: Part) =>
    new Set(Object.values(words[part]).flatMap((list) => fold(list, 4_000).split(' ')));
  const parts = { enough: of('enough'), whom: of('whom'), reach: of('reach'), around: of('around') };
  vocabulary = { ...parts, all: new Set(Object.values(parts).flatMap((set) => [...set])) };
  return vocabulary;
}

/** "Who is the support contact?" asks for the contact of an offer. */
const NAMED_CONTACT = /\b(?:the|an?|my|support|first|right) contacts?\b/iu;
/** Names of a desk for customers. A customer alone is no desk. */
const SERVICE =
  /\bcustomer (?:services?|care|support)\b|\bservice (?:client|apres-vente)\b|\b(?:atencion|servicio) al cliente\b/gu;
/** A text with more words says more than the wish. */
const MOST_WORDS = 14;
const LONGEST_ALONE = 100;

/**
 * True when a short text has only words about reaching somebody: "who do I call", "is there a phone number". A text
 * that also names an offer or an issue is a question.
 */
function isWishAlone(text: string): boolean {
  if (text.length > LONGEST_ALONE || NAMED_CONTACT.test(text)) return false;
  const known = wishWords();
  const said = runs(fold(text).replace(SERVICE, 'hotline'));
  if (said.length === 0 || said.length > MOST_WORDS) return false;
  if (!said.every((run) => known.all.has(run.text) || (run.spaceless && isLaidOut(run.text, known.all))))
    return false;
  const says = (part: Part) =>
    said.some((run) =>
      run.spaceless ? [...known[part]].some((word) => run.text.includes(word)) : known[part].has(run.text),
    );
  return says('enough') || (says('whom') && says('reach'));
}
