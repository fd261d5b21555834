/** Recognises the shape of a record (our JSON, a marketplace listing, flat columns) and brings it into the flat form. */
import { azureListingDraft } from './azure-listing.js';
import { columnOf, type Column, type Draft } from './columns.js';
import { isListing, isResourceTree, listingDraft, resourceTreeDraft } from './listing.js';
import { ownDraft } from './own-json.js';

/** A record in the flat form, with the names in it that nobody reads. */
export interface Shaped {
  readonly draft: Draft;
  readonly unknown: readonly string[];
}
export type Fields = Readonly<Record<string, unknown>>;

/** Brings a record into the flat form. `part` is the list it came from, when the file has several. */
export function shapeRecord(fields: Fields, part?: string): Shaped {
  if (isResourceTree(fields)) return resourceTreeDraft(fields);
  if (Array.isArray(fields.listingContacts)) return azureListingDraft(fields);
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

/** True when at least one of these column names is one a flat file or a listing has. */
export function isKnownHeader(names: readonly string[]): boolean {
  return (
    names.some((name) => columnOf(name) !== undefined) ||
    isListing(Object.fromEntries(names.map((n) => [n, ''])))
  );
}
