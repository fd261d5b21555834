/**
 * SQLite in the data directory: one process and one connection. Every commit is on the disk before it is acknowledged.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from './sqlite-driver.js';
import { Kysely, sql, type LogEvent, type RawBuilder } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import { type Engine, KeyedQueue } from './engine.js';
import { privateFile } from './private-files.js';
import type { Schema } from './schema.js';
import { SqliteDialect } from './sqlite-dialect.js';

export const SQLITE_FILE = 'offer-desk.sqlite';

/** `busy_timeout` lets a backup in another process read the file. No other writer exists. */
const PRAGMAS = `
  pragma journal_mode=wal;
  pragma synchronous=full;
  pragma busy_timeout=5000;
  pragma foreign_keys=on;
  pragma secure_delete=on;
  pragma temp_store=memory;
  pragma cache_size=-16384;
  pragma journal_size_limit=67108864;
`;

export interface OpenedSqlite {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
  /** The connection itself, for backups and integrity checks. */
  readonly connection: DatabaseSyncInstance;
}

/** Opens the file with the settings that every reader and writer must use. */
export function openSqliteFile(file: string): DatabaseSyncInstance {
  const connection = new DatabaseSync(file);
  try {
    connection.exec(PRAGMAS);
  } catch (error) {
    // The file is not a database. Close the connection, because it would keep its lock on the file.
    connection.close();
    throw error;
  }
  return connection;
}

/**
 * Closes the connection with all data in the main file. The explicit statement is necessary: the driver releases its
 * statements only at garbage collection, and until then SQLite would leave the log beside the file.
 */
export function closeSqlite(connection: DatabaseSyncInstance): void {
  if (!connection.isOpen) return;
  try {
    if (connection.isTransaction) connection.exec('rollback');
    connection.exec('pragma wal_checkpoint(truncate)');
  } catch {
    // A full disk or a damaged file: acknowledged data is in the log, and the next opening reads the log.
  }
  connection.close();
}

/**
 * Creates the store's file under another name first, so that the store is never empty under its final name. An empty
 * file is therefore a damaged store and not a new one.
 * @throws DeskError `store.damaged` for an empty file.
 */
function createStoreFile(file: string): void {
  if (existsSync(file)) {
    if (statSync(file).size > 0 || (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
      return;
    throw new DeskError('store.damaged', `The store ${file} is empty (0 bytes)`);
  }
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  privateFile(draft);
  const connection = new DatabaseSync(draft);
  // Any header setting writes the first page.
  connection.exec('pragma application_id=1330005060');
  connection.close();
  renameSync(draft, file);
}

/** Opens the embedded store of a data directory that this process already holds. */
export function openSqlite(dataDir: string, now: Clock, onQuery?: (event: LogEvent) => void): OpenedSqlite {
  const file = path.join(dataDir, SQLITE_FILE);
  createStoreFile(file);
  const connection = openSqliteFile(file);
  const dialect = new SqliteDialect(connection);
  const kysely = new Kysely<Schema>({ dialect, log: onQuery });
  return { kysely, engine: sqliteEngine(kysely, dialect, now), connection };
}

/**
 * Opens the store for reading beside the process that holds it. This reader is not the single process, so it cleans up
 * nothing at the start.
 */
export function openSqliteReadOnly(dataDir: string, now: Clock): OpenedSqlite {
  const connection = new DatabaseSync(path.join(dataDir, SQLITE_FILE), { readOnly: true });
  connection.exec('pragma busy_timeout=5000; pragma query_only=on;');
  const dialect = new SqliteDialect(connection);
  const kysely = new Kysely<Schema>({ dialect });
  return { kysely, engine: { ...sqliteEngine(kysely, dialect, now), singleProcess: false }, connection };
}

function sqliteEngine(kysely: Kysely<Schema>, dialect: SqliteDialect, now: Clock): Engine {
  const queue = new KeyedQueue();
  return {
    kind: 'sqlite',
    singleProcess: true,
    now: () => sql<number>`${now()}`,
    inOrder: (key, work) => queue.run(key, work),
    atPlace: (key, reading, work) =>
      queue.run(key, async () => {
        const { rows } = await reading.execute(kysely);
        return work({ rows, leave: (writes) => writeAll(kysely, writes(sql<boolean>`true`)) });
      }),
    claiming: (query) => query,
    // The log is one sequence: when a later commit is on the disk, all earlier commits are on the disk too.
    unhurried: (work) =>
      kysely.connection().execute(async (connection) => {
        await sql`pragma synchronous=normal`.execute(connection);
        try {
          return await connection.transaction().execute(work);
        } finally {
          await sql`pragma synchronous=full`.execute(connection);
        }
      }),
    afterBulk: () => Promise.resolve(),
    usage: () => dialect.usage(),
    close: () => Promise.resolve(),
  };
}

/** A single write needs no transaction. The only process never loses its place. */
async function writeAll(kysely: Kysely<Schema>, writes: readonly RawBuilder<unknown>[]): Promise<true> {
  const [only] = writes;
  if (writes.length === 1 && only) await only.execute(kysely);
  if (writes.length > 1)
    await kysely.transaction().execute(async (trx) => {
      for (const write of writes) await write.execute(trx);
    });
  return true;
}
