/** Backup, restore and integrity of the embedded store. PostgreSQL has its own tools for all three. */
import path from 'node:path';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { DatabaseSync, backup, type DatabaseSyncInstance } from './sqlite-driver.js';
import { DeskError } from '../../../core/errors.js';
import { looseFiles, privateFile, type Loose } from './private-files.js';
import { lockDataDir } from './process-lock.js';
import { SQLITE_FILE, openSqliteFile } from './sqlite-engine.js';

/** Pages copied in one batch. Other processes may write between batches. */
const PAGES = 200;
const BEFORE_RESTORE = 'offer-desk.before-restore.sqlite';

export interface BackupSummary {
  readonly file: string;
  readonly bytes: number;
  /** The contents of the copy, to compare a restored store with it. */
  readonly tables: readonly TableDigest[];
}

/**
 * Copies the store of a data directory into one file, also while a server uses the store. The copy shows one moment and
 * is checked. It gets its final name only when it is complete.
 * @throws DeskError `store.unavailable` when there is no store, or the copy cannot be written or is damaged;
 * `backup.refused` for the name of another file.
 */
export async function backupDataDir(dataDir: string, file: string): Promise<BackupSummary> {
  const source = path.join(dataDir, SQLITE_FILE);
  if (!existsSync(source)) throw new DeskError('store.unavailable', `There is no store in ${dataDir}`);
  refuseOtherFiles(dataDir, file);
  const connection = openSqliteFile(source);
  try {
    return await backupTo(connection, file);
  } finally {
    connection.close();
  }
}

/** The files that a server keeps in its data directory, by the beginning of their names. */
const OWN_FILES = 'offer-desk.';
const SQLITE_MARK = 'SQLite format 3\0';

/**
 * A backup replaces only an earlier backup. Over a file of the data directory it would take the store away from the
 * running server, which would go on writing into a file without a name.
 */
function refuseOtherFiles(dataDir: string, file: string): void {
  const isOwn =
    path.basename(file).startsWith(OWN_FILES) && realFolder(path.dirname(file)) === realFolder(dataDir);
  if (isOwn) throw new DeskError('backup.refused', `${file} is a file of the data directory itself`);
  if (!lstatSync(file, { throwIfNoEntry: false })) return;
  if (!isDatabase(file)) throw new DeskError('backup.refused', `${file} exists and is not a backup`);
}

/** True for an existing file with a database, such as the store or a backup. */
export function isDatabase(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true && beginningOf(file) === SQLITE_MARK;
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function beginningOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(SQLITE_MARK.length);
    readSync(handle, head, 0, head.length, 0);
    return head.toString('latin1');
  } finally {
    closeSync(handle);
  }
}

/** As `backupDataDir`, but uses an open connection. */
async function backupTo(connection: DatabaseSyncInstance, file: string): Promise<BackupSummary> {
  const part = `${file}.part`;
  removeStore(part);
  try {
    privateFile(part);
    await backup(connection, part, { rate: PAGES });
    const tables = inspect(part);
    renameSync(part, file);
    return { file, bytes: statSync(file).size, tables };
  } catch (error) {
    removeStore(part);
    if (error instanceof DeskError) throw error;
    throw new DeskError('store.unavailable', `The backup ${file} could not be written`, { cause: error });
  }
}

/**
 * Replaces a data directory's store with a backup, and keeps the old store beside it. The server must not be running.
 * @throws DeskError `store.locked` when the server runs; `store.unavailable` when the backup is damaged or not a store
 * of this product.
 */
export async function restoreDataDir(dataDir: string, file: string, now: number): Promise<BackupSummary> {
  if (!existsSync(file)) throw new DeskError('store.unavailable', `There is no backup ${file}`);
  const tables = inspect(file);
  const lock = lockDataDir(dataDir, now);
  try {
    const target = path.join(dataDir, SQLITE_FILE);
    if (existsSync(target)) await setAside(target, path.join(dataDir, BEFORE_RESTORE));
    privateFile(target);
    // Written page by page in one transaction: an interrupted restore leaves the store unchanged.
    await copyStore(file, target);
    return { file: target, bytes: statSync(target).size, tables };
  } finally {
    lock.release();
  }
}

