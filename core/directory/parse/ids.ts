/** Parses the ids of offers and publishers into their canonical form. */
import { isNamedOnly, normalisePublisherName, publisherIdFromName } from '../publisher-name.js';
import { LIMITS, type Cells } from './cells.js';
import type { Column } from './columns.js';
import { simpleValue } from './markup.js';
import { cleanLine, isPlaceholder, scalarText } from './text.js';

/** Letters of any script, digits and the marks marketplace ids use (`|` and `:` come in Dynamics 365 ids). */
const ID = /^[\p{L}\p{N}][\p{L}\p{N}._|:~-]*$/u;
const OFFICE_ADD_IN = /^wa\d{6,12}$/;

/**
 * The canonical offer id: `publisherId.offerId` in lower case, or `WA…` for Office add-ins. An id without a dot gets the
 * publisher id of its row.
 */
export function offerIdCell(cells: Cells, publisherId: string | undefined): string | undefined {
  const id = idCell(cells, 'offer_id');
  if (id === undefined) return undefined;
  if (OFFICE_ADD_IN.test(id)) return id.toUpperCase();
  if (id.includes('.')) return id;
  if (publisherId !== undefined && !isNamedOnly(publisherId)) return `${publisherId}.${id}`;
  cells.note('error', 'offer_id', 'bad-id', id);
  return undefined;
}

/** The publisher id: the given id, else an id made from the name, else the offer id up to its first dot. */
export function publisherIdCell(cells: Cells, name: string | undefined): string | undefined {
  const id = idCell(cells, 'publisher_id');
  if (id !== undefined) return id;
  if (name !== undefined && normalisePublisherName(name) !== '') return publisherIdFromName(name);
  const offerId = textOf(cells, 'offer_id');
  return offerId.includes('.') ? offerId.split('.', 1)[0] : undefined;
}

function idCell(cells: Cells, field: Column): string | undefined {
  const text = textOf(cells, field);
  if (text === '' || isPlaceholder(text)) return undefined;
  if (text.length <= LIMITS.id && ID.test(text)) return text;
  cells.note('error', field, text.length > LIMITS.id ? 'too-long' : 'bad-id', text);
  return undefined;
}

function textOf(cells: Cells, field: Column): string {
  return cleanLine(scalarText(simpleValue(cells.draft[field], 'text')))
    .text.replace(/[\u200C\u200D]/g, '')
    .toLowerCase();
}
