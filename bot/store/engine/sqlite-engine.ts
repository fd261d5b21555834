/** SQLite in the data directory: one process, one connection, every commit on the disk before it is acknowledged. */
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Kysely, sql } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Engine } from './engine.js';
import { KeyedQueue } from './keyed-queue.js';
import type { Schema } from './schema.js';
import { SqliteDialect } from './sqlite-dialect.js';

export const SQLITE_FILE = 'offer-desk.sqlite';

/** `busy_timeout` is for a backup reading the file from another process; no other writer exists. */
const PRAGMAS = `
  pragma journal_mode=wal;
  pragma synchronous=full;
  pragma busy_timeout=5000;
  pragma foreign_keys=on;
  pragma temp_store=memory;
  pragma cache_size=-16384;
  pragma journal_size_limit=67108864;
`;

export interface OpenedSqlite {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
  /** The connection itself, for backup and integrity checks. */
  readonly connection: DatabaseSyncInstance;
}

/** Opens the file with the settings every reader and writer of it must use. */
export function openSqliteFile(file: string): DatabaseSyncInstance {
  const connection = new DatabaseSync(file);
  connection.exec(PRAGMAS);
  return connection;
}

/**
 * Closes the connection with everything in the main file. Said in words because the driver lets its statements go only
 * when they are collected, and until then SQLite would leave the log beside the file.
 */
export function closeSqlite(connection: DatabaseSyncInstance): void {
  if (!connection.isOpen) return;
  try {
    if (connection.isTransaction) connection.exec('rollback');
    connection.exec('pragma wal_checkpoint(truncate)');
  } catch {
    // A full disk or a damaged file: what was acknowledged is in the log, and the next opening reads it from there.
  }
  connection.close();
}

/** Opens the embedded store of a data directory this process already holds. */
export function openSqlite(dataDir: string, now: Clock): OpenedSqlite {
  const connection = openSqliteFile(path.join(dataDir, SQLITE_FILE));
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect(connection) });
  return { kysely, engine: sqliteEngine(kysely, now), connection };
}

function sqliteEngine(kysely: Kysely<Schema>, now: Clock): Engine {
  const queue = new KeyedQueue();
  return {
    kind: 'sqlite',
    singleProcess: true,
    now: () => sql<number>`${now()}`,
    inOrder: (key, work) => queue.run(key, work),
    claiming: (query) => query,
    // The log is one sequence: when a later commit has reached the disk, so have all before it.
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
    close: () => Promise.resolve(),
  };
}
