/** Synchronises one source of the directory completely, or says why the directory stays unchanged. */
import type { Mapping } from '../../directory/parse/mapping.js';
import type { SourceRow } from '../../directory/parse/row-parser.js';
import { DeskError, type ErrorCode } from '../../errors.js';
import { importRows, type ImportPorts, type ImportProgress, type ImportSummary } from './import-rows.js';

/** The result of reading a source once. */
export interface SourceReading {
  readonly mode: 'full' | 'delta';
  readonly rows: readonly SourceRow[] | AsyncIterable<SourceRow>;
  /** A delta without rows: nothing changed at the source. */
  readonly nothingNew?: boolean;
  readonly mapping?: Mapping;
  /** The start of the next run, stored when this run is committed. */
  readonly cursor?: string;
}

/** One source as it is configured. */
export interface DirectorySource {
  readonly name: string;
  /** Minutes between scheduled runs; absent: only by command. */
  readonly everyMinutes?: number;
  /** The present configuration; a changed text starts a full reading. */
  readonly fingerprint: string;
  /**
   * Reads the source. `cursor` comes from the last committed run.
   * @throws DeskError `source.refused`, `source.unavailable`, `source.shape`, `import.unreadable`, `import.mapping`
   */
  read(cursor: string | undefined, signal: AbortSignal): Promise<SourceReading>;
}

/** The stored state of a source's last runs. Times in milliseconds. */
export interface SyncState {
  readonly source: string;
  readonly triedAt: number;
  /** Absent: never. */
  readonly succeededAt?: number;
  readonly outcome: SyncOutcome['kind'];
  /** For the operator: the result and the reason. */
  readonly detail: string;
  readonly cursor?: string;
  readonly fingerprint: string;
  /** Columns that an operator ignores by name, in every run. */
  readonly ignored?: readonly string[];
}

export interface SyncStates {
  load(source: string): Promise<SyncState | undefined>;
  save(state: SyncState): Promise<void>;
  list(): Promise<readonly SyncState[]>;
}

export type SyncOutcome =
  | { readonly kind: 'done'; readonly report: ImportSummary }
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'refused'; readonly report: ImportSummary }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly remedy: string };

export interface SyncPorts extends ImportPorts {
  readonly states: SyncStates;
}

