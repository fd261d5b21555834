/** Takes the plain value out of the formats of SharePoint and editors: rich text, hyperlinks, people, terms. */
import { decodeHTMLStrict } from 'entities';

const MARKUP =
  /<\/?(?:div|p|br|span|ul|ol|li|a|b|i|u|strong|em|font|h\d|table|tbody|tr|td|script|style)\b[^>]*>/i;
const ENTITY = /&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][a-z\d]{1,31});/gi;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** After so many readings, text that still has markup is left unchanged. */
const MOST_READINGS = 4;

/** True when the text has tags of rich text, or a known entity. `&AA;` is not one, so it stays unchanged. */
export function hasMarkup(text: string): boolean {
  return MARKUP.test(text) || [...text.matchAll(ENTITY)].some(([written]) => entity(written) !== undefined);
}

/**
 * The text without tags and entities; scripts and styles go with their content. Some editors escape twice, so the text
 * is read until no markup is left: an export of it is then read back as it was.
 */
export function withoutMarkup(text: string): string {
  let plain = text.slice(0, 65_536).replace(/&(?:amp;)+/gi, '&');
  for (let n = 0; n < MOST_READINGS && hasMarkup(plain); n += 1) plain = readOnce(plain);
  return plain;
}

function readOnce(text: string): string {
  return text
    .replace(/<(script|style)\b[^>]*>[^]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<\/?(?:div|p|br|li|tr|td|h\d)\b[^>]*>/gi, ' ')
    .replace(new RegExp(MARKUP, 'gi'), '')
    .replace(ENTITY, (written) => entity(written) ?? written);
}

/** The text of a written entity; undefined for a name or a number that HTML does not know. */
function entity(written: string): string | undefined {
  const known = decodeHTMLStrict(written);
  const text = known === written ? decodeHTMLStrict(written.toLowerCase()) : known;
  if (text === written.toLowerCase() || text === '\ufffd') return undefined;
  return text.replace(INVISIBLE, '').replaceAll('\u00a0', ' ');
}

/** The use of a cell: an object may contain a text and an address. */
export type Wanted = 'text' | 'url' | 'email';

const FIELDS: Readonly<Record<Wanted, readonly string[]>> = {
  url: ['Url', 'url', 'href'],
  email: ['Email', 'email', 'EMail', 'mail', 'Url', 'url'],
  text: [
    'LookupValue',
    'Label',
    'Title',
    'DisplayName',
    'displayName',
    'Description',
    'Value',
    'value',
    'Email',
  ],
};

/** The simple value of an object as SharePoint stores hyperlinks, people, lookups and terms; other values unchanged. */
export function simpleValue(value: unknown, wanted: Wanted): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  for (const name of FIELDS[wanted]) {
    const inner = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (typeof inner === 'string' && inner !== '') return inner;
  }
  return value;
}
