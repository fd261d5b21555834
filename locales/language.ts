/** Chooses a language of the product for a person. */
import { LANGUAGES, type Language } from '../core/terms.js';

/** Longest locale tag worth reading; anything longer is not one. */
const MAX_TAG = 35;

/**
 * The language for a BCP 47 tag; undefined when none is near enough. Any Chinese is nearer to zh-Hant than to English.
 */
export function languageFor(tag: string | undefined): Language | undefined {
  if (!tag || tag.length > MAX_TAG) return undefined;
  const lower = tag.toLowerCase();
  const exact = LANGUAGES.find((language) => language.toLowerCase() === lower);
  if (exact) return exact;
  const primary = lower.split(/[-_]/)[0];
  if (primary === 'zh' || primary === 'yue') return 'zh-Hant';
  return LANGUAGES.find((language) => language === primary);
}

/** The first wanted language that is offered; otherwise the first offered one. */
export function offeredLanguage(
  offered: readonly Language[],
  ...wanted: readonly (Language | undefined)[]
): Language {
  return wanted.find((one) => one !== undefined && offered.includes(one)) ?? offered[0] ?? 'en';
}
