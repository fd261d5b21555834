/** Finds the question in pasted text: removes markup, mail headers, quoted history, signatures, traces and log lines. */
import { decodeHTMLStrict } from 'entities';

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
  /^\s*(?:from|to|cc|bcc|sent|date|reply-to|message-id|received|return-path|mime-version|content-[\w-]+|x-[\w-]+|importance|von|an|gesendet|datum|kopie|de|à|envoyé|enviado|para|fecha|寄件[者人]|收件[者人]|副本|寄件日期|傳送(?:日期|時間)|日期|发件人|抄送|发送时间|差出人|宛先|送信日時|보낸 ?사람|받는 ?사람|보낸 ?날짜|참조)\s*(?::\s|：)/i;
/** The first header line of an earlier mail. */
const SENDER = /^\s*(?:from|von|de|寄件[者人]|发件人|差出人|보낸 ?사람)\s*(?::\s|：)/i;
const SUBJECT = /^\s*(?:subject|betreff|objet|asunto|主旨|主题|件名|제목)\s*[:：]\s*/i;
const REPLY_PREFIX = /^(?:(?:re|aw|fw|fwd|wg|tr|rv|sv|回覆|回复|轉寄|转发)\s*[:：]\s*)+/i;
/** From this line on, the mail quotes an earlier one. */
const HISTORY =
  /^\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|mensaje original|mensaje reenviado|原始郵件|原始邮件|轉寄的郵件|转发的邮件|元のメッセージ|転送されたメッセージ|원본 메시지|전달된 메시지)\s*-{2,}|_{10,}|on .{6,120} wrote:|am .{6,120} schrieb.{0,80}:|le .{6,120} a écrit\s*:|el .{6,120} escribió:|.{4,80}(?:寫道|写道)[:：])\s*$/i;
/** Such a line that a mail program broke in two. */
const BROKEN_HISTORY =
  /^\s*(?:on .{6,160} wrote:|am .{6,160} schrieb.{0,80}:|le .{6,160} a écrit\s*:|el .{6,160} escribió:)\s*$/i;
const QUOTE = /^\s*(?:>|\|\s)/;
/** From this line on, the text is a signature. */
const SIGNATURE =
  /^\s*(?:--\s*|(?:(?:kind|best|warm|many)\s+)?regards[,.!]?|best(?: wishes)?,|sincerely,?|cheers,|thanks(?: and regards| in advance)?[,!]?|thank you[,!]?|mit freundlichen grüßen,?|viele grüße,?|cordialement,?|bien à vous,?|saludos(?: cordiales)?,?|敬上|此致|(?:順頌|顺颂).{2,4}|よろしくお願い(?:いた|致)?します。?|sent from my .{2,30}|von meinem .{2,20} gesendet|envoyé de mon .{2,20}|從我的 ?.{2,20}傳送|.{2,20}から送信|get outlook for .{2,20})\s*$/i;
