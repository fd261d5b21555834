/** Opens the product's database: SQLite in the data directory, or PostgreSQL where a URL is given. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { DatabaseSyncInstance } from './sqlite-driver.js';
import type { Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Clock, Log } from '../../../core/ports.js';
import type { Spans } from '../../runtime/spans.js';
import type { Engine } from './engine.js';
import { openingFailure } from './opening-failure.js';
import { migrate } from './migrate.js';
import { openPostgres } from './postgres-engine.js';
import { lockDataDir } from './process-lock.js';
import type { Schema } from './schema.js';
import { closeSqlite, openSqlite, openSqliteReadOnly, SQLITE_FILE } from './sqlite-engine.js';

export interface DatabaseOptions {
  /** `postgres://…`; absent: SQLite in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly now: Clock;
  readonly log: Log;
  readonly poolSize?: number;
  readonly spans?: Spans;
}

export interface Database {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
  /** Identifies this process among the instances. Every start has a new value. */
  readonly instance: string;
  /** The embedded store's connection; absent on PostgreSQL. */
  readonly sqlite?: DatabaseSyncInstance;
  close(): Promise<void>;
}

/**
 * Opens and migrates the database.
 * @throws DeskError `store.locked` (another process uses the data directory), `store.newer-schema`, `store.unavailable`
 * (no server, no disk), `config.invalid` (a URL of another kind).
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl ? openServer(options, options.databaseUrl) : openEmbedded(options);
}

async function openEmbedded(options: DatabaseOptions): Promise<Database> {
  const lock = lockDataDir(options.dataDir, options.now());
  for (const { path: loose, mode, tightened } of lock.loose)
    options.log.warn(tightened ? 'store.permissions-tightened' : 'store.permissions-loose', {
      path: loose,
      mode,
    });
  try {
    const { kysely, engine, connection } = openSqlite(
      options.dataDir,
      options.now,
      options.spans?.queries('sqlite'),
    );
    const close = async () => {
      closeSqlite(connection);
      await kysely.destroy();
      lock.release();
    };
    await closingOnFailure(close, () => upgrade(kysely, engine, options.log));
    return { kysely, engine, instance: randomUUID(), sqlite: connection, close };
  } catch (error) {
    lock.release();
    if (error instanceof DeskError) throw error;
    throw storeFailure(options.dataDir, error);
  }
}

/** Names the store's file and the next step: for a damaged file, a read-only file, or another failure. */
function storeFailure(dataDir: string, cause: unknown): DeskError {
  const file = path.join(dataDir, SQLITE_FILE);
  const words = cause instanceof Error ? cause.message : String(cause);
  if (/not a database|malformed/i.test(words))
    return new DeskError('store.damaged', `The store ${file} is damaged: ${words}`, { cause });
  if (/readonly|read-only|permission|unable to open/i.test(words))
    return new DeskError('store.read-only', `The store ${file} cannot be written: ${words}`, { cause });
  return new DeskError('store.unavailable', `The store ${file} cannot be opened: ${words}`, { cause });
}

/**
 * Opens the store to read beside running servers: without a lock and without migrations. The database refuses writes.
 * @throws DeskError `store.damaged`, `store.unavailable`
 */
export async function openDatabaseReadOnly(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, log } = options;
  if (!databaseUrl) return openEmbeddedReadOnly(options);
  const instance = randomUUID();
  const { kysely, engine } = await openPostgres({ databaseUrl: readOnlyUrl(databaseUrl), log, instance });
  const close = async () => {
    await engine.close();
    await kysely.destroy();
  };
  return { kysely, engine, instance, close };
}

/** Adds the setting with which the server refuses every write of the connection. */
function readOnlyUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.set('options', `${options} -c default_transaction_read_only=on`.trim());
  return url.toString();
}

function openEmbeddedReadOnly({ dataDir, now }: DatabaseOptions): Database {
  try {
    const { kysely, engine, connection } = openSqliteReadOnly(dataDir, now);
    const close = async () => {
      connection.close();
      await kysely.destroy();
    };
    return { kysely, engine, instance: randomUUID(), sqlite: connection, close };
  } catch (cause) {
    throw storeFailure(dataDir, cause);
  }
}

async function openServer(options: DatabaseOptions, databaseUrl: string): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new DeskError('config.invalid', 'DATABASE_URL: must begin with postgres://');
  }
  const { log, poolSize } = options;
  const instance = randomUUID();
  const server = { databaseUrl, log, instance };
  // Migrations may take long, and may wait long for another instance's migrations: their connections have no time
  // limit.
  const patient = await openPostgres({ ...server, poolSize: 2, statementMs: 0 });
  try {
    await upgrade(patient.kysely, patient.engine, log);
  } catch (error) {
    throw openingFailure(error, databaseUrl);
  } finally {
    await patient.engine.close();
    await patient.kysely.destroy();
  }
  const onQuery = options.spans?.queries('postgresql');
  const { kysely, engine } = await openPostgres({ ...server, poolSize, onQuery });
  const close = async () => {
    await engine.close();
    await kysely.destroy();
  };
  return { kysely, engine, instance, close };
}

async function upgrade(kysely: Kysely<Schema>, engine: Engine, log: Log): Promise<void> {
  const done = await migrate(kysely, engine);
  if (done.length > 0) log.info('store.migrated', { migrations: done });
}

async function closingOnFailure(close: () => Promise<void>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await close();
    throw error;
  }
}
