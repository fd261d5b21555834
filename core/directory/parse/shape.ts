/** Recognises the shape of a record (the product's JSON, a marketplace listing, flat columns) and converts it to the flat form. */
import { partnerCenterDraft } from './partner-center-listing.js';
import { columnOf, type Column, type Fields, type Shaped } from './columns.js';
import { isListing, isResourceTree, listingDraft, resourceTreeDraft } from './ingestion-listing.js';
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
  const draft: Partial<Record<Column, unknown>> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const column = columnOf(name);
    if (column) draft[column] = value;
    else unknown.push(name);
  }
  return { draft, unknown };
}

/** True when at least one of these names is a column of the flat form or a field of a listing. */
export function isKnownHeader(names: readonly string[]): boolean {
  return (
    names.some((name) => columnOf(name) !== undefined) ||
    isListing(Object.fromEntries(names.map((n) => [n, ''])))
  );
}
