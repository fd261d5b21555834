/** Recognises e-mail addresses, telephone numbers and links in a cell that the import does not read. */
import { simpleValue } from './markup.js';
import { scalarText } from './text.js';

const EMAIL = /[^\s@"(),:;<>[\]\\|]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
const LINK = /\bhttps?:\/\/|\bwww\.[\p{L}\p{N}-]+\./iu;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/;
const PHONE = /^(?:\+|00)\d[\d\s().\-/]{6,}$|^\(?\d{2,5}[)\s./-]+\d[\d\s().\-/]{4,}$/;
const PHONE_HEADER = /phone|tel(?:$|[^a-z])|telefon|mobile|fax|hotline|電話|手機|传真|傳真|电话/i;

/** True when the value is, or contains, a way to reach somebody. Dates, versions and plain numbers do not count. */
export function looksLikeContact(header: string, value: unknown): boolean {
  const text = (scalarText(simpleValue(value, 'url')) || scalarText(simpleValue(value, 'email'))).slice(
    0,
    2_000,
  );
  if (EMAIL.test(text) || LINK.test(text)) return true;
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/\D/g, '').length;
  if (digits < 7 || digits > 18 || DATE.test(plain)) return false;
  return PHONE.test(plain) || (PHONE_HEADER.test(header) && /^[+\d\s().\-/]+/.test(plain));
}
