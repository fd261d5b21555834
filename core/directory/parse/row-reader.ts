/** Reads the records of one file one after another and gathers the directory rows they make. */
import type { IncomingRow } from '../reconcile.js';
import { sameRow } from '../diff.js';
import type { DirectoryRow } from '../types.js';
import { readCells } from './cells.js';
import { applyMapping, type Mapping } from './mapping.js';
import { gatherMentions } from './mentions.js';
import { quoted, type ProblemCode, type RowProblem } from './problems.js';
import { readRow, type ReadRow } from './rows.js';
import { shapeRecord, type Fields } from './shape.js';

/** A record as a source hands it over: its fields, or why it has none. */
export type SourceRow = { readonly number: number; readonly part?: string } & (
  | { readonly fields: unknown }
  | { readonly problem: ProblemCode; readonly value: string; readonly field?: string }
);

export interface ReadOptions {
  readonly mapping?: Mapping;
  /** ISO date of the import. */
  readonly today: string;
  /** In a full import everything not named goes anyway, so `remove` is remarked upon. */
  readonly mode: 'full' | 'delta';
  /** Rows known already: of one that says the same only these are kept, so that a file of no news takes no memory. */
  readonly known?: ReadonlyMap<string, DirectoryRow>;
}

/** What a file says, once it is read to its end. */
export interface ReadFile {
  readonly incoming: readonly IncomingRow[];
  /** Keys of rows marked `remove`. */
  readonly removed: readonly string[];
  readonly problems: readonly RowProblem[];
  /** Records read, good and bad. */
  readonly records: number;
  /** Records left out because of an error. */
  readonly badRecords: number;
  /** Keys of records that were left out: what is known of them stays. */
  readonly held: ReadonlySet<string>;
  /** True when a bad record could not even be told by its key. */
  readonly unknownKeys: boolean;
}

export interface RowReader {
  add(source: SourceRow): void;
  finish(): ReadFile;
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

/** Starts reading a file. Memory grows with the rows and their problems, not with the text. */
export function startReading(options: ReadOptions): RowReader {
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

function addRecord(all: Gathered, source: SourceRow, options: ReadOptions): void {
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
  const cells = readCells(shaped.draft, number, part);
  const read = readRow(cells, options.today);
  if (read.kind === 'remove' && options.mode === 'full')
    cells.note('warning', 'remove', 'remove-in-full', read.key);
  const repeated = repeatOf(all, read);
  if (repeated) cells.note(repeated === 'duplicate-same' ? 'warning' : 'error', '', repeated, keyOf(read));
  all.problems.push(...cells.problems);
  if (!repeated) keep(all, read);
  else if (repeated === 'duplicate-key') all.badRecords += 1;
}

/** A second row for one key: the first stays. */
function repeatOf(all: Gathered, read: ReadRow): 'duplicate-key' | 'duplicate-same' | undefined {
  if (read.kind === 'bad') return undefined;
  const first = all.rows.get(read.key);
  if (read.kind === 'remove') return first ? 'duplicate-key' : undefined;
  if (all.removed.has(read.key)) return 'duplicate-key';
  if (!first) return undefined;
  return sameRow(first, rowOf(read)) ? 'duplicate-same' : 'duplicate-key';
}

function keep(all: Gathered, read: ReadRow): void {
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

function rowOf(read: Extract<ReadRow, { kind: 'offer' | 'publisher' }>): DirectoryRow {
  return read.kind === 'offer'
    ? { kind: 'offer', key: read.key, offer: read.offer }
    : { kind: 'publisher', key: read.key, publisher: read.publisher };
}

function finish(all: Gathered): ReadFile {
  const incoming: IncomingRow[] = [...all.rows.values()].map((row) => ({ row }));
  for (const publisher of all.mentions.publishers()) {
    const key = `publisher:${publisher.id}`;
    if (!all.rows.has(key)) incoming.push({ row: { kind: 'publisher', key, publisher }, implied: true });
  }
  const { problems, records, badRecords, held, unknownKeys } = all;
  return { incoming, removed: [...all.removed], problems, records, badRecords, held, unknownKeys };
}

/** Each name once, with the row where it was first seen; a file of other columns does not drown the report. */
function noteUnknown(all: Gathered, where: { row: number; part?: string }, name: string): void {
  if (all.unknownNames.has(name) || all.unknownNames.size >= 100) return;
  all.unknownNames.add(name);
  all.problems.push({ ...where, field: quoted(name), code: 'unknown-column', value: '', level: 'warning' });
}

const keyOf = (read: ReadRow) => (read.kind === 'bad' ? '' : read.key);
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
