/** What every page of ours is written with: escaping, data for scripts, and the sentences scripts say. */
import { LANGUAGES, type Language } from '../../../core/terms.js';
import { rawText, textIn } from '../../../locales/text.js';
import type { IncomingMessage } from 'node:http';
import { languageFor, offeredLanguage } from '../../../locales/language.js';

/** The locale Web Chat is given for a language of ours; it travels with every message. */
export const WEB_CHAT_LOCALE: Readonly<Record<Language, string>> = { en: 'en-US', 'zh-Hant': 'zh-TW' };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** JSON inside a script element: no text in it can end the element or begin a comment. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/** The sentences of a language whose key begins so, without that beginning; those with gaps to fill are the server's. */
export function sentences(language: Language, prefix: string): Record<string, string> {
  const text = textIn(language);
  const found = Object.entries(rawText('en')).filter(
    ([key, raw]) => key.startsWith(prefix) && !raw.includes('{'),
  );
  return Object.fromEntries(found.map(([key]) => [key.slice(prefix.length), text(key)]));
}

export const LANGUAGE_COOKIE = 'offer-desk-language';

/** What the visitor chose by the address of this request, if anything. */
export function askedLanguage(request: IncomingMessage): Language | undefined {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return languageFor(query.get('lang')?.trim());
}

/** The language to answer a page request in. */
export function pageLanguage(
  request: IncomingMessage,
  fallback: Language,
  offered: readonly Language[] = LANGUAGES,
): Language {
  const kept = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((part) => part.split(';')[0]);
  const wanted = [kept, ...accepted].map((tag) => languageFor(tag?.trim()));
  return offeredLanguage(offered, askedLanguage(request), ...wanted, fallback);
}
