/**
 * Reads the state of an outage from a title or from prose, when the sender gives no state field. Undefined when
 * unreadable.
 */
import type { OutageState } from '../../../core/incident/types.js';
import { foldWord, stateOf } from './words.js';

const MAINTENANCE =
  /\bmaintenance\b|\bwartung(?:sarbeiten)?\b|\bmantenimiento\b|\bmanuten[cç][aã]o\b|\bmanutenzione\b|\bonderhoud\b|維護|维护|維修|メンテナンス|保守|점검|유지\s?보수|صيانة/iu;
const PLANNED =
  /\b(?:scheduled|planned|upcoming|geplante[rns]?|planifi[ée]e?|programad[ao]|programmat[ao]|pianificat[ao]|agendad[ao]|prevista?|gepland)\b|預定|计划|計劃|予定|예정|مجدول/iu;
/** Recognises scheduled work, but not a scheduled job of the product: `Scheduled jobs fail` is an outage. */
const WORK =
  /\b(?:work|upgrade|downtime|update|migration|arbeiten|travaux|trabajos|lavori|werkzaamheden)\b/iu;
const TROUBLE = /\b(?:fail(?:s|ed|ing|ure)?|errors?|broken|stuck|late|delayed|slow|unavailable|not work)/iu;

/** True for a title about planned work. */
export function isMaintenanceTitle(title: string): boolean {
  if (TROUBLE.test(title)) return false;
  return MAINTENANCE.test(title) || (PLANNED.test(title) && WORK.test(title));
}

/** Words that are too common at the end of a title to mean a state there. */
const NO_TAIL = new Set(
  'up open opened new active ok done complete started created warning alarm notice planned maintenance investigation problem acknowledged error update'.split(
    ' ',
  ),
);
const NEGATION =
  /(?:^|[\s'’])(?:not|never|no|cannot|can['’]?t|isn['’]?t|un\w+|without|until|unless|partially|partly|be|nicht|kein\w*|pas|ne|aún|aun|ainda|não|nao|non|niet|nog|geen|yet|fail\w*|unable)\s+(?:\S+\s+){0,2}$/iu;

/** `[RESOLVED] …`, `Resolved: …`, `… - Resolved`, `… recovered`. A mark in brackets has priority. */
export function titleState(title: string): OutageState | undefined {
  return markedState(title) ?? stateOf(title) ?? tailOf(title)?.state ?? cjkTail(title);
}

/**
 * The state of an entry with a title and with prose. A title such as `Mail is down` stays while the text below it
 * changes, so the prose counts more. A mark such as `[Monitoring]` and an end in the title count more than the prose.
 */
export function entryState(title: string, prose: string): OutageState | undefined {
  const marked = markedState(title);
  if (marked !== undefined) return marked;
  const state = titleState(title);
  return state === 'investigating' ? (proseState(prose) ?? state) : (state ?? proseState(prose));
}

/** The state that a mark in brackets, or a part before or after a separator, gives. */
function markedState(title: string): OutageState | undefined {
  for (const mark of title.matchAll(/[[(【]([^\])】]{2,40})[\])】]/gu)) {
    const state = markState(mark[1]);
    if (state) return state;
  }
  // `… - Mitigated (Tracking ID AB-1)`: a reference after the state.
  const bare = title.replace(/\s*[(（][^()（）]{1,60}[)）]\s*$/u, '');
  const ends = [/^(.{2,60}?)\s*(?:[:：|]|\s[-–—]\s)/u.exec(bare)?.[1], ENDING.exec(bare)?.[1]];
  for (const end of ends) {
    const state = markState(end);
    if (state) return state;
  }
  return undefined;
}

/** `New: dark mode` and `Notice: our office moves` are about no outage. In a field for a state, these words are states. */
function markState(mark: string | undefined): OutageState | undefined {
  return /^(?:new|notice)$/.test(foldWord(mark)) ? undefined : stateOf(mark);
}

/** The state after the last separator of a title. */
const ENDING = /(?:[:：|]|\s[-–—])\s*([^:：|–—-]{2,40})$/u;

/** The last one to four words, if no word before them negates them, and the words before. */
function tailOf(title: string): { readonly state: OutageState; readonly before: string } | undefined {
  const tokens = title
    .trim()
    .replace(/[.!。！]+$/u, '')
    .split(/\s+/u);
  for (let count = Math.min(4, tokens.length - 1); count > 0; count -= 1) {
    const tail = tokens.slice(-count).join(' ');
    const state = NO_TAIL.has(foldWord(tail)) ? undefined : stateOf(tail);
    const before = tokens.slice(0, -count).join(' ');
    if (state && !NEGATION.test(`${before} `)) return { state, before };
  }
  return undefined;
}

/** Chinese, Japanese and Korean have no spaces between words, so the code compares the end of the title. */
function cjkTail(title: string): OutageState | undefined {
  const ending = title.trim().replace(/[。！.!]+$/u, '');
  if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(ending))
    return undefined;
  for (let length = Math.min(10, ending.length - 1); length >= 2; length -= 1) {
    const tail = ending.slice(-length);
    const state = stateOf(tail);
    if (state && !/[未不沒没안못]$/u.test(ending.slice(0, -length))) return state;
  }
  return undefined;
}

/** Removes the state marks, so that all items of one incident have the same title. */
export function plainTitle(title: string): string {
  const unmarked = title.replace(/[[(【]([^\])】]{2,40})[\])】]/gu, (whole, mark: string) =>
    stateOf(mark) || isWordy(mark) ? ' ' : whole,
  );
  const prefix = /^\s*(.{2,60}?)\s*(?:[:：|]|\s[-–—]\s)\s*(?=\S)/u.exec(unmarked);
  const cut =
    prefix && (stateOf(prefix[1]) || isWordy(prefix[1] ?? '')) ? unmarked.slice(prefix[0].length) : unmarked;
  return cut.replace(/\s+/gu, ' ').trim();
}

