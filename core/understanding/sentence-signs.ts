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
