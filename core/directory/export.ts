/** Writes directory rows in the columns that an import reads: safe in a spreadsheet, and read back without loss. */
import { CONTACT_KINDS, type ContactKind } from '../terms.js';
import {
  CONTACT_PREFIX,
  CONTACT_URL_COLUMN,
  LANGUAGE_COLUMNS,
  LINK_COLUMN,
  type Column,
} from './parse/columns.js';
import { compareText } from './precedence.js';
import { normalisePublisherName } from './publisher-name.js';
import {
  LINK_KINDS,
  type Contact,
  type Directory,
  type DirectoryRow,
  type Offer,
  type Plan,
} from './types.js';

type Cells = Partial<Record<Column, string>>;

/** In an order that suits readers, without the columns that only an import uses (`remove`, `contact_scope`). */
const EXPORTED: readonly Column[] = [
  'kind',
  'offer_id',
  'offer_name',
  'publisher_id',
  'publisher_name',
  'support_tier',
  'supported_by',
  'hosting',
  'verified_on',
  'withdrawn',
  ...CONTACT_KINDS.flatMap(contactColumns),
  ...Object.values(LINK_COLUMN),
  'aliases',
  'publisher_aliases',
  'categories',
  'plans',
  'summary',
];

/** The columns of the languages in which a row has a text, so that other files do not grow. */
function columnsInUse(rows: readonly DirectoryRow[]): readonly Column[] {
  const used = new Set<string>();
  for (const row of rows)
    if (row.kind === 'offer' && row.offer.inLanguages)
      for (const column of Object.keys(textCells(row.offer))) used.add(column);
  return LANGUAGE_COLUMNS.flatMap(({ name, summary }) => [name, summary]).filter((one) => used.has(one));
}

function contactColumns(kind: ContactKind): readonly Column[] {
  const prefix = CONTACT_PREFIX[kind];
  return [
    `${prefix}_name`,
    `${prefix}_email`,
    `${prefix}_phone`,
    CONTACT_URL_COLUMN[kind],
    `${prefix}_upn`,
    `${prefix}_verified_on`,
    `${prefix}_hours`,
    `${prefix}_dead_since`,
    `${prefix}_dead_reason`,
  ];
}

/** The whole directory, publishers first, each by its id: the same text for the same directory. */
export function rowsOfDirectory({ publishers, offers }: Directory): readonly DirectoryRow[] {
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => compareText(a, b));
  return [
    ...sorted(publishers).map(([id, publisher]) => ({
      kind: 'publisher' as const,
      key: `publisher:${id}`,
      publisher,
    })),
    ...sorted(offers).map(([id, offer]) => ({ kind: 'offer' as const, key: `offer:${id}`, offer })),
  ];
}

/**
 * A CSV file, line by line, each with its line end; the first begins with a byte-order mark, by which spreadsheets know
 * UTF-8. No cell begins with a character that a spreadsheet would execute.
 * @param names publisher names by id, for people who read the file; offers of other publishers show none.
 */
export function* csvLines(
  rows: readonly DirectoryRow[],
  names: ReadonlyMap<string, string>,
): Generator<string> {
  const columns = [...EXPORTED, ...columnsInUse(rows)];
  yield `\uFEFF${columns.join(',')}\r\n`;
  for (const row of rows) {
    const cells = cellsOf(row, names);
    yield `${columns.map((column) => csvCell(cells[column] ?? '')).join(',')}\r\n`;
  }
}

/** A JSON file of the directory's own shape, in pieces. */
export function* jsonLines(rows: Iterable<DirectoryRow>): Generator<string> {
  const lists: Record<DirectoryRow['kind'], string[]> = { publisher: [], offer: [] };
  for (const row of rows) lists[row.kind].push(JSON.stringify(ownShape(row)));
  yield '{"publishers":[\n';
  yield lists.publisher.join(',\n');
  yield '\n],"offers":[\n';
  yield lists.offer.join(',\n');
  yield '\n]}\n';
}

