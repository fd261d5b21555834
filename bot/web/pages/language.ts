/** Which language a page is in: what was asked for in the address, then the kept choice, then the browser's list. */
import type { IncomingMessage } from 'node:http';
import type { Language } from '../../../core/terms.js';
import { languageFor } from '../../../locales/language.js';

export const LANGUAGE_COOKIE = 'offer-desk-language';

function firstOf(tags: readonly (string | undefined)[]): Language | undefined {
  for (const tag of tags) {
    const language = languageFor(tag?.trim());
    if (language) return language;
  }
  return undefined;
}

/** What the visitor chose by the address of this request, if anything. */
export function askedLanguage(request: IncomingMessage): Language | undefined {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return firstOf([query.get('lang') ?? undefined]);
}

/** The language to answer a page request in. */
export function pageLanguage(request: IncomingMessage, fallback: Language): Language {
  const kept = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((part) => part.split(';')[0]);
  return askedLanguage(request) ?? firstOf([kept, ...accepted]) ?? fallback;
}
