/** Lets through only addresses a card may open: https, and for contacts on the web host one mail or phone address. */
import { LIMITS } from './safe-text.js';
import { parseUrl } from '../../core/url.js';

const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z][A-Za-z0-9-]{1,62}$/;

/** An https address without user name, password or odd characters; undefined for any other text. */
export function safeUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_000) return undefined;
  const text = value.trim();
  if (!/^https:\/\/[^\s\\<>"`{}|^]+$/i.test(text)) return undefined;
  const url = parseUrl(text);
  if (!url) return undefined;
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href.includes('${') ? undefined : url.href;
}

/** An https address short enough to stand on a card. */
export function cardUrl(value: unknown): string | undefined {
  const url = safeUrl(value);
  return url !== undefined && url.length <= LIMITS.url ? url : undefined;
}

/** Exactly one plain mail address, or undefined. */
export function oneEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text.length <= LIMITS.contact && EMAIL.test(text) ? text : undefined;
}

/** `+` and digits (E.164) when the number is international, or undefined: a national number cannot be dialled from anywhere. */
export function e164(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const main =
    value
      .trim()
      .replace(/^00(?=[1-9])/, '+')
      .split(/\s*(?:;|,|ext\.?|extension|x|#)\s*/i)[0] ?? '';
  const digits = main.replace(/\(0\)/g, '').replace(/[\s().\-/\u2010-\u2015]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

/** `tel:` for any dialable number: the international form if there is one, else the digits as given. */
export function telUrl(value: unknown): string | undefined {
  const full = e164(value);
  if (full !== undefined) return `tel:${full}`;
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const digits = value.replace(/[\s().\-/\u2010-\u2015]/g, '');
  return /^\d{3,15}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** `mailto:` with one recipient; all other text is encoded. */
export function mailtoUrl(to: unknown, subject: string, body: string): string | undefined {
  const address = oneEmail(to);
  if (address === undefined) return undefined;
  const recipient = encodeURIComponent(address).replace('%40', '@');
  return `mailto:${recipient}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