/** A file of one JSON object a line: of any size, because it is read line by line. */
export function* ndjsonLines(rows: Iterable<DirectoryRow>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(ownShape(row))}\n`;
}

/**
 * A spreadsheet runs a cell as a formula when it begins with `=`, `+`, `-`, `@`, a tab or a line break, in full width
 * too.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** One cell: neutralised by an apostrophe, which the import removes again, and quoted where necessary. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The cells of a row, by column. */
export function cellsOf(row: DirectoryRow, names: ReadonlyMap<string, string>): Cells {
  return row.kind === 'offer' ? offerCells(row.offer, names) : publisherCells(row);
}

function publisherCells({ publisher }: Extract<DirectoryRow, { kind: 'publisher' }>): Cells {
  return {
    kind: 'publisher',
    publisher_id: publisher.id,
    publisher_name: publisher.name,
    publisher_aliases: listCell(publisher.aliases),
    ...sharedCells(publisher),
  };
}

function offerCells(offer: Offer, names: ReadonlyMap<string, string>): Cells {
  return {
    kind: 'offer',
    offer_id: offer.id,
    offer_name: offer.name,
    publisher_id: offer.publisherId,
    publisher_name: publisherName(offer, names),
    aliases: listCell(offer.aliases),
    summary: offer.summary ?? '',
    ...textCells(offer),
    support_tier: offer.supportTier,
    supported_by: offer.supportName ?? '',
    hosting: offer.hosting,
    categories: listCell(offer.categories),
    plans: plansCell(offer.plans),
    withdrawn: offer.withdrawn ? 'yes' : 'no',
    ...sharedCells(offer),
  };
}

/** The texts in other languages. */
function textCells({ inLanguages = {} }: Offer): Cells {
  const cells: Cells = {};
  for (const { language, ...columns } of LANGUAGE_COLUMNS) {
    const { name, summary } = inLanguages[language] ?? {};
    if (name !== undefined) cells[columns.name] = name;
    if (summary !== undefined) cells[columns.summary] = summary;
  }
  return cells;
}

/**
 * An import refuses an alias that is the publisher's name in the same row, so such a row is written without the name.
 */
function publisherName({ publisherId, aliases }: Offer, names: ReadonlyMap<string, string>): string {
  const name = names.get(publisherId) ?? '';
  const company = normalisePublisherName(name);
  return aliases.some((alias) => normalisePublisherName(alias) === company) ? '' : name;
}

function sharedCells(owner: Pick<Offer, 'contacts' | 'links' | 'verifiedOn'>): Cells {
  const cells: Cells = { verified_on: owner.verifiedOn ?? '' };
  for (const kind of LINK_KINDS) cells[LINK_COLUMN[kind]] = owner.links[kind] ?? '';
  for (const contact of owner.contacts) Object.assign(cells, contactCells(contact, owner.verifiedOn));
  return cells;
}

function contactCells(contact: Contact, rowVerifiedOn: string | undefined): Cells {
  const prefix = CONTACT_PREFIX[contact.kind];
  return {
    [`${prefix}_name`]: contact.name,
    [`${prefix}_email`]: contact.email,
    [`${prefix}_phone`]: contact.phone,
    [`${prefix}_upn`]: contact.upn,
    [CONTACT_URL_COLUMN[contact.kind]]: contact.url,
    [`${prefix}_verified_on`]: verifiedCell(contact, rowVerifiedOn),
    [`${prefix}_hours`]: contact.hours,
    [`${prefix}_dead_since`]: contact.deadSince,
    [`${prefix}_dead_reason`]: contact.deadReason,
  };
}

/** An empty cell would take the row's date, which may come from another source. */
function verifiedCell({ verifiedOn }: Contact, rowVerifiedOn: string | undefined): string {
  return verifiedOn ?? (rowVerifiedOn === undefined ? '' : 'never');
}

function listCell(items: readonly string[]): string {
  const plain = items.every((item) => !item.includes(';')) && !items[0]?.startsWith('[');
  return plain ? items.join('; ') : JSON.stringify(items);
}

function plansCell(plans: readonly Plan[]): string {
  const texts = plans.map(({ id, name, cspState }) => [id, name, ...(cspState ? [cspState] : [])]);
  const plain = texts.every((parts) => parts.every((part) => !/[;|[]/.test(part)));
  return plain ? texts.map((parts) => parts.join('|')).join('; ') : JSON.stringify(plans);
}

function ownShape(row: DirectoryRow): object {
  const value = row.kind === 'offer' ? row.offer : row.publisher;
  const contacts = value.contacts.map(({ corrects: _ours, ...contact }) => {
    const verifiedOn = verifiedCell(contact, value.verifiedOn);
    return verifiedOn === '' ? contact : { ...contact, verifiedOn };
  });
  return { ...value, contacts };
}