export interface SyncRequest {
  readonly dryRun?: boolean;
  readonly allowRemovals?: boolean;
  /** Columns to ignore by name, now and in later runs. */
  readonly ignore?: readonly string[];
  /** Columns to read again. */
  readonly unignore?: readonly string[];
  readonly actor: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** The largest share of bad rows in an unattended run. The directory keeps its data for these rows. */
const MAX_BAD_SHARE = 0.2;

/** One run. Errors of the source become an outcome; errors of the store are thrown. A dry run keeps no state. */
export async function syncDirectory(
  ports: SyncPorts,
  source: DirectorySource,
  request: SyncRequest,
): Promise<SyncOutcome> {
  const before = await ports.states.load(source.name);
  const cursor = before?.fingerprint === source.fingerprint ? before.cursor : undefined;
  const ignored = ignoredAfter(before?.ignored ?? [], request);
  const tried = await attempt(ports, source, cursor, { ...request, ignore: ignored });
  if (request.dryRun) return tried.outcome;
  await ports.states.save({ ...stateAfter(tried, source, before, cursor, request.now()), ignored });
  return tried.outcome;
}

function ignoredAfter(
  before: readonly string[],
  { ignore = [], unignore = [] }: SyncRequest,
): readonly string[] {
  return [...new Set([...before, ...ignore])].filter((column) => !unignore.includes(column));
}

interface Tried {
  readonly outcome: SyncOutcome;
  readonly cursor?: string;
}

async function attempt(
  ports: SyncPorts,
  source: DirectorySource,
  cursor: string | undefined,
  request: SyncRequest,
): Promise<Tried> {
  try {
    const reading = await source.read(cursor, request.signal);
    const next = reading.cursor === undefined ? {} : { cursor: reading.cursor };
    if (reading.nothingNew) return { outcome: { kind: 'nothing-new' }, ...next };
    const report = await take(ports, source, reading, request);
    if (report.outcome.kind === 'refused') return { outcome: { kind: 'refused', report } };
    return { outcome: { kind: 'done', report }, ...next };
  } catch (error) {
    if (!(error instanceof DeskError) || !/^(source|import)\./.test(error.code)) throw error;
    const { code, message, remedy } = error;
    return { outcome: { kind: 'failed', code, message, remedy } };
  }
}

function take(ports: SyncPorts, source: DirectorySource, reading: SourceReading, request: SyncRequest) {
  const { mode, rows, mapping } = reading;
  const { dryRun, allowRemovals, ignore, actor, onProgress, now } = request;
  const own = { source: source.name, mode, rows, actor, now: now() };
  return importRows(ports, {
    ...own,
    ...(mapping ? { mapping } : {}),
    dryRun,
    allowRemovals,
    ignore,
    skipBadRows: true,
    maxBadShare: mode === 'full' ? MAX_BAD_SHARE : 1,
    guardFields: true,
    onProgress,
  });
}

function stateAfter(
  { outcome, cursor }: Tried,
  { name, fingerprint }: DirectorySource,
  before: SyncState | undefined,
  oldCursor: string | undefined,
  now: number,
): SyncState {
  const good = outcome.kind === 'done' || outcome.kind === 'nothing-new';
  const succeededAt = good ? now : before?.succeededAt;
  const kept = good ? cursor : oldCursor;
  return {
    source: name,
    triedAt: now,
    ...(succeededAt === undefined ? {} : { succeededAt }),
    outcome: outcome.kind,
    detail: detailOf(outcome),
    ...(kept === undefined ? {} : { cursor: kept }),
    fingerprint,
  };
}

/** True when the run was imported, or the source had nothing new. */
export function wasGood({ outcome }: Pick<SyncState, 'outcome'>): boolean {
  return outcome === 'done' || outcome === 'nothing-new';
}

/** One line for the log and the operator; it contains no value of any row. */
export function detailOf(outcome: SyncOutcome): string {
  switch (outcome.kind) {
    case 'nothing-new':
      return 'nothing changed at the source';
    case 'failed':
      return `${outcome.code}: ${outcome.message}. ${outcome.remedy}`;
    case 'refused':
      return `${reasonOf(outcome.report)} ${countsOf(outcome.report)}`;
    case 'done':
      return countsOf(outcome.report);
  }
}

/** Unread columns that contain addresses, when the run was refused because of them. */
export function unreadColumns(outcome: SyncOutcome): readonly string[] {
  if (outcome.kind !== 'refused' || outcome.report.outcome.kind !== 'refused') return [];
  const { outcome: refusal, unreadContacts } = outcome.report;
  return refusal.why === 'unread-contacts' ? unreadContacts.map(({ column }) => column) : [];
}

/** The command that makes a source ignore columns by name. */
export function ignoreCommand(source: string, columns: readonly string[]): string {
  const options = columns.map((column) => ` --ignore "${column.replaceAll('"', '\\"')}"`);
  return `offer-desk directory sync ${source}${options.join('')}`;
}

/** True when both runs stopped for the same reason, so that a person is not notified twice. */
export function isSameTrouble(before: SyncState | undefined, outcome: SyncOutcome): boolean {
  if (before?.outcome !== outcome.kind) return false;
  return outcome.kind === 'refused' ? before.detail.startsWith(reasonOf(outcome.report)) : true;
}

function reasonOf({ source, outcome, unreadContacts }: ImportSummary): string {
  const why = outcome.kind === 'refused' ? outcome.why : 'no-rows';
  if (why !== 'unread-contacts') return REFUSED[why];
  const columns = unreadContacts.map(({ column }) => column);
  const named = columns.map((column) => `"${column}"`).join(', ');
  return (
    `refused, nobody reads ${named}, and addresses, numbers or links are in it; ignore it with ` +
    `'${ignoreCommand(source, columns)}', or map it in the mapping of the source;`
  );
}

const REFUSED = {
  'no-rows': 'refused, it gives no usable row;',
  'bad-rows': 'refused, too many rows cannot be read (has it changed its form?);',
  'too-many-removals': 'refused, more than a fifth of its rows would go;',
  'owned-elsewhere': 'refused, its offers belong to another source;',
  'fields-lost': 'refused, a field would go from many rows (a column renamed?);',
} as const;

function countsOf({
  records,
  badRecords,
  adds,
  changes,
  removals,
  unchanged,
  lostFields,
}: ImportSummary): string {
  const lost = lostFields.length > 0 ? `; lost: ${lostFields.join(', ')}` : '';
  return (
    `${String(records)} rows read, ${String(badRecords)} left out, ${String(adds.length)} new, ` +
    `${String(changes.length)} changed, ${String(removals.length)} to go, ${String(unchanged)} unchanged${lost}`
  );
}
