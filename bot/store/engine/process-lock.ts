/**
 * Lets only one process use a data directory. The kernel holds the lock on a small SQLite file and releases it when the
 * process ends for any reason. So a lock is never stale, and a reused process id does no harm.
 */
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from './sqlite-driver.js';
import { DeskError } from '../../../core/errors.js';
import { privateDirectory, privateFile, type Loose } from './private-files.js';

/** The process that holds a data directory. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process locked the directory, in milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface ProcessLock {
  /** The paths that other users could read before. `tightened` is false when the permissions could not be changed. */
  readonly loose: readonly (Loose & { readonly tightened: boolean })[];
  release(): void;
}

const LOCK_FILE = 'offer-desk.lock';

/**
 * Locks the directory for this process. Creates the directory when it does not exist.
 * @throws DeskError `store.locked` with the name of the process that holds it; `store.unavailable` when it cannot be
 * written.
 */
export function lockDataDir(dataDir: string, now: number): ProcessLock {
  const { file, loose } = openLockFile(dataDir);
  try {
    file.exec('pragma journal_mode=delete; pragma synchronous=off; begin immediate');
    writeHolder(file, { pid: process.pid, host: os.hostname(), startedAt: now });
    // Commits, so that other processes can read the name. Then locks the file again until the process ends.
    file.exec('commit; begin immediate');
  } catch (error) {
    const failure = refusal(file, dataDir, error);
    file.close();
    throw failure;
  }
  return { loose, release: () => release(file) };
}

function openLockFile(dataDir: string): {
  readonly file: DatabaseSyncInstance;
  readonly loose: ProcessLock['loose'];
} {
  try {
    const loose = privateDirectory(dataDir);
    const name = path.join(dataDir, LOCK_FILE);
    privateFile(name);
    return { file: new DatabaseSync(name), loose };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const where = `OFFER_DESK_DATA_DIR: the data directory ${dataDir} cannot be written`;
    throw new DeskError('store.read-only', code === undefined ? where : `${where} (${code})`, {
      cause: error,
    });
  }
}

function refusal(file: DatabaseSyncInstance, dataDir: string, cause: unknown): DeskError {
  if (!/locked|busy/i.test((cause as Error).message)) {
    return new DeskError('store.unavailable', `${dataDir} cannot be locked`, { cause });
  }
  file.exec('pragma busy_timeout=500');
  return new DeskError('store.locked', describe(dataDir, readHolder(file)), { cause });
}

/** Rolls back first: a connection with unfinished statements would keep its lock after it is closed. */
function release(file: DatabaseSyncInstance): void {
  if (!file.isOpen) return;
  file.exec('rollback');
  file.close();
}

function writeHolder(file: DatabaseSyncInstance, holder: Holder): void {
  file.exec('create table if not exists holder (pid integer, host text, started_at integer)');
  file.exec('delete from holder');
  file.prepare('insert into holder values (?, ?, ?)').run(holder.pid, holder.host, holder.startedAt);
}

function readHolder(file: DatabaseSyncInstance): Holder | undefined {
  try {
    return file.prepare('select pid, host, started_at as "startedAt" from holder').get() as
      Holder | undefined;
  } catch {
    return undefined; // The other process has created the file but has not yet written its name.
  }
}

function describe(dataDir: string, holder: Holder | undefined): string {
  if (!holder) return `${dataDir} is being opened by another process`;
  const since = new Date(holder.startedAt).toISOString();
  return `${dataDir} is used by process ${holder.pid} on ${holder.host} since ${since}`;
}