export interface StoreCheck {
  /** The files that other users of the machine may read. */
  readonly loose: readonly Loose[];
  readonly problems: readonly string[];
  readonly tables: readonly TableDigest[];
}

/**
 * Checks the store of a data directory for damage. @throws DeskError `store.unavailable` when there is none to open.
 */
export function checkDataDir(dataDir: string): StoreCheck {
  const file = path.join(dataDir, SQLITE_FILE);
  if (!existsSync(file)) throw new DeskError('store.unavailable', `There is no store in ${dataDir}`);
  const loose = looseFiles(dataDir);
  if (statSync(file).size === 0) return { loose, problems: [`${file} is empty (0 bytes)`], tables: [] };
  let connection: DatabaseSyncInstance | undefined;
  try {
    connection = openSqliteFile(file);
    const problems = integrityProblems(connection);
    return { loose, problems, tables: problems.length > 0 ? [] : digestTables(connection) };
  } catch (error) {
    return { loose, problems: [error instanceof Error ? error.message : String(error)], tables: [] };
  } finally {
    connection?.close();
  }
}

/** The damage of a store, in SQLite's words; empty for a healthy store. */
export function integrityProblems(connection: DatabaseSyncInstance): readonly string[] {
  const found = connection.prepare('pragma integrity_check').all() as { integrity_check: string }[];
  const problems = found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const orphans = connection.prepare('pragma foreign_key_check').all() as { table: string }[];
  return [...problems, ...orphans.map((row) => `a row of ${row.table} belongs to nothing`)];
}

/** Keeps a copy of the present store. Moves an unreadable store unchanged, so that the restore can continue. */
async function setAside(target: string, kept: string): Promise<void> {
  removeStore(kept);
  privateFile(kept);
  try {
    await copyStore(target, kept);
  } catch {
    removeStore(kept);
    for (const suffix of ['', '-wal'])
      if (existsSync(target + suffix)) renameSync(target + suffix, kept + suffix);
    rmSync(`${target}-shm`, { force: true });
  }
}

async function copyStore(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from);
  try {
    await backup(source, to, { rate: PAGES });
  } catch (error) {
    throw new DeskError('store.unavailable', `${from} could not be copied to ${to}`, { cause: error });
  } finally {
    source.close();
  }
}

/** Checks a copy and makes it a single file without a log beside it. */
function inspect(file: string): readonly TableDigest[] {
  let connection: DatabaseSyncInstance | undefined;
  try {
    connection = new DatabaseSync(file);
    connection.exec('pragma journal_mode=delete');
    const problems = integrityProblems(connection);
    if (problems.length > 0) throw new DeskError('store.unavailable', `${file}: ${problems.join('; ')}`);
    const tables = digestTables(connection);
    if (!tables.some((table) => table.table === 'schema_migrations')) {
      throw new DeskError('store.unavailable', `${file} is not a store of this product`);
    }
    return tables;
  } catch (error) {
    if (error instanceof DeskError) throw error;
    throw new DeskError('store.unavailable', `${file} is damaged or is not a database`, { cause: error });
  } finally {
    connection?.close();
  }
}

function removeStore(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  /** A hash of all rows in the order they were written; a copy of the file has the same hash. */
  readonly sha256: string;
}

function digestTables(connection: DatabaseSyncInstance): readonly TableDigest[] {
  const tables = connection
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
    .all() as { name: string }[];
  return tables.map(({ name }) => digestTable(connection, name));
}

function digestTable(connection: DatabaseSyncInstance, table: string): TableDigest {
  const hash = createHash('sha256');
  let rows = 0;
  // Names come from the schema itself. The code still doubles a quote in a name.
  const select = connection.prepare(`select * from "${table.replaceAll('"', '""')}" order by rowid`);
  for (const row of select.iterate()) {
    hash.update(JSON.stringify(row)).update('\n');
    rows += 1;
  }
  return { table, rows, sha256: hash.digest('hex') };
}
