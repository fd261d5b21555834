/** Parses the records of one file, one after another, and collects the directory rows. */
import type { IncomingRow } from '../reconcile.js';
import { sameRow } from '../diff.js';
import type { DirectoryRow } from '../types.js';
import { startRow } from './cells.js';
import type { Fields } from './columns.js';
import { applyMapping, type Mapping } from './mapping.js';
import { gatherMentions } from './mentions.js';
import { quoted, type ProblemCode, type RowProblem } from './problems.js';
import { parseRow, type ParsedRow } from './row.js';
import { shapeRecord } from './shape.js';

/** A record from a source: its fields, or the reason why the source could not read it. */
export type SourceRow = { readonly number: number; readonly part?: string } & (
  | { readonly fields: unknown }
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

function addRecord(all: Gathered, source: SourceRow, options: ParseOptions): void {
  all.records += 1;
  const { number, part } = source;
  const where = { row: number, ...(part ? { part } : {}) };
  const refuse = (code: ProblemCode, value: string, field = '') => {
    all.problems.push({ ...where, field, code, value: quoted(value), level: 'error' });
    keep(all, { kind: 'bad' });
  };
  if ('problem' in source) {
    refuse(source.problem, source.value, source.field);
    return;
  }
  if (!isRecord(source.fields)) {
    refuse('not-an-object', quoted(source.fields));
    return;
  }
  const { mapping } = options;
  const shaped = mapping ? applyMapping(mapping, source.fields, part) : shapeRecord(source.fields, part);
  for (const name of shaped.unknown) noteUnknown(all, where, name);
  const cells = startRow(shaped.draft, number, part);
  const read = parseRow(cells, options.today);
  if (read.kind === 'remove' && options.mode === 'full')
    cells.note('warning', 'remove', 'remove-in-full', read.key);
  const repeated = repeatOf(all, read);
  if (repeated) cells.note(repeated === 'duplicate-same' ? 'warning' : 'error', '', repeated, keyOf(read));
  all.problems.push(...cells.problems);
  if (!repeated) keep(all, read);
  else if (repeated === 'duplicate-key') all.badRecords += 1;
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
  return { incoming, removed: [...all.removed], problems, records, badRecords, held, unknownKeys };
}

/** Reports each unknown name once, with the first row that has it, and at most 100 names. */
function noteUnknown(all: Gathered, where: { row: number; part?: string }, name: string): void {
  if (all.unknownNames.has(name) || all.unknownNames.size >= 100) return;
  all.unknownNames.add(name);
  all.problems.push({ ...where, field: quoted(name), code: 'unknown-column', value: '', level: 'warning' });
}

const keyOf = (read: ParsedRow) => (read.kind === 'bad' ? '' : read.key);
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
