/** Reads the address a visitor leaves: one e-mail address or one telephone number, or why it is neither. */
import type { VisitorContact } from './types.js';

export type ContactRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'contact'; readonly contact: VisitorContact }
  | { readonly kind: 'bad' };

/** RFC 5321: 254 characters in all, 64 before the sign. No quoted parts: nobody has them, and they hide other things. */
const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const PHONE = /^\+?[\d\s().\-/]+(?:(?:ext\.?|x|#)\s?\d{1,6})?$/i;
/** E.164: at most 15 digits; national numbers have 5 or more. */
const DIGITS = { least: 5, most: 15 } as const;

/** Nothing at all is fine: the visitor may wait on the page, or come back to it. */
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
