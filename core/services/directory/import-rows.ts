/** Imports the rows of one source, all or nothing, and reports the changes, also on a dry run. */
import type { Mapping } from '../../directory/parse/mapping.js';
import type { RowProblem } from '../../directory/parse/problems.js';
import {
  startParsing,
  type ParsedFile,
  type SourceRow,
  type UnreadContacts,
} from '../../directory/parse/row-parser.js';
import { fillSteps, type FieldFill } from '../../directory/fill.js';
import { lostFields } from '../../directory/lost-fields.js';
import {
  reconcileSlices,
  type Reconciled,
  type ReconcileInput,
  type ReconcileMode,
  type RowChange,
} from '../../directory/reconcile.js';
import type { DirectoryRow } from '../../directory/types.js';
import { DeskError } from '../../errors.js';
import type { DirectoryStore } from '../../ports.js';

export interface ImportPorts {
  readonly directory: DirectoryStore;
  /** Lets other work of the process run; called every few hundred rows. */
  readonly pause?: () => Promise<void>;
  /** The sources that own rows with these keys, most rows first. Needed for `askBeforeNewSource`. */
  readonly ownersOf?: (keys: readonly string[]) => Promise<readonly Owner[]>;
}

/** A source that owns some of these rows. */
export interface Owner {
  readonly source: string;
  readonly rows: number;
}

export interface ImportRequest {
  /** Owner of the rows: `file:…`, `sample`, … */
  readonly source: string;
  readonly mode: ReconcileMode;
  readonly rows: AsyncIterable<SourceRow> | Iterable<SourceRow>;
  readonly mapping?: Mapping;
  readonly dryRun?: boolean;
  /** Continue although the import removes more than a fifth of the source's rows. */
  readonly allowRemovals?: boolean;
  /** Leave bad rows out instead of refusing the file; the directory keeps its data for them. */
  readonly skipBadRows?: boolean;
  /** With `skipBadRows`: the largest share of bad records; more means that the source has changed its form. */
  readonly maxBadShare?: number;
  /** Refuse when more than a fifth of the rows that have a field would lose it: a column was renamed at the source. */
  readonly guardFields?: boolean;
  /** Columns that are ignored by name although they hold addresses. */
  readonly ignore?: readonly string[];
  /** Refuse when the source owns nothing yet and most of its offers belong to another source. */
  readonly askBeforeNewSource?: boolean;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export type ImportProgress =
  | { readonly stage: 'reading'; readonly rows: number }
  | { readonly stage: 'comparing'; readonly rows: number }
  | { readonly stage: 'writing'; readonly rows: number };

/** Why nothing was written although there were changes. */
export type Refusal =
  'unread-contacts' | 'owned-elsewhere' | 'no-rows' | 'bad-rows' | 'too-many-removals' | 'fields-lost';

export type ImportOutcome =
  | { readonly kind: 'committed'; readonly version: number }
  | { readonly kind: 'unchanged'; readonly version: number }
  | { readonly kind: 'dry-run' }
  | { readonly kind: 'refused'; readonly why: Refusal };

export interface ImportSummary {
  readonly source: string;
  readonly mode: ReconcileMode;
  readonly outcome: ImportOutcome;
  /** Records read, and the number of them left out. */
  readonly records: number;
  readonly badRecords: number;
  readonly problems: readonly RowProblem[];
  readonly adds: readonly DirectoryRow[];
  readonly changes: readonly RowChange[];
  /** The rows to remove, also when the import is refused because of them. */
  readonly removals: readonly DirectoryRow[];
  readonly unchanged: number;
  /** Number of rows that the source owned before. */
  readonly owned: number;
  /** True when unreadable rows prevented the removal of rows that the file does not name. */
  readonly removalsHeld: boolean;
  /** Fields that most of their rows would lose, when the import is refused because of them. */
  readonly lostFields: readonly string[];
  readonly unreadContacts: readonly UnreadContacts[];
  /** Fields that were read as a column of another name. */
  readonly readAs: ReadonlyMap<string, string>;
  /** On a dry run: the number of offers in the file that have each field. */
  readonly fill: readonly FieldFill[];
  /** The other source, when the import is refused because of it. */
  readonly owner?: Owner & { readonly asked: number };
}

const SOURCE = /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}:._-]{0,63}$/u;
const PAUSE_EVERY = 250;
const PROGRESS_EVERY = 1000;

/**
 * Imports one source. Nothing is written when it is refused, on a dry run, or when nothing changed.
 * @throws DeskError of the rows' reader (`import.unreadable`) or of the store; nothing is written then either.
 */
export async function importRows(ports: ImportPorts, request: ImportRequest): Promise<ImportSummary> {
  checkSourceName(request.source);
  const before = {
    version: await ports.directory.version(),
    rows: await ports.directory.rowsOf(request.source),
  };
  const file = await readAll(ports, request, before.rows);
  request.onProgress?.({ stage: 'comparing', rows: file.incoming.length });
  await ports.pause?.();
  const owned = await rowsNow(ports, request, before);
  const removalsHeld = request.mode === 'full' && file.unknownKeys;
  const result = await compared(ports, {
    mode: request.mode,
    owned,
    incoming: file.incoming,
    removed: file.removed,
    held: file.held,
    holdRemovals: removalsHeld,
    allowRemovals: request.allowRemovals,
  });
  const found = result.kind === 'reconciled' ? result : { ...NOTHING, removals: result.wouldRemove };
  const lost = request.guardFields && !request.allowRemovals ? lostFields(found.changes, owned) : [];
  const owner = await otherOwner(ports, request, file, owned.size);
  const refusal =
    refusalOf(file, request, result.kind === 'too-many-removals') ??
    (lost.length > 0 ? 'fields-lost' : undefined) ??
    (owner ? 'owned-elsewhere' : undefined);
  const outcome = await conclude(ports, request, found, refusal);
  const counts = {
    ...counted(found),
    owned: owned.size,
    removalsHeld,
    lostFields: lost,
    fill: request.dryRun ? await fillIn(ports, file) : [],
    ...(owner ? { owner } : {}),
  };
  return { ...summaryOf(request, file), ...counts, outcome };
}

