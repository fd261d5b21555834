/** Finds the question in pasted text: removes mail headers, quoted history, signatures, traces and log lines. */

/**
 * The longest text that is read as a whole, in UTF-16 units. Of a longer text, the first and the last part are read.
 */
export const LONGEST_READ = 10_000;

/** The text to read. */
export interface Cut {
  readonly text: string;
  /** The middle was left out. */
  readonly cut: boolean;
}

/** The text itself, or its first and last part when it is too long. */
export function withinLimit(text: string): Cut {
  if (text.length <= LONGEST_READ) return { text, cut: false };
  const half = LONGEST_READ / 2;
  return { text: `${text.slice(0, half)}\n…\n${text.slice(-half)}`, cut: true };
}

/** A person typed a text that is shorter than this and on one line: nothing is removed. */
const SHORT = 160;

/** A header line that only routes the mail. The subject stays, because it is often the question. */
const ROUTING =
  /^\s*(?:from|to|cc|bcc|sent|date|reply-to|message-id|received|return-path|mime-version|content-[\w-]+|x-[\w-]+|importance|von|an|gesendet|datum|kopie|de|à|envoyé|enviado|para|fecha|寄件者|收件者|副本|寄件日期|日期|发件人|收件人|抄送|发送时间|差出人|宛先|送信日時)\s*[:：]\s/i;
const SUBJECT = /^\s*(?:subject|betreff|objet|asunto|主旨|主题|件名)\s*[:：]\s*/i;
const REPLY_PREFIX = /^(?:(?:re|aw|fw|fwd|wg|tr|rv|sv|回覆|回复|轉寄|转发)\s*[:：]\s*)+/i;
/** From this line on, the mail quotes an earlier one. */
const HISTORY =
  /^\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|原始郵件|原始邮件|元のメッセージ)\s*-{2,}|_{10,}|on .{6,120} wrote:|am .{6,120} schrieb.{0,80}:|le .{6,120} a écrit\s*:|el .{6,120} escribió:|.{4,80}(?:寫道|写道)[:：])\s*$/i;
const QUOTE = /^\s*(?:>|\|\s)/;
/** From this line on, the text is a signature. */
const SIGNATURE =
  /^\s*(?:--\s*|(?:(?:kind|best|warm|many)\s+)?regards[,.!]?|best(?: wishes)?,|sincerely,?|cheers,|thanks(?: and regards| in advance)?[,!]?|thank you[,!]?|mit freundlichen grüßen,?|viele grüße,?|cordialement,?|bien à vous,?|saludos(?: cordiales)?,?|敬上|此致|よろしくお願い(?:いた|致)?します。?|sent from my .{2,30}|get outlook for .{2,20})\s*$/i;
const FOOTER =
  /(?:this (?:e-?mail|message|communication).{0,80}(?:confidential|intended|privileged)|intended (?:solely|only) for|if you (?:are not|have received).{0,60}(?:recipient|in error)|please consider the environment|unsubscribe|registered (?:office|in england)|diese e-?mail.{0,60}vertraulich|ce message.{0,60}confidentiel|caution: this email originated|external email|本郵件.{0,30}機密)/i;
const TRACE =
  /^\s*(?:at [\w$.<>[\]/ ]+\(.*\)|at [\w$.]+ in .+:line \d+|at (?:async )?(?:file|node|https?):\S+|File ".+", line \d+|Traceback \(most recent|\.{3} \d+ more|Caused by: |---> |#\d+\s+\S+)/;
const LOG =
  /^\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d|(?:DEBUG|TRACE|INFO|WARN(?:ING)?|ERROR|FATAL)[\s:[|]|\{"(?:level|time|timestamp|ts)")/;

function untilEnd(lines: readonly string[]): readonly string[] {
  const history = lines.findIndex((line, at) => at > 0 && HISTORY.test(head(line)));
  const own = history === -1 ? lines : lines.slice(0, history);
  const signed = own.findIndex(
    (line, at) => at > 0 && SIGNATURE.test(head(line)) && hasWords(own.slice(0, at)),
  );
  return signed === -1 ? own : own.slice(0, signed);
}

function hasWords(lines: readonly string[]): boolean {
  return lines.some((line) => !ROUTING.test(head(line)) && /[\p{L}]{2}/u.test(line));
}

/** The part of a line that an expression reads: no line makes it slow. */
function head(line: string): string {
  return line.slice(0, 1_000);
}

function isNoise(whole: string): boolean {
  const line = head(whole);
  return QUOTE.test(line) || TRACE.test(line) || LOG.test(line) || FOOTER.test(line) || ROUTING.test(line);
}

function opened(line: string): string {
  return SUBJECT.test(head(line)) ? `${line.replace(SUBJECT, '').replace(REPLY_PREFIX, '')}.` : line;
}

/**
 * The writer's question, without other pasted text. A text of only history, traces or log lines stays as
 * it is, because the bot has to read something. Linear in the text: the expressions for pasted lines read the first
 * 1,000 characters of a line.
 */
export function questionIn(text: string): string {
  if (text.length <= SHORT && !text.includes('\n')) return text;
  const lines = text.split(/\r?\n/);
  const kept = untilEnd(lines)
    .filter((line) => !isNoise(line))
    .map(opened);
  const asked = kept
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return /[\p{L}\p{N}]{2}/u.test(asked) ? asked : withoutQuotes(lines);
}

function withoutQuotes(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^[\s>]+/, ''))
    .filter((line) => !ROUTING.test(head(line)))
    .join('\n')
    .trim();
}
