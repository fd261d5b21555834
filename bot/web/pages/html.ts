/** Helpers for all our pages: escaping, data for scripts, and the sentences for scripts. */
import { LANGUAGES, languageName, type Language } from '../../../core/terms.js';
import { rawText, textIn } from '../../../locales/text.js';
import type { IncomingMessage } from 'node:http';
import { directionOf, languageFor, offeredLanguage } from '../../../locales/language.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** An address as HTML that a narrow line breaks only after its signs. The visitor copies it without a change. */
export const breakable = (address: string): string =>
  escapeHtml(address).replace(/(?:[@./_-]|&amp;)(?=.)/g, '$&<wbr>');

/** JSON inside a script element. No text in it can end the element or begin a comment. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * The sentences of a language whose key has this prefix, without the prefix. The server keeps the sentences with
 * placeholders.
 */
export function sentences(language: Language, prefix: string): Record<string, string> {
  const text = textIn(language, 'customer');
  const found = Object.entries(rawText('en')).filter(
    ([key, raw]) => key.startsWith(prefix) && !raw.includes('{'),
  );
  return Object.fromEntries(found.map(([key]) => [key.slice(prefix.length), text(key)]));
}

/** The attributes of the root element: its language, and its direction where that is not the usual one. */
export const writtenAs = (language: Language): string =>
  directionOf(language) === 'rtl' ? `lang="${language}" dir="rtl"` : `lang="${language}"`;

/** The languages in which a page can be shown. */
export interface LanguageChoice {
  readonly languages: readonly Language[];
  readonly present: Language;
  /** The address of the same page in a language, unescaped. */
  readonly addressIn: (language: Language) => string;
}

/** A link for each language; nothing where a single language gives no choice. */
export function languageLinks({ languages, present, addressIn }: LanguageChoice): string {
  if (languages.length < 2) return '';
  return languages
    .map((language) => {
      const current = language === present ? ' aria-current="true"' : '';
      const name = escapeHtml(languageName(language));
      return `<a href="${escapeHtml(addressIn(language))}" lang="${language}" hreflang="${language}"${current}>${name}</a>`;
    })
    .join('');
}

/** More languages than this fold into a list that opens. */
const MOST_IN_A_ROW = 3;

/** The links as a part of the page's header. `label` names them for screen readers, as plain text. */
export function languageMenu(choice: LanguageChoice, label: string): string {
  const links = languageLinks(choice);
  if (links === '') return '';
  const name = escapeHtml(label);
  if (choice.languages.length <= MOST_IN_A_ROW)
    return `<nav class="languages" aria-label="${name}">${links}</nav>`;
  return `<details class="languages"><summary aria-label="${name}: ${escapeHtml(languageName(choice.present))}">${escapeHtml(languageName(choice.present))}</summary>
      <nav aria-label="${name}">${links}</nav></details>`;
}

/** The attribute of an element whose text is in another language than the page, with a space before it. */
export const langAttribute = (lang: Language | undefined): string =>
  lang === undefined ? '' : ` lang="${lang}"`;

/** Signs around a name inside a sentence, which no sentence has. */
const [BEGIN, END] = ['\uE000', '\uE001'];

/**
 * A sentence as HTML with a name in it; a name in another language is an element with that language.
 * @param say makes the sentence with the name
 */
export function sentenceWithName(
  say: (name: string) => string,
  { name, lang }: { readonly name: string; readonly lang?: Language },
): string {
  if (lang === undefined) return escapeHtml(say(name));
  return escapeHtml(say(`${BEGIN}${name}${END}`))
    .replaceAll(BEGIN, `<bdi${langAttribute(lang)}>`)
    .replaceAll(END, '</bdi>');
}

export const LANGUAGE_COOKIE = 'offer-desk-language';

/** The visitor's choice in the address of this request, if any. */
export function askedLanguage(request: IncomingMessage): Language | undefined {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return languageFor(query.get('lang')?.trim());
}

/** The language for the answer to a page request. */
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
