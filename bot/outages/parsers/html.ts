/** Turns a sender's HTML (or plain text) into plain text in one pass, without backtracking, also for hostile input. */

/** Longest text that is kept of a sender's text, in UTF-16 units. */
const TEXT_LIMIT = 4000;
const INPUT_LIMIT = 65_536;

const BLOCK = new Set(
  'address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const INLINE = new Set(
  'a abbr acronym applet area audio b base basefont bdi bdo big body button canvas caption center cite code col colgroup data datalist del details dfn dialog dir em embed figcaption font frame frameset head html i iframe img input ins kbd label legend link map mark marquee math menu meta meter nobr noframes noscript object optgroup output param picture progress q rp rt ruby s samp script select slot small source span strike strong style sub summary sup svg template textarea time title track tt u var video wbr xmp'.split(
    ' ',
  ),
);
/** Elements whose content is not readable text. */
const SILENT = new Set(['script', 'style', 'head', 'template', 'noscript', 'iframe', 'svg', 'math']);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', bull: '•',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', copy: '©', reg: '®', trade: '™', deg: '°', middot: '·',
  eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', uuml: 'ü', ouml: 'ö', auml: 'ä', szlig: 'ß', ntilde: 'ñ',
}; // prettier-ignore

/**
 * Plain text of `html`. Removes known tags (block tags become line ends), scripts and styles with their content,
 * control characters and direction overrides. Decodes entities once. Keeps a placeholder such as `<subscription id>`.
 * @param limit longest result, in UTF-16 units; a longer text ends in `…`.
 */
export function htmlToText(html: string, limit = TEXT_LIMIT): string {
  const input = html.length > INPUT_LIMIT ? html.slice(0, INPUT_LIMIT) : html;
  return cap(tidy(decodeEntities(dropTags(input))), limit);
}

/** One line of text: as `htmlToText`, but line ends become spaces. For titles and names. */
export function htmlToLine(html: string, limit = 300): string {
  return cap(htmlToText(html, INPUT_LIMIT).replace(/\s+/g, ' ').trim(), limit);
}

function dropTags(html: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    const tag = readTag(html, open);
    if (!tag) {
      out.push(html.slice(at, open + 1));
      at = open + 1;
      continue;
    }
    out.push(html.slice(at, open), tag.replacement);
    at = tag.end;
  }
  out.push(html.slice(at));
  return out.join('');
}

interface Tag {
  readonly end: number;
  readonly replacement: string;
}

/** The tag or comment at `open`; undefined when `<` is an ordinary character. */
function readTag(html: string, open: number): Tag | undefined {
  if (html.startsWith('<!--', open)) return { end: after(html, '-->', open + 4), replacement: '' };
  const next = html[open + 1] ?? '';
  if (next === '!' || next === '?') return { end: after(html, '>', open + 2), replacement: '' };
  const closing = next === '/';
  const nameAt = closing ? open + 2 : open + 1;
  const name = /^[a-z][a-z0-9:-]{0,30}/i.exec(html.slice(nameAt, nameAt + 31))?.[0].toLowerCase();
  if (name === undefined) return undefined;
  const end = tagEnd(html, nameAt + name.length);
  const known = BLOCK.has(name) || INLINE.has(name) || name.includes(':') || name.includes('-');
  if (!known && isPlaceholder(html.slice(open, Math.min(end, open + 60)))) return undefined;
  if (!closing && SILENT.has(name)) return { end: after(html, `</${name}`, end, '>'), replacement: '' };
  return { end, replacement: BLOCK.has(name) ? '\n' : '' };
}

/** `<resource name>`: words in angle brackets that are not an HTML element, without attributes. */
function isPlaceholder(text: string): boolean {
  return /^<[a-z][a-z _-]{0,50}>?$/i.test(text);
}

/**
 * The position after the tag's `>`. Quotes count only around attribute values. An unclosed tag ends at the next `<`.
 */
function tagEnd(html: string, from: number): number {
  for (let at = from; at < html.length; at++) {
    const ch = html[at];
    if (ch === '>') return at + 1;
    if (ch === '<') return at;
    if ((ch === '"' || ch === "'") && html[at - 1] === '=') {
      const close = html.indexOf(ch, at + 1);
      if (close < 0) return html.length;
      at = close;
    }
  }
  return html.length;
}

/** The position after `mark` (and then after `also`), or the end of the text. */
function after(html: string, mark: string, from: number, also?: string): number {
  const found = indexOfFolded(html, mark, from);
  if (found < 0) return html.length;
  const end = found + mark.length;
  return also === undefined ? end : after(html, also, end);
}

/** ASCII-case-insensitive search. Linear, because only the mark's `<`, `-` and `>` can begin a match. */
function indexOfFolded(html: string, mark: string, from: number): number {
  const first = mark[0] ?? '';
  for (let at = html.indexOf(first, from); at >= 0; at = html.indexOf(first, at + 1)) {
    if (html.slice(at, at + mark.length).toLowerCase() === mark) return at;
  }
  return -1;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return ENTITIES[body] ?? ENTITIES[body.toLowerCase()] ?? whole;
    const code = /^#x/i.test(body) ? parseInt(body.slice(2), 16) : parseInt(body.slice(1), 10);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : '';
  });
}

/**
 * Removes control characters, direction overrides and Markdown line-break backslashes. Keeps single spaces and at most
 * one empty line.
 */
function tidy(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/[ \t\u00a0]+/g, ' ')
        .replace(/\\$/, '')
        .trim(),
    );
  const kept = lines.filter((line, i) => line !== '' || (lines[i - 1] ?? '') !== '');
  return kept.join('\n').trim();
}

/** `text` in at most `limit` UTF-16 units. Never ends in half a character. */
function cap(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