/** What a title is about, without its state in any place: `Mail went down` and `Mail recovered` are both about `Mail`. */
export function subjectOf(title: string): string {
  const plain = plainTitle(title);
  const ending = ENDING.exec(plain);
  if (ending && stateOf(ending[1])) return plain.slice(0, ending.index).trim();
  return tailOf(plain)?.before ?? plain;
}

function isWordy(mark: string): boolean {
  return /^(?:update|updated|incident|outage|notice)$/i.test(mark.trim());
}

/** Patterns of prose, in order of priority: an end counts more than a description of the past. */
const PROSE: readonly (readonly [OutageState, RegExp])[] = [
  ['resolved', /\b(?:has|have|had|is|are|was|were|been|now|fully)\s+(?:been\s+|now\s+|fully\s+|all\s+|again\s+|successfully\s+)*(?:resolved|restored|recovered|fixed|operational|mitigated|solved|closed|back (?:up|online|to normal)|operating normally)\b/giu],
  ['resolved', /\b(?:operational again|back to normal|operating normally|this incident (?:is|was) over)\b/giu],
  ['resolved', /已解[決决]|已恢[復复]|已修[復复]|恢[復复]正常|解決しました|復旧しました|解消しました|해결되었습니다|해결됐습니다|복구되었습니다|복구됐습니다|\b(?:wurde|ist|sind|wurden)\b[^.]{0,40}\b(?:behoben|gelöst|wiederhergestellt)\b|\b(?:est|sont|été)\s+(?:désormais\s+)?(?:résolue?s?|rétablie?s?|corrigée?s?)|\b(?:ha sido|se ha|está|fue|han sido)\s+(?:resuelt|solucionad|restablecid)[oa]s?\b|\bfoi\s+(?:resolvid|restabelecid|corrigid)[oa]\b|\bè stat[oa]\s+(?:risolt|ripristinat)[oa]\b|\bis\s+(?:nu\s+)?(?:opgelost|verholpen|hersteld)\b|تم حل|تمت استعادة|تم إصلاح/giu],
  ['completed', /\b(?:maintenance|work|upgrade)\b[^.]{0,40}\b(?:has|is|was|been)\s+(?:now\s+|been\s+|successfully\s+)*(?:completed|complete|finished|done|cancell?ed)\b/giu],
  ['monitoring', /\bfix (?:has been |was |is )?(?:implemented|deployed|applied|released|rolled out)\b|\bmonitoring (?:the|for|our|results|recovery)\b/giu],
  ['identified', /\b(?:cause|issue|problem)\b[^.]{0,30}\bidentified\b|\bidentified the\b|\bknow the cause\b/giu],
  ['investigating', /\binvestigat(?:ing|e)\b|\blook(?:ing)? into\b|\b(?:are|continue to|is|still) work(?:ing)? on\b|\bcontinue to work\b|\bwe are aware\b|\bexperiencing\b|\b(?:is|are|went) (?:down|unavailable|offline|degraded|slow|failing|delayed|late|affected|impacted)\b|\bmay (?:fail|see|experience|be)\b|\bnot (?:available|working|reachable)\b/giu],
  ['investigating', /正在[調调]查|調査して|調査中|조사\s?중|wir untersuchen|wird untersucht|enquêtons|investigamos|investigando|stiamo indagando|we onderzoeken|wordt onderzocht|نحقق في|قيد التحقيق/giu],
]; // prettier-ignore

/** The state that prose describes, or undefined. A negated sentence is not an end. */
export function proseState(text: string): OutageState | undefined {
  const read = text.slice(0, 4000);
  for (const [state, pattern] of PROSE) {
    for (const found of read.matchAll(pattern))
      if (!denied(read, found) && !(state === 'resolved' && goesOn(read, found))) return state;
  }
  return undefined;
}

/** `… is resolved for most customers`, `… was resolved. Mail is delayed again`: the trouble goes on after the end. */
function goesOn(read: string, found: RegExpMatchArray & { readonly index: number }): boolean {
  const after = read.slice(found.index + found[0].length);
  if (/^\s+for (?:most|many|some)\b/i.test(after)) return true;
  return after.split(/[.!?\n]/u).some((sentence) => STILL.test(sentence) && !ADVICE.test(sentence));
}

/** `If you still see errors, contact us` is said after an end too. */
const ADVICE = /\b(?:if|should you|in case|please|anyone|who)\b/iu;

const TROUBLED =
  'delay\\w*|down|offline|unavailable|see|seeing|experienc\\w*|fail\\w*|affected|impacted|errors?|slow|degraded';
const STILL = new RegExp(
  `\\b(?:still|remains?)\\b[^.!?]{0,60}\\b(?:${TROUBLED})\\b|\\b(?:is|are)\\s+(?:${TROUBLED})\\s+again\\b`,
  'iu',
);

function denied(read: string, found: RegExpMatchArray & { readonly index: number }): boolean {
  const sentence =
    read
      .slice(0, found.index)
      .split(/[.!?。\n]/u)
      .at(-1) ?? '';
  return (
    /\b(?:not|once|until|when|if|after|unless|partially|nicht|pas|niet|non|não|no)\b|尚未|未だ|まだ|لم\s/iu.test(
      sentence + found[0],
    ) && !/^investigating$/.test(found[0])
  );
}
