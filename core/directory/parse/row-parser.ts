/** Parses the records of one file, one after another, and collects the directory rows. */
import type { IncomingRow } from '../reconcile.js';
import { sameRow } from '../diff.js';
import { otherNames } from '../../text.js';
import type { DirectoryRow, Offer } from '../types.js';
import { startRow } from './cells.js';
import { plainHeader, type Column, type Fields } from './columns.js';
import { applyMapping, isOffer, type Mapping, looksLikeContact } from './mapping.js';
import { simpleValue } from './markup.js';
import { gatherMentions } from './mentions.js';
import { quoted, type ProblemCode, type ProblemLevel, type RowProblem } from './problems.js';
import { parseRow, type ParsedRow } from './row.js';
import { shapeRecord } from './shape.js';
import { scalarText } from './text.js';

/** A record from a source: its fields, or the reason why the source could not read it. */
export type SourceRow = { readonly number: number; readonly part?: string } & (
  | { readonly fields: unknown }
  /** A line above the header, which is not a record. */
  | { readonly banner: string }
  | { readonly problem: ProblemCode; readonly value: string; readonly field?: string }
);

export interface ParseOptions {
  readonly mapping?: Mapping;
  /** ISO date of the import. */
  readonly today: string;
  /** A full import removes every row that the file does not contain, so `remove` in it gets a warning. */
  readonly mode: 'full' | 'delta';
  /** Rows of the directory. A parsed row that equals one of them is replaced by it, which saves memory. */
  readonly known?: ReadonlyMap<string, DirectoryRow>;
  /** Columns that the operator ignores by name. */
  readonly ignore?: readonly string[];
}

/** An unread column that contains addresses, numbers or links. */
export interface UnreadContacts {
  readonly column: string;
  readonly row: number;
  readonly example: string;
}

/** The result of parsing a whole file. */
export interface ParsedFile {
  readonly incoming: readonly IncomingRow[];
  /** Keys of rows marked `remove`. */
  readonly removed: readonly string[];
  readonly problems: readonly RowProblem[];
  /** Number of records, good and bad. */
  readonly records: number;
  /** Number of records left out because of an error. */
  readonly badRecords: number;
  /** Keys of the records left out. The directory keeps what it has for these keys. */
  readonly held: ReadonlySet<string>;
  /** True when the key of at least one bad record could not be read. */
  readonly unknownKeys: boolean;
  /** Columns that must be mapped, or ignored by name, before the file can be imported. */
  readonly unreadContacts: readonly UnreadContacts[];
  /** Fields that were read as a column of another name. */
  readonly readAs: ReadonlyMap<string, Column>;
}

export interface RowParser {
  add(source: SourceRow): void;
  finish(): ParsedFile;
}

interface Gathered {
  readonly rows: Map<string, DirectoryRow>;
  readonly mentions: ReturnType<typeof gatherMentions>;
  readonly removed: Set<string>;
  readonly held: Set<string>;
  readonly problems: RowProblem[];
  readonly unknownNames: Set<string>;
  readonly unread: Map<string, UnreadContacts>;
  readonly readAs: Map<string, Column>;
  readonly ignored: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, DirectoryRow>;
  records: number;
  badRecords: number;
  unknownKeys: boolean;
}

/** Starts parsing a file. Memory grows with the rows and their problems, not with the size of the text. */
export function startParsing(options: ParseOptions): RowParser {
  const all: Gathered = {
    rows: new Map(),
    mentions: gatherMentions(),
    removed: new Set(),
    held: new Set(),
    problems: [],
    unknownNames: new Set(),
    unread: new Map(),
    readAs: new Map(),
    ignored: new Set([...(options.ignore ?? []), ...(options.mapping?.ignore ?? [])].map(folded)),
    known: options.known ?? new Map(),
    records: 0,
    badRecords: 0,
    unknownKeys: false,
  };
  return {
    add: (source) => {
      addRecord(all, source, options);
    },
    finish: () => finish(all),
  };
}

