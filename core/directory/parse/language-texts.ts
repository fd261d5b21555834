/** Reads the texts of an offer in other languages from a record: `{ "inLanguages": { "de": { "name": … } } }`. */
import { languageFor } from '../../language-tags.js';
import { TRANSLATED, languageColumn, type Column } from './columns.js';

/** The field of a record with these texts. */
export const TEXTS_FIELD = 'inLanguages';

/** The texts in the columns of their languages, and the names that could not be read. */
export interface LanguageTexts {
  readonly draft: Partial<Record<Column, unknown>>;
  readonly unknown: readonly string[];
  readonly otherLanguages: readonly string[];
}

export function languageTexts(inLanguages: unknown): LanguageTexts {
  const draft: Partial<Record<Column, unknown>> = {};
  const unknown: string[] = [];
  const otherLanguages: string[] = [];
  const languages = entriesOf(inLanguages);
  if (!languages) unknown.push(TEXTS_FIELD);
  for (const [tag, given] of languages ?? []) {
    const place = `${TEXTS_FIELD}.${tag}`;
    const language = languageFor(tag);
    const texts = entriesOf(given);
    if (language === undefined) otherLanguages.push(place);
    else if (!texts) unknown.push(place);
    else
      for (const [name, value] of texts) {
        if (isTranslated(name)) draft[languageColumn(TRANSLATED[name], language)] = value;
        else unknown.push(`${place}.${name}`);
      }
  }
  return { draft, unknown: [...unknown, ...otherLanguages], otherLanguages };
}

/** Looks at own properties only, because a record may have a field called `constructor`. */
function isTranslated(name: string): name is keyof typeof TRANSLATED {
  return Object.hasOwn(TRANSLATED, name);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : undefined;
}
