/** Reads from typed words whether a refund period is still open: "three weeks ago", "it has expired", "昨天買的". */

type WindowSaid = 'open' | 'over';

const LONGEST = 160;
/** After more than this many days every published refund period is over. */
const LONGEST_DAYS = 14;

const OVER =
  /\b(?:over|closed|expired|passed|too late|elapsed|no longer open|ended|abgelaufen|vorbei|expiré|terminé|caducad[oa]|vencid[oa])\b|(?:已經?|已经)?(?:過期|过期|逾期|超過|超过|過了|过了|結束|结束)|過ぎ(?:ました|た)|終わりました|期限切れ/u;
const OPEN =
  /\b(?:(?:still )?open|within|not (?:yet )?(?:over|closed|expired)|still (?:inside|within|running)|just (?:bought|now)|today|yesterday|this (?:morning|afternoon|evening)|tonight|noch offen|heute|gestern|aujourd'hui|hier|hoy|ayer)\b|(?:還沒|还没|尚未|沒有?|没有?)(?:過期|过期|過|过|超過|超过|結束|结束)|(?:期限|時間)內|还在期限内|還在期限|(?:今天|昨天|剛剛?|刚刚?|剛才|刚才|早上)(?:才|剛|刚)?(?:買|买|購|购)?|今日|昨日|さっき/u;
const NOT_OPEN =
  /\b(?:not|no longer|isn't|nicht mehr|n'est plus) (?:\w+ )?(?:open|within|inside|offen|ouvert\w*)\b|不在期限|超過期限|超过期限/u;
const UNSURE =
  /^(?:maybe|perhaps|possibly|probably|might be|could be|可能|也許|也许|大概|應該|应该|vielleicht|peut-être|quizás?|tal vez|たぶん|多分|아마)/u;

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  several: 3,
  some: 2,
  last: 1,
  past: 1,
  一: 1,
  二: 2,
  兩: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  上: 1,
  上個: 1,
  上个: 1,
  去: 1,
  先: 1,
};
const DAYS: readonly (readonly [RegExp, number])[] = [
  [/^(?:hours?|stunden?|heures?|horas?|小時|小时|個小時|个小时|鐘頭|時間)/u, 1 / 24],
  [/^(?:days?|tage?n?|jours?|días?|天|日)/u, 1],
  [/^(?:weeks?|wochen?|semaines?|semanas?|週|周|個星期|个星期|星期|個禮拜|禮拜|週間)/u, 7],
  [/^(?:months?|monate?n?|mois|mes(?:es)?|個月|个月|月|か月|ヶ月)/u, 30],
  [/^(?:years?|jahre?n?|ans?|années?|años?|年)/u, 365],
];
const AGO =
  /\b(\d{1,4}|a|an|one|two|three|four|five|six|several|some|last|past)\s+(hours?|days?|weeks?|months?|years?)\b|(\d{1,4}|一|二|兩|两|三|四|五|六|上個|上个|上|去|先)\s*(小時|小时|個小時|个小时|天|日|週|周|個星期|个星期|星期|個禮拜|禮拜|個月|个月|月|年|週間|か月|ヶ月)/u;

function daysAgo(text: string): number | undefined {
  const found = AGO.exec(text);
  const many = found?.[1] ?? found?.[3];
  const unit = found?.[2] ?? found?.[4];
  if (many === undefined || unit === undefined) return undefined;
  const size = DAYS.find(([word]) => word.test(unit))?.[1] ?? 1;
  return (NUMBERS[many] ?? Number(many)) * size;
}

const PURCHASE =
  /\b(?:bought|purchased|ordered|subscribed|gekauft|bestellt)\b|\b(?:acheté|commandé|compré)\S{0,2}|\bcompr(?:amos|ado|ada)\b|買|买|購|购|訂|订/u;
const LATELY =
  /\b(?:just (?:bought|purchased|ordered|now)|today|yesterday|this (?:morning|afternoon|evening)|tonight|heute|gestern|aujourd'hui|hoy|ayer)\b|\bacheté\S{0,2} hier\b|今天|昨天|今早|剛剛?|刚刚?|今日|昨日|さっき/u;
const BEFORE = /\b(?:ago|last|past)\b|前|上|去|先/u;
const DENIED = /\b(?:not|never|nicht|nie|pas|jamais|nunca)\b|不是|沒|没/u;
/** A text this short that names a time names nothing else. */
const TIME_ALONE = 20;

/** Whether the period is open, from words about the time of the purchase: "bought it yesterday"; undefined for other words. */
export function purchaseTimeSaid(text: string): WindowSaid | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = foldedOf(text);
  if (DENIED.test(folded) || !(PURCHASE.test(folded) || folded.length <= TIME_ALONE)) return undefined;
  if (LATELY.test(folded)) return 'open';
  const days = BEFORE.test(folded) ? daysAgo(folded) : undefined;
  return days === undefined ? undefined : windowAfter(days);
}

function windowAfter(days: number): WindowSaid {
  return days > LONGEST_DAYS ? 'over' : 'open';
}

function foldedOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[’‘]/gu, "'").trim();
}

/** Whether the period is open; up to two weeks after the purchase it counts as open, because the answer has the date checked. */
export function windowSaid(text: string): WindowSaid | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = foldedOf(text);
  if (NOT_OPEN.test(folded)) return 'over';
  if (OPEN.test(folded)) return 'open';
  const days = daysAgo(folded);
  if (days !== undefined) return windowAfter(days);
  if (OVER.test(folded)) return 'over';
  return UNSURE.test(folded) ? 'open' : undefined;
}
