/** The address that a visitor leaves, and the name by which the visitor knows a member of staff. */
import type { VisitorContact } from './types.js';

export type ContactRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'contact'; readonly contact: VisitorContact }
  | { readonly kind: 'bad' };

/** RFC 5321: at most 254 characters, 64 of them before the `@`. Quoted parts are refused: they are rare and can hide other text. */
const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const PHONE = /^\+?[\d\s().\-/]+(?:(?:ext\.?|x|#)\s?\d{1,6})?$/i;
/** E.164: at most 15 digits; national numbers have 5 or more. */
const DIGITS = { least: 5, most: 15 } as const;

/** Reads one email address or one phone number. An empty text is allowed, because the visitor can wait on the page. */
export function readContact(text: string): ContactRead {
  const given = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (given === '') return { kind: 'none' };
  if (given.length > 254) return { kind: 'bad' };
  if (given.includes('@')) {
    const local = given.slice(0, given.lastIndexOf('@'));
    const good = EMAIL.test(given) && local.length <= 64;
    return good ? { kind: 'contact', contact: { kind: 'email', value: given } } : { kind: 'bad' };
  }
  const digits = (/^[^ex#]*/i.exec(given)?.[0] ?? '').replace(/\D/g, '').length;
  const good = PHONE.test(given) && digits >= DIGITS.least && digits <= DIGITS.most;
  return good ? { kind: 'contact', contact: { kind: 'phone', value: given } } : { kind: 'bad' };
}

/** The longest first name, in characters. */
const LONGEST_NAME = 40;

/**
 * The first name, which is all that a visitor sees: `Ada` for `Ada Lovelace`, `Lovelace, Ada` and
 * `Ada Lovelace (Contoso)`. A name without a space is kept whole. Empty for an empty name or an address.
 */
export function firstName(displayName: string): string {
  const name = displayName
    .normalize('NFC')
    .replace(/\(.*?\)|\[.*?\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [family = '', given = ''] = name.split(',').map((part) => part.trim());
  const first = (given === '' ? family : given).split(' ')[0] ?? '';
  return first.includes('@') ? '' : [...first].slice(0, LONGEST_NAME).join('');
}