interface RowPosition {
  readonly row: number;
  readonly part?: string;
}

function addRecord(all: Gathered, source: SourceRow, options: ParseOptions): void {
  const where: RowPosition = { row: source.number, ...(source.part ? { part: source.part } : {}) };
  if ('banner' in source) {
    note(all, where, 'warning', 'banner-row', source.banner);
    return;
  }
  all.records += 1;
  const refuse = (code: ProblemCode, value: string, field = '') => {
    note(all, where, 'error', code, value, field);
    keep(all, { kind: 'bad' });
  };
  if ('problem' in source) refuse(source.problem, source.value, source.field);
  else if (!isRecord(source.fields)) refuse('not-an-object', quoted(source.fields));
  else if (options.mapping && !isOffer(options.mapping, source.fields))
    note(all, where, 'warning', 'not-an-offer', firstText(source.fields));
  else addFields(all, where, source.fields, options);
}

function note(
  all: Gathered,
  where: RowPosition,
  level: ProblemLevel,
  code: ProblemCode,
  value: string,
  field = '',
): void {
  all.problems.push({ ...where, field, code, value: quoted(value), level });
}

function addFields(all: Gathered, where: RowPosition, fields: Fields, options: ParseOptions): void {
  const { row, part } = where;
  const shaped = options.mapping ? applyMapping(options.mapping, fields, part) : shapeRecord(fields, part);
  for (const name of shaped.unknown) {
    const code = shaped.otherLanguages?.includes(name) ? 'unknown-language' : 'unknown-column';
    noteUnknown(all, where, { name, value: fields[name], code });
  }
  for (const [name, column] of shaped.columns ?? [])
    if (isOtherName(name, column)) all.readAs.set(name, column);
  const cells = startRow(shaped.draft, row, part);
  const read = parseRow(cells, options.today);
  if (read.kind === 'remove' && options.mode === 'full')
    cells.note('warning', 'remove', 'remove-in-full', read.key);
  const merged = mergedWithFirst(all, read);
  if (merged) {
    cells.note('warning', 'offer_name', 'name-as-alias', merged.alias);
    all.rows.set(merged.row.key, knownOr(all, merged.row));
  }
  const repeated = merged ? undefined : repeatOf(all, read);
  if (repeated) cells.note(repeated === 'duplicate-same' ? 'warning' : 'error', '', repeated, keyOf(read));
  all.problems.push(...cells.problems);
  if (repeated === 'duplicate-key') all.badRecords += 1;
  if (!merged && !repeated) keep(all, read);
}

/** True for a header in other words than its column. A column with a language may have capitals: `offer_name_pt-BR`. */
function isOtherName(header: string, column: Column): boolean {
  const plain = plainHeader(header);
  return plain !== column && plain !== plainHeader(column);
}

/** Detects a second row for one key. The first row is kept. */
function repeatOf(all: Gathered, read: ParsedRow): 'duplicate-key' | 'duplicate-same' | undefined {
  if (read.kind === 'bad') return undefined;
  const first = all.rows.get(read.key);
  if (read.kind === 'remove') return first ? 'duplicate-key' : undefined;
  if (all.removed.has(read.key)) return 'duplicate-key';
  if (!first) return undefined;
  return sameRow(first, rowOf(read)) ? 'duplicate-same' : 'duplicate-key';
}

