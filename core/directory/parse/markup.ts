/** Takes the plain value out of what SharePoint and editors store: rich text, hyperlinks, people, terms. */

const MARKUP =
  /<\/?(?:div|p|br|span|ul|ol|li|a|b|i|u|strong|em|font|h\d|table|tbody|tr|td|script|style)\b[^>]*>/i;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', copy: '©', reg: '®', trade: '™', zwnj: '', zwj: '', shy: '',
}; // prettier-ignore

/** True when the text has tags of rich text, or an entity. */
export function hasMarkup(text: string): boolean {
  return MARKUP.test(text) || /&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/i.test(text);
}

/** The text without tags; scripts and styles go with their content. Entities are read once. */
export function withoutMarkup(text: string): string {
  return text
    .slice(0, 65_536)
    .replace(/<(script|style)\b[^>]*>[^]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<\/?(?:div|p|br|li|tr|td|h\d)\b[^>]*>/gi, ' ')
    .replace(new RegExp(MARKUP, 'gi'), '')
    .replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => entity(name) ?? whole);
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

/** What a cell is wanted for: an object may hold a text and an address. */
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
