/** Recognises the shape of a record (the product's JSON, a marketplace listing, flat columns) and converts it to the flat form. */
import { partnerCenterDraft } from './partner-center-listing.js';
import type { Column, Fields, Shaped } from './columns.js';
import { columnsOf } from './headers.js';
import { isListing, isResourceTree, listingDraft, resourceTreeDraft } from './ingestion-listing.js';
import { TEXTS_FIELD, languageTexts } from './language-texts.js';
import { ownDraft } from './own-json.js';

/** Converts a record to the flat form. `part` is the list that the record comes from, when the file has several lists. */
export function shapeRecord(fields: Fields, part?: string): Shaped {
  if (isResourceTree(fields)) return resourceTreeDraft(fields);
  if (Array.isArray(fields.listingContacts)) return partnerCenterDraft(fields);
  if (isListing(fields)) return listingDraft(fields);
  if (part === 'publishers' || part === 'offers' || Array.isArray(fields.contacts))
    return ownDraft(fields, part);
  return flatDraft(fields);
}

function flatDraft(fields: Fields): Shaped {
  const { columns, unknown, otherLanguages } = columnsOf(Object.keys(fields));
  const draft: Partial<Record<Column, unknown>> = {};
  for (const [name, column] of columns) draft[column] = fields[name];
  if (!Object.hasOwn(fields, TEXTS_FIELD)) return { draft, unknown, otherLanguages, columns };
  const texts = languageTexts(fields[TEXTS_FIELD]);
  return {
    columns,
    draft: { ...texts.draft, ...draft },
    unknown: [...unknown.filter((name) => name !== TEXTS_FIELD), ...texts.unknown],
    otherLanguages: [...otherLanguages, ...texts.otherLanguages],
  };
}

/** How many of these names are columns of the flat form. A listing's fields count as one. */
export function knownHeaders(names: readonly string[]): number {
  const isOfListing = isListing(Object.fromEntries(names.map((n) => [n, ''])));
  return Math.max(columnsOf(names).columns.size, isOfListing ? 1 : 0);
}
