/** Finds the sentences of a long text that tell the kind of issue, so that thanks, background and dates do not outvote them. */
import { fold, runs } from '../text.js';
import type { Slices } from '../time-slices.js';
import { conceptsIn } from './lexicon.js';

const SENTENCE_END = /(?<=[.!?;])\s+|(?<=[。！？；])|\n+/u;

/** A text with fewer sentences is read only as a whole; a shorter one is read as a whole first. */
const FEWEST_SENTENCES = 3;
const SHORTEST = 240;
/** A sentence without an end, as in a list or a log, is cut into pieces of this length. */
const LONGEST_SENTENCE = 400;
/** Reading more sentences, or more characters, would hold other conversations. */
const MOST = 16;
const MOST_CHARACTERS = 1_200;

/** Words of a problem or a wish, in the languages people write in. */
const ASKS = new RegExp(
  [
    String.raw`[?？]|\b(?:not|\w+n't|cannot|never|no longer|fail\w*|errors?|wrong|broken|breaks|crash\w*|stuck|missing|unable|problems?|issues?|twice|incorrect\w*|slow|down|lost|denied|refused|blocked|freez\w*|please|could you|can you|how (?:do|can|to)|(?:i|we) (?:want|need|would like)|i'd like|we'd like|asking)\b`,
    String.raw`(?:nicht|keine?|fehler\w*|falsch\w*|bitte|möchte\w*|brauche\w*|abgestürzt|stürzt)`,
    String.raw`\b(?:pas|plus|erreur\w*|fausse|incorrect\w*|veux|voudrais|voulons|pouvez|besoin)\b`,
    String.raw`\b(?:no|error\w*|incorrect\w*|quiero|queremos|necesit\w+|puede\w*|falla\w*)\b`,
    '無法|无法|不能|不了|不對|不对|沒有|没有|錯|错|失敗|失败|當機|壞|坏|問題|问题|請|请|想|要|怎麼|怎么|為什麼|为什么|多收|重複',
    'ない|ません|エラー|間違|ください|たい|でしょうか|ですか|失敗|違う|違い|二重',
    '안 |못|없|않|오류|이상|틀|주세요|싶',
  ].join('|'),
  'iu',
);
/** Courtesy, introductions and background. */
const COURTESY = new RegExp(
  [
    String.raw`\b(?:hope (?:this|you|all)|thank(?:s| you)|hesitate|look(?:ing)? forward|my name is|i am (?:the|an?|writing on behalf)|i work (?:for|as|at)|we are (?:an?|the)|in advance|kind regards|nice (?:day|week\w*)|have a (?:good|great|nice))\b`,
    String.raw`\b(?:vielen dank|im voraus|mein name ist|wir sind ein\w*|merci d'avance|je m'appelle|nous sommes une|gracias de antemano|me llamo|somos una)\b`,
    '感謝|感谢|謝謝|谢谢|您好|你好|我是|我們是|我们是|敝公司|お世話に|申します|よろしく|ありがとう|안녕하세요|감사합니다|저는',
  ].join('|'),
  'iu',
);
/** Words that announce the point of a text; they stand at the beginning of its sentence. */
const POINT = new RegExp(
  [
    String.raw`^(?:so,? |but,? |well,? |and )?(?:in short|in brief|in a nutshell|long story short|to cut a long story short|to sum (?:it )?up|in summary|summary|bottom line|the bottom line is|tl;?dr|to put it simply|the point is|my question(?: is)?|our question(?: is)?|the (?:problem|issue) is|to come to the point|anyway)(?: that)?\s*[:,;–—-]?\s+`,
    String.raw`^(?:kurz gesagt|kurz und gut|kurzum|zusammengefasst|langer rede kurzer sinn|unsere frage|meine frage|das problem ist)\s*[:,–—-]?\s+`,
    String.raw`^(?:bref|en bref|en résumé|en deux mots|pour résumer|en résumé|notre question|ma question|le problème,? c'est)\s*[:,–—-]?\s+`,
    String.raw`^(?:en resumen|resumiendo|en pocas palabras|en breve|nuestra pregunta|mi pregunta|el problema es que)\s*[:,–—-]?\s+`,
    String.raw`^(?:總之|总之|總而言之|总而言之|簡單來說|简单来说|簡單說|简单说|一句話|一句话|重點是|重点是|我的問題是|我的问题是)\s*[，,:：]?\s*`,
    String.raw`^(?:要するに|つまり|簡単に言うと|一言で言うと|結論として|요컨대|결론적으로|간단히 말해|한마디로)\s*[、,:：]?\s*`,
  ].join('|'),
  'iu',
);
/** Something that the writer says is over. */
const SETTLED =
  /\b(?:(?:was|were|has been|have been|got|is|been) (?:already |quickly |since )?(?:resolved|solved|fixed|settled|sorted out|clarified|cleared up)|works? (?:fine|well|again)|went (?:well|smoothly)|no (?:longer a problem|problems?) )\b|已經?解決|已经?解决|解決済み|gelöst|erledigt|résolu|resuelt/iu;

function sentencesOf(text: string): readonly string[] {
  const pieces = text.split(SENTENCE_END).flatMap((sentence) => {
    const parts: string[] = [];
    for (let at = 0; at < sentence.length; at += LONGEST_SENTENCE)
      parts.push(sentence.slice(at, at + LONGEST_SENTENCE));
    return parts;
  });
  return [...new Set(pieces.map((piece) => piece.trim()))].filter((piece) => /[\p{L}]{2}/u.test(piece));
}

/**
 * How much a sentence tells about the issue; 0 or less when it tells nothing. `name` is the offer's name in the text, or
 * empty.
 */
export function worthOf(sentence: string, name = ''): number {
  const isNamed = name !== '' && sentence.includes(name);
  const concepts = new Set(conceptsIn(runs(fold(sentence))).map(({ concept }) => concept)).size;
  const manner = (COURTESY.test(sentence) ? 3 : 0) + (SETTLED.test(sentence) ? 4 : 0);
  const stress = (isNamed ? 2 : 0) + (ASKS.test(sentence) ? 2 : 0) + (POINT.test(sentence) ? 3 : 0);
  return stress + Math.min(concepts, 3) - manner;
}

/** A sentence, with how much it tells about the issue. */
export interface TellingSentence {
  readonly text: string;
  readonly worth: number;
}

/** True for a text that is read by its telling sentences first, and not as a whole. */
export function isLong(text: string): boolean {
  return text.length >= SHORTEST;
}

/**
 * The sentences that name the offer, or ask, or speak of an issue, those that tell most first; undefined for a text of
 * fewer than three sentences.
 */
export function* tellingSlices(text: string, name: string): Slices<readonly TellingSentence[] | undefined> {
  const sentences = sentencesOf(text);
  if (sentences.length < FEWEST_SENTENCES) return undefined;
  const rated: TellingSentence[] = [];
  for (const sentence of sentences) {
    rated.push({ text: sentence.replace(POINT, ''), worth: worthOf(sentence, name) });
    yield undefined;
  }
  const best = rated.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth);
  let room = MOST_CHARACTERS;
  return best.slice(0, MOST).filter((sentence) => (room -= sentence.text.length) >= 0);
}
