/** Kysely on one SQLite connection with the API of `node:sqlite`. Prepares each statement once and reuses it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSyncInstance, StatementSyncInstance } from './sqlite-driver.js';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import { sqliteFailure, type PoolUsage } from './engine.js';
import { cleanParameters } from './rows.js';

const CACHED_STATEMENTS = 300;
const LONG_TURN_MS = 10;

/** SQLite can roll a schema change back, so a killed migration changes nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

export class SqliteDialect implements Dialect {
  readonly #driver: SqliteDriver;

  constructor(database: DatabaseSyncInstance) {
    this.#driver = new SqliteDriver(database);
  }
  /** The only driver: a dialect belongs to one Kysely. */
  createDriver(): Driver {
    return this.#driver;
  }
  usage(): PoolUsage {
    return this.#driver.usage();
  }
  createQueryCompiler() {
    return new SqliteQueryCompiler();
  }
  createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }
  createIntrospector(db: Kysely<unknown>) {
    return new SqliteIntrospector(db);
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #waiting: (() => void)[] = [];
  readonly #turns = new LoopTurns();
  #taken = false;

  constructor(private readonly database: DatabaseSyncInstance) {
    this.#connection = new SqliteConnection(database);
  }
  usage(): PoolUsage {
    return { used: this.#taken ? 1 : 0, limit: 1, waiting: this.#waiting.length };
  }
  async init(): Promise<void> {
    // The database was opened before the dialect was created.
  }
  /** Gives the single connection in order of request: no other caller's statement can run inside a transaction. */
  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#turns.isLong()) await nextTurn();
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return this.#connection;
  }
  releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
    return Promise.resolve();
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // IMMEDIATE takes the write lock now, so that the transaction cannot fail half-way because of the lock.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After a full disk, SQLite has already rolled back.
    if (this.database.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
  destroy(): Promise<void> {
    this.#connection.forget();
    if (this.database.isOpen) this.database.close();
    return Promise.resolve();
  }
}

/**
 * Measures how long the present turn of the event loop has used the database. Statements finish before their promise is
 * returned, so a loop of awaited queries would otherwise block all other work.
 */
class LoopTurns {
  #began: number | undefined;

  isLong(): boolean {
    const now = performance.now();
    if (this.#began === undefined) {
      this.#began = now;
      setImmediate(() => (this.#began = undefined));
    }
    return now - this.#began > LONG_TURN_MS;
  }
}

interface Prepared {
  readonly statement: StatementSyncInstance;
  readonly returnsRows: boolean;
}

class SqliteConnection implements DatabaseConnection {
  readonly #prepared = new Map<string, Prepared>();

  constructor(private readonly database: DatabaseSyncInstance) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return Promise.resolve(this.#execute<R>(query));
    } catch (error) {
      return Promise.reject(sqliteFailure(error));
    }
  }

  /** Kysely calls this where it awaits a stream, so the error is a rejection there. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Read in pages instead: a stream would hold the only connection.');
  }

  forget(): void {
    this.#prepared.clear();
  }

  #execute<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, returnsRows } = this.#prepare(query.sql);
    const parameters = cleanParameters(query.parameters);
    if (returnsRows) {
      const rows = statement.all(...parameters) as R[];
      return { rows, numAffectedRows: BigInt(rows.length) };
    }
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const statement = this.database.prepare(sql);
    const made = { statement, returnsRows: statement.columns().length > 0 };
    this.#prepared.set(sql, made);
    if (this.#prepared.size > CACHED_STATEMENTS) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    return made;
  }
}