/** A second row of one offer that differs in its name alone: the first row with the other name as an alias. */
function mergedWithFirst(
  { rows }: Gathered,
  read: ParsedRow,
): { readonly row: DirectoryRow; readonly alias: string } | undefined {
  const first = read.kind === 'offer' ? rows.get(read.key) : undefined;
  if (read.kind !== 'offer' || first?.kind !== 'offer' || first.offer.name === read.offer.name)
    return undefined;
  const { name, aliases } = first.offer;
  if (otherNames([read.offer.name], [name, ...aliases]).length === 0) return undefined;
  const same = { ...withoutBlanks(first.offer, read.offer), name, aliases };
  if (!sameRow(first, { ...first, offer: same })) return undefined;
  const offer = {
    ...first.offer,
    aliases: otherNames([...aliases, read.offer.name, ...read.offer.aliases], [name]),
  };
  return { row: { ...first, offer }, alias: read.offer.name };
}

/** The second row, with the values of the first where the second says nothing. */
function withoutBlanks(first: Offer, second: Offer): Offer {
  const said = Object.entries(second).filter(([, value]) => !isBlank(value));
  return { ...first, ...(Object.fromEntries(said) as Partial<Offer>) };
}

function isBlank(value: unknown): boolean {
  if (value === false || value === 'none' || value === 'unknown') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function keep(all: Gathered, read: ParsedRow): void {
  switch (read.kind) {
    case 'offer':
      all.mentions.add(read.mention);
      all.rows.set(read.key, knownOr(all, rowOf(read)));
      return;
    case 'publisher':
      all.rows.set(read.key, knownOr(all, rowOf(read)));
      return;
    case 'remove':
      all.removed.add(read.key);
      return;
    case 'bad':
      all.badRecords += 1;
      if (read.key === undefined) all.unknownKeys = true;
      for (const key of [read.key, read.publisherKey]) if (key !== undefined) all.held.add(key);
      return;
  }
}

function knownOr({ known }: Gathered, row: DirectoryRow): DirectoryRow {
  const before = known.get(row.key);
  return before && sameRow(before, row) ? before : row;
}

function rowOf(read: Extract<ParsedRow, { kind: 'offer' | 'publisher' }>): DirectoryRow {
  return read.kind === 'offer'
    ? { kind: 'offer', key: read.key, offer: read.offer }
    : { kind: 'publisher', key: read.key, publisher: read.publisher };
}

function finish(all: Gathered): ParsedFile {
  const incoming: IncomingRow[] = [...all.rows.values()].map((row) => ({ row }));
  for (const publisher of all.mentions.publishers()) {
    const key = `publisher:${publisher.id}`;
    if (!all.rows.has(key)) incoming.push({ row: { kind: 'publisher', key, publisher }, implied: true });
  }
  const { problems, records, badRecords, held, unknownKeys } = all;
  const { unread, readAs } = all;
  return {
    incoming,
    removed: [...all.removed],
    problems,
    records,
    badRecords,
    held,
    unknownKeys,
    unreadContacts: [...unread.values()],
    readAs,
  };
}

/** Reports each unknown name once, with the first row that has it, and at most 100 names. */
function noteUnknown(
  all: Gathered,
  where: RowPosition,
  { name, value, code }: { readonly name: string; readonly value: unknown; readonly code: ProblemCode },
): void {
  if (all.ignored.has(folded(name))) return;
  if (!all.unread.has(name) && all.unread.size < 100 && looksLikeContact(name, value)) {
    const example = quoted(simpleValue(value, 'url'));
    all.unread.set(name, { column: name, row: where.row, example });
    all.problems.push({
      ...where,
      field: quoted(name),
      code: 'unread-contacts',
      value: example,
      level: 'error',
    });
  }
  if (all.unknownNames.has(name) || all.unknownNames.size >= 100) return;
  all.unknownNames.add(name);
  all.problems.push({ ...where, field: quoted(name), code, value: '', level: 'warning' });
}

/** The first text of a record, to tell the operator which row it is. */
function firstText(fields: Fields): string {
  return (
    Object.values(fields)
      .map(scalarText)
      .find((text) => text.trim() !== '') ?? ''
  );
}

const folded = (name: string) => name.trim().toLowerCase();
const keyOf = (read: ParsedRow) => (read.kind === 'bad' ? '' : read.key);
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
