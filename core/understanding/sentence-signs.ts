/** Signs in a sentence: it is too vague to classify, or it is only the number of an error. */
import { fold, runs } from '../text.js';
import words from './vague.json' with { type: 'json' };

let plain: ReadonlySet<string> | undefined;

function vocabulary(): ReadonlySet<string> {
  plain ??= new Set(Object.values(words).flatMap((list) => runs(fold(list, 4_000)).map((run) => run.text)));
  return plain;
}

const LONGEST = 8;

/** True when a spaceless run consists of nothing but known words. */
export function isLaidOut(text: string, known: ReadonlySet<string>): boolean {
  const reached = new Array<boolean>(text.length + 1).fill(false);
  reached[0] = true;
  for (let at = 0; at < text.length; at += 1) {
    if (!reached[at]) continue;
    for (let size = 1; size <= LONGEST && at + size <= text.length; size += 1) {
      if (known.has(text.slice(at, at + size))) reached[at + size] = true;
    }
  }
  return reached[text.length] ?? false;
}

/** Longer than this, even general words add up to something. */
const MAX_RUNS = 8;

/** True when no word of the text tells one kind of issue from another, or there is no word at all. */
export function isVague(text: string): boolean {
  const known = vocabulary();
  const list = runs(fold(text));
  if (list.length > MAX_RUNS) return false;
  return list.every(
    (run) => /^\d+$/.test(run.text) || known.has(run.text) || (run.spaceless && isLaidOut(run.text, known)),
  );
}

const ERROR_WORDS =
  /(?<![\p{L}])(?:error|err|code|number|no|nr|message|fehler(?:code|nummer)?|erreur|código|codigo|foutcode|shows?|says?|gives?|get|got|with|has|i|we|it|the|an?)(?![\p{L}])|エラー|コード|錯誤|错误|代碼|代码|出現|出现|顯示|显示/giu;

/** True when the text is only the number of an error, which every product has: "error code 17". */
export function isErrorNumber(text: string): boolean {
  return /\d/u.test(text) && !/\p{L}/u.test(text.replace(ERROR_WORDS, ' '));
}

/** "Does not work", in general words, and the question whom to turn to. */
const BROKEN: readonly string[] = [
  String.raw`\b(?:(?:does not|doesn't|doesnt|do not|don't|will not|won't|wont|is not|isn't|isnt|not|never|stopped) work(?:s|ing)?|(?:is|are|seems|looks) (?:completely |totally )?(?:broken|dead|kaput))\b`,
  String.raw`\b(?:geht|funktioniert|läuft|laeuft|tut)(?: (?:seit \p{L}+|heute|bei (?:uns|mir)|leider|einfach|gar|überhaupt|auch|schon wieder))* nicht\b|\b(?:ist|sind) (?:leider )?(?:kaputt|defekt)\b|\bspinnt\b`,
  String.raw`\bne (?:marche|fonctionne|répond) (?:pas|plus)\b|\b(?:marche|fonctionne) (?:pas|plus)\b|\ben panne\b`,
  String.raw`\bno (?:me |nos )?(?:funciona|sirve)\b|\bestá rot[oa]\b`,
  '(?:壞|坏)(?:掉)?了|(?:不能|無法|无法|沒辦法|没办法)(?:使)?用|用不了|(?:當|当|掛|挂)(?:機|机|掉)?了|沒(?:有)?反應|没(?:有)?反应',
  '(?:動|使)(?:きません|かない|えません|えない|かなくなり)|壊れ(?:た|ました|てい?ます|てい?る)?|못 ?써요|안 ?(?:돼요|됩니다|되네요)|작동하지 않',
];
const WHOM: readonly string[] = [
  String.raw`^(?:(?:can|could) you (?:at least |please )?tell me |do you know )?who (?:fixes|repairs|helps(?: me| us)? with|takes care of|looks after)$`,
  String.raw`^(?:(?:can|could) you (?:at least |please )?tell me )?who(?:m)? (?:do|should|can|must|would) (?:i|we) (?:call|contact|ask|talk to|speak to|write to|turn to|reach)(?: (?:for|about|with|regarding|when|if))?$`,
  '^(?:請問|请问)?的?(?:要|該|该|應該|应该|可以)*(?:找|聯絡|联络|聯繫|联系|問|问)(?:誰|谁|哪個窗口|哪个窗口)(?:處理|处理|幫忙|帮忙|支援)?$',
  String.raw`^(?:wen (?:rufe ich|kontaktiere ich|muss ich anrufen)|an wen wende ich mich)(?: (?:bei|für|wegen))?$`,
];
/** Since when; it tells nothing about the kind. */
const SINCE =
  /\b(?:any ?more|at all|now|today|since \p{L}+|seit \p{L}+|heute|mehr|depuis \p{L}+|desde \p{L}+)(?!\p{L})|(?:從|从|自)?(?:昨天|今天|早上|剛剛|刚刚|突然)(?:開始|开始|起)?(?:就)?|(?:昨日|今日|今朝)から/gu;
let broken: RegExp | undefined;
let whom: RegExp | undefined;

/**
 * True when the words beside the name of a product say only that it does not work, or ask only whom to turn to. Without
 * a product such words stay vague.
 */
export function isOnlyBroken(beside: string): boolean {
  broken ??= new RegExp(BROKEN.join('|'), 'u');
  whom ??= new RegExp(WHOM.join('|'), 'u');
  const plain = beside
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'");
  const bare = plain.replace(/[\p{P}\p{S}\s]+/gu, (marks) => (marks === "'" ? marks : ' ')).trim();
  if (whom.test(bare)) return true;
  return broken.test(bare) && isVague(bare.replace(new RegExp(broken, 'gu'), ' ').replace(SINCE, ' '));
}

const CIRCUMSTANCE: readonly string[] = [
  String.raw`(?:(?:and|but|please|the|our|my|customer|they|says?|said|that|it|this|is|it's|its|very|really|so|extremely) )*(?:urgent|asap|hurry(?: up)?)`,
  String.raw`(?:it started )?(?:since (?:today|yesterday|this morning|last \p{L}+|\p{L}+day|\d{1,2}(?::\d\d| \d\d)?(?: ?(?:am|pm|o'clock))?)|(?:for )?(?:\d{1,2}|two|three|several|some) (?:hours|days|weeks) (?:now|already))`,
  String.raw`(?:(?:es|das|ist|sehr|bitte|wirklich) )*dringend|seit (?:heute|gestern|\p{L}+tag|heute morgen|heute früh)|(?:c'est )?(?:très )?urgent|(?:es )?(?:muy )?urgente`,
  '(?:客戶|客户|我們|我们|這|这|真的|非常|很|超)*急(?:件|用)?(?:了)?|(?:請|请)?(?:盡快|尽快|快一點|快一点)|(?:從|从)(?:昨天|今天|早上|今天早上)(?:開始|开始)?|(?:至急|急ぎ|急いで)(?:です|います|お願いします)?|(?:昨日|今日|今朝)から(?:です)?',
];
let circumstance: RegExp | undefined;

/** True when the whole text tells only since when, or how urgent it is: the question stays the same. */
export function isCircumstance(text: string): boolean {
  if (text.length > 60) return false;
  circumstance ??= new RegExp(`^(?:${CIRCUMSTANCE.join('|')})$`, 'u');
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'");
  return circumstance.test(
    plain.replace(/[\p{P}\p{S}\s]+/gu, (marks) => (/^[':]$/u.test(marks) ? marks : ' ')).trim(),
  );
}