const PHONE_NUMBER =
  /^\s*(?:tel|phone|mobile|mob|fax|telefon|tél|téléphone|電話|电话|手機|手机|傳真|传真|전화)\.?\s*[:：]\s*[+(\d]/i;
const FOOTER =
  /(?:this (?:e-?mail|message|communication).{0,80}(?:confidential|intended|privileged)|intended (?:solely|only) for|if you (?:are not|have received).{0,60}(?:recipient|in error)|please consider the environment|unsubscribe|registered (?:office|in england)|diese e-?mail.{0,60}vertraulich|ce (?:message|courriel).{0,60}confidentiel|este (?:correo|mensaje).{0,60}confidencial|caution: this email originated|external email|(?:本|此)(?:電子)?(?:郵件|邮件|信件).{0,30}(?:機密|机密)|このメール.{0,30}機密)/i;
const TRACE =
  /^\s*(?:at [\w$.<>[\]/ ]+\(.*\)|at [\w$.]+ in .+:line \d+|at (?:async )?(?:file|node|https?):\S+|File ".+", line \d+|Traceback \(most recent|\.{3} \d+ more|Caused by: |---> |#\d+\s+\S+)/;
const LOG =
  /^\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d|(?:DEBUG|TRACE|INFO|WARN(?:ING)?|ERROR|FATAL)[\s:[|]|\{"(?:level|time|timestamp|ts)")/;
/** A short note that sends the reader to the mail below it. */
const POINTS_BELOW =
  /\b(?:below|fyi|forward(?:ing|ed)?|fwd|this one|weiter(?:geleitet|leite)|leite .{1,40} weiter|siehe unten|zur (?:info|kenntnis)|ci-dessous|transf(?:ère|éré)|más abajo|reenv(?:ío|iado))\b|如下|見下|见下|看下[方面]|以下|轉寄|转发|轉發|下記|転送|아래|전달/i;
const LONGEST_NOTE = 200;
const CLAUSE = /(?<=[.!?。！？,，:：\n])/u;

const MARKUP =
  /<\/?(?:at|blockquote|p|div|br|hr|span|strong|b|i|em|u|s|a|ul|ol|li|pre|code|codeblock|table|thead|tbody|tr|td|th|html|head|body|section|font|sub|sup|img|emoji|attachment|h[1-6])\b[^<>]*>|<(?:script|style)\b[^<>]*>|&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][a-z\d]{1,31});/i;
const QUOTE_TAG = /(<\/?blockquote\b[^<>]*>)/i;
/** A mention, and the name and the time above a quoted chat message. */
const ASIDE =
  /<at\b[^<>]*>[^<>]*<\/at>|<(?:strong|span)\b[^<>]*\bitemprop="(?:mri|time)"[^<>]*>[^<>]*<\/(?:strong|span)>/gi;
/** What a page runs or how it looks is not what a person says. */
const UNSAID = /<(script|style)\b[^<>]*>[^]*?(?:<\/\1>|$)/gi;
const NEW_LINE = /<br\b[^<>]*>|<\/(?:p|div|li|tr|pre|h[1-6])>/gi;

/** The words of a chat message or mail in HTML. A quoted message becomes lines that begin with ">". */
function withoutMarkup(text: string): string {
  if (!MARKUP.test(text)) return text;
  let depth = 0;
  const parts = text.split(QUOTE_TAG).map((part, at) => {
    if (at % 2 === 0) return depth > 0 ? wordsOf(part).replace(/^(?=.*\S)/gm, '> ') : wordsOf(part);
    depth = Math.max(0, depth + (part.startsWith('</') ? -1 : 1));
    return '\n';
  });
  return parts.join('').trim();
}

function wordsOf(html: string): string {
  return html
    .replace(UNSAID, ' ')
    .replace(ASIDE, ' ')
    .replace(NEW_LINE, '\n')
    .replace(new RegExp(MARKUP, 'gi'), (found) => (found.startsWith('&') ? decodeHTMLStrict(found) : ''))
    .replaceAll('\u00a0', ' ');
}

/** How many lines from here say that an earlier mail follows: none, one, or one that was broken in two. */
function markerLines(lines: readonly string[], at: number): number {
  const line = head(lines[at] ?? '');
  if (HISTORY.test(line)) return 1;
  return BROKEN_HISTORY.test(`${line.trimEnd()} ${head(lines[at + 1] ?? '').trim()}`) ? 2 : 0;
}

/** True for the headers of an earlier mail: its sender, and right below another header. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const next = head(lines[at + 1] ?? '');
  return SENDER.test(head(lines[at] ?? '')) && (ROUTING.test(next) || SUBJECT.test(next));
}

/** Where the mail under the writer's own words begins; the number of lines when there is none. */
function historyFrom(lines: readonly string[]): number {
  const words = lines.findIndex((line) => !isNoise(line) && !SUBJECT.test(head(line)) && hasLetters(line));
  const at = lines.findIndex(
    (_, one) => words !== -1 && one > words && (markerLines(lines, one) > 0 || isHeaderBlock(lines, one)),
  );
  return at === -1 ? lines.length : at;
}

/** The lines above the signature. */
function unsigned(lines: readonly string[]): readonly string[] {
  const signed = lines.findIndex(
    (line, at) => at > 0 && SIGNATURE.test(head(line)) && hasWords(lines.slice(0, at)),
  );
  return signed === -1 ? lines : lines.slice(0, signed);
}

function hasWords(lines: readonly string[]): boolean {
  return lines.some((line) => !ROUTING.test(head(line)) && hasLetters(line));
}

function hasLetters(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

/** The part of a line that an expression reads: no line makes it slow. */
function head(line: string): string {
  return line.slice(0, 1_000);
}

function isNoise(whole: string): boolean {
  const line = head(whole);
  return [QUOTE, TRACE, LOG, FOOTER, ROUTING, PHONE_NUMBER].some((noise) => noise.test(line));
}

function opened(line: string): string {
  return SUBJECT.test(head(line)) ? `${line.replace(SUBJECT, '').replace(REPLY_PREFIX, '')}.` : line;
}

/**
 * The writer's question, without other pasted text. A mail that is forwarded without a question of the writer's own is
 * read instead. A text of only traces or log lines stays as it is, because the bot has to read something. Linear in
 * the text: the expressions for pasted lines read the first 1,000 characters of a line.
 */
export function questionIn(pasted: string): string {
  const text = withoutMarkup(pasted);
  if (text.length <= SHORT && !text.includes('\n') && !QUOTE.test(text)) return text;
  const lines = text.split(/\r?\n/);
  const asked = askedIn(lines);
  return /[\p{L}\p{N}]{2}/u.test(asked) ? asked : withoutQuotes(lines);
}

/** The writer's own words; where they point to the mail below, its words after the other words of the note. */
function askedIn(all: readonly string[]): string {
  const lines = all.slice(leadingMarker(all));
  const from = historyFrom(lines);
  const own = unsigned(lines.slice(0, from))
    .filter((line) => !isNoise(line))
    .map(opened)
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  const isNote = own.length <= LONGEST_NOTE && POINTS_BELOW.test(own);
  if (hasLetters(own) && !isNote) return own;
  const note = own.split(CLAUSE).filter((clause) => !POINTS_BELOW.test(clause));
  const quoted = lines.filter((line) => QUOTE.test(head(line))).map((line) => line.replace(/^[\s>|]+/, ''));
  const below = from < lines.length ? lines.slice(from) : quoted;
  return below.length === 0 ? own : `${note.join('').trim()}\n${askedIn(below)}`.trim();
}

/** How many lines above the first words say that an earlier mail follows. */
function leadingMarker(lines: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  const marker = first === -1 ? 0 : markerLines(lines, first);
  return marker === 0 ? 0 : first + marker;
}

function withoutQuotes(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^[\s>]+/, ''))
    .filter((line) => !ROUTING.test(head(line)))
    .join('\n')
    .trim();
}
