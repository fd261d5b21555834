/** Parses the contact and link columns of a row. */
import { CONTACT_KINDS, type ContactKind } from '../../terms.js';
import { DEAD_REASONS, LINK_KINDS, type Contact, type LinkKind, type Links } from '../types.js';
import {
  choiceCell,
  dateCell,
  emailCell,
  hoursCell,
  nameCell,
  phoneCell,
  urlCell,
  type Cells,
} from './cells.js';
import { scalarText } from './text.js';
import { CONTACT_COLUMNS, LINK_COLUMN, type Column } from './columns.js';

/**
 * The contacts of a row. A malformed address or number is an error of the row, because leaving it out would silently
 * remove a good contact from the directory. A name without an address, number or page is not a contact.
 */
export function parseContacts(
  cells: Cells,
  today: string,
  verifiedOn: string | undefined,
): readonly Contact[] {
  return CONTACT_KINDS.flatMap((kind) => parseContact(cells, kind, today, verifiedOn) ?? []);
}

const COLUMNS_OF: Readonly<Record<ContactKind, readonly Column[]>> = {
  'customer-support': Object.values(CONTACT_COLUMNS['customer-support']),
  engineering: Object.values(CONTACT_COLUMNS.engineering),
  'csp-program': Object.values(CONTACT_COLUMNS['csp-program']),
};

function parseContact(
  cells: Cells,
  kind: ContactKind,
  today: string,
  rowVerifiedOn: string | undefined,
): Contact | undefined {
  const column = CONTACT_COLUMNS[kind];
  if (!COLUMNS_OF[kind].some((one) => cells.draft[one] !== undefined)) return undefined;
  const name = nameCell(cells, column.name);
  const ways = given({
    email: emailCell(cells, column.email),
    phone: phoneCell(cells, column.phone),
    url: urlCell(cells, column.url, 'error'),
    upn: emailCell(cells, column.upn),
  });
  const verifiedOn = isNever(cells, column.verifiedOn)
    ? undefined
    : (dateCell(cells, column.verifiedOn, today) ?? rowVerifiedOn);
  const state = given({
    verifiedOn,
    hours: hoursCell(cells, column.hours),
    ...deadOf(cells, kind, today),
  });
  if (Object.keys(ways).length > 0) return { kind, ...given({ name }), ...ways, ...state };
  const hasPage = kind === 'customer-support' && Boolean(cells.draft.support_url);
  if (name !== undefined && !hasPage) cells.note('warning', column.name, 'no-way-to-reach', name);
  return undefined;
}

/** `never` means that this contact was not verified, although its row was. */
function isNever(cells: Cells, column: Column): boolean {
  const raw = cells.draft[column];
  return raw !== undefined && scalarText(raw).trim().toLowerCase() === 'never';
}

/** A reason without a date counts from the date of the import. */
function deadOf(cells: Cells, kind: ContactKind, today: string): Pick<Contact, 'deadSince' | 'deadReason'> {
  const column = CONTACT_COLUMNS[kind];
  const deadReason = choiceCell(cells, column.deadReason, DEAD_REASONS);
  const since = dateCell(cells, column.deadSince, today);
  const deadSince = since ?? (deadReason === undefined ? undefined : today);
  return given({ deadSince, deadReason });
}

/** The links of a row. A malformed link is left out with a warning; a dangerous link is an error of the row. */
export function parseLinks(cells: Cells): Links {
  const links: Partial<Record<LinkKind, string>> = {};
  for (const kind of LINK_KINDS) {
    const url = urlCell(cells, LINK_COLUMN[kind], 'warning');
    if (url !== undefined) links[kind] = url;
  }
  return links;
}

/** An object without the fields that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as { [K in keyof T]?: Exclude<T[K], undefined> };
}