function checkSourceName(source: string): void {
  if (SOURCE.test(source)) return;
  throw new DeskError(
    'import.mapping',
    'a source is named by small letters, digits, : . _ and -, at most 64 of them',
  );
}

/** Counts the fill of a large file in slices, with other work between. */
async function fillIn({ pause }: ImportPorts, file: ParsedFile): Promise<readonly FieldFill[]> {
  const steps = fillSteps(file.incoming.map(({ row }) => row));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause?.();
  }
}

/** Reads the store after the file, because a large file takes a while and the directory may have changed. */
async function rowsNow(
  { directory }: ImportPorts,
  { source }: ImportRequest,
  before: { readonly version: number; readonly rows: ReadonlyMap<string, DirectoryRow> },
): Promise<ReadonlyMap<string, DirectoryRow>> {
  return (await directory.version()) === before.version ? before.rows : directory.rowsOf(source);
}

/** Removes everything one source owns, and nothing else. */
export async function forgetSource(
  ports: ImportPorts,
  request: { readonly source: string; readonly actor: string; readonly now: number },
): Promise<{ readonly removed: number; readonly version: number }> {
  const keys = [...(await ports.directory.rowsOf(request.source)).keys()];
  const { source, actor, now: at } = request;
  if (keys.length === 0) return { removed: 0, version: await ports.directory.version() };
  const version = await ports.directory.commit({ source, actor, at, upserts: [], removals: keys });
  return { removed: keys.length, version };
}

/** Compares many rows, with other work between. */
async function compared({ pause }: ImportPorts, input: ReconcileInput) {
  const slices = reconcileSlices(input);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await pause?.();
  }
}

const NOTHING: Reconciled = { kind: 'reconciled', adds: [], changes: [], removals: [], unchanged: 0 };

async function readAll(
  ports: ImportPorts,
  request: ImportRequest,
  known: ReadonlyMap<string, DirectoryRow>,
): Promise<ParsedFile> {
  const { mapping, mode, ignore } = request;
  const today = new Date(request.now).toISOString().slice(0, 10);
  const reader = startParsing({
    today,
    mode,
    known,
    ...(mapping ? { mapping } : {}),
    ...(ignore ? { ignore } : {}),
  });
  let rows = 0;
  for await (const row of request.rows) {
    reader.add(row);
    rows += 1;
    if (rows % PAUSE_EVERY === 0) await ports.pause?.();
    if (rows % PROGRESS_EVERY === 0) request.onProgress?.({ stage: 'reading', rows });
  }
  request.onProgress?.({ stage: 'reading', rows });
  return reader.finish();
}

/** A sample of so many offers is enough to find their owner. */
const OWNERS_ASKED = 200;

/** The source that owns most of a new source's offers: the file may only have a new name. */
async function otherOwner(
  { ownersOf }: ImportPorts,
  { askBeforeNewSource }: ImportRequest,
  file: ParsedFile,
  owned: number,
): Promise<(Owner & { readonly asked: number }) | undefined> {
  if (!askBeforeNewSource || !ownersOf || owned > 0) return undefined;
  const keys = file.incoming
    .map(({ row }) => row)
    .filter((row) => row.kind === 'offer')
    .map((row) => row.key);
  const asked = keys.slice(0, OWNERS_ASKED);
  const [first] = await ownersOf(asked);
  return first && first.rows * 2 > asked.length ? { ...first, asked: asked.length } : undefined;
}

/** An empty file must never empty the directory. */
function refusalOf(file: ParsedFile, request: ImportRequest, tooMany: boolean): Refusal | undefined {
  if (file.unreadContacts.length > 0) return 'unread-contacts';
  if (file.records === 0) return 'no-rows';
  if (file.badRecords > 0 && !request.skipBadRows) return 'bad-rows';
  if (file.badRecords === file.records) return 'no-rows';
  if (file.badRecords > (request.maxBadShare ?? 1) * file.records) return 'bad-rows';
  return tooMany ? 'too-many-removals' : undefined;
}

async function conclude(
  ports: ImportPorts,
  request: ImportRequest,
  found: Reconciled,
  refusal: Refusal | undefined,
): Promise<ImportOutcome> {
  if (refusal) return { kind: 'refused', why: refusal };
  if (request.dryRun) return { kind: 'dry-run' };
  const upserts = [...found.adds, ...found.changes.map((change) => change.after)];
  const removals = found.removals.map((row) => row.key);
  const rows = upserts.length + removals.length;
  if (rows === 0) return { kind: 'unchanged', version: await ports.directory.version() };
  request.onProgress?.({ stage: 'writing', rows });
  const { source, actor, now: at } = request;
  return {
    kind: 'committed',
    version: await ports.directory.commit({ source, actor, at, upserts, removals }),
  };
}

function summaryOf(request: ImportRequest, file: ParsedFile) {
  const { source, mode } = request;
  const { records, badRecords, problems, unreadContacts, readAs } = file;
  return { source, mode, records, badRecords, problems, unreadContacts, readAs };
}

function counted({ adds, changes, removals, unchanged }: Reconciled) {
  return { adds, changes, removals, unchanged };
}
