/**
 * The common part of both database engines: the interface, the translation of failures, and ordered work for each key.
 */
import type { RawBuilder, SelectQueryBuilder, Transaction } from 'kysely';
import type { Schema } from './schema.js';
import { DeskError } from '../../../core/errors.js';

/** How many of the database's connections are in use. */
export interface PoolUsage {
  readonly used: number;
  readonly limit: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

/** A place at the head of a queue, with the rows that were read when it came to the head. */
export interface Place<R> {
  readonly rows: readonly R[];
  /**
   * Ends the work: runs all these writes or none, and gives the place back in the same step. The writes may depend on
   * `held`, a condition that is false when this instance seemed dead and another took the place. Returns that condition.
   */
  leave(writes: (held: RawBuilder<boolean>) => readonly RawBuilder<unknown>[]): Promise<boolean>;
}

export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  /** True when no other process can use the same data. */
  readonly singleProcess: boolean;
  /**
   * The present time in milliseconds, the same for all instances: the clock of the PostgreSQL server, or of this
   * process.
   */
  now(): RawBuilder<number>;
  /**
   * Runs work one at a time per key, in order of arrival, across all instances that share the database. Work of
   * different keys runs in parallel. No connection is held while work runs.
   * @throws DeskError `store.unavailable` when the work cannot get a place in the queue; and every error of `work`.
   */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
  /**
   * Runs work like `inOrder`, with fewer statements. `reading` is a select; it runs together with the look that finds
   * the place at the head of the queue, so it sees what all earlier work wrote. Work that ends without `leave` gives its
   * place back and writes nothing.
   * @throws DeskError `store.unavailable` when the work cannot get a place in the queue; and every error of `work`.
   */
  atPlace<R extends object, T>(
    key: string,
    reading: RawBuilder<R>,
    work: (place: Place<R>) => Promise<T>,
  ): Promise<T>;
  /** Makes a query in a transaction lock its rows. The query skips rows that another instance has locked. */
  claiming<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>;
  /**
   * A transaction that may end before its data is on the disk. The next ordinary transaction also writes this data to
   * the disk. Only for work that has no effect until an ordinary transaction commits.
   */
  unhurried<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Tells the planner about a table whose content has changed much. */
  afterBulk(table: keyof Schema): Promise<void>;
  usage(): PoolUsage;
  /** Ends the engine's own timers and connections. The database's owner closes the database. */
  close(): Promise<void>;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EHOSTUNREACH',
]);
/** 08 connection, 53 out of resources, 57 stopped by an operator, 58 the system's own failure. */
const UNAVAILABLE_CLASSES = /^(08|53|57|58)/;
const CONNECTION_WORDS =
  /timeout|connection terminated|connection ended|client has encountered|not queryable/i;
const SQLITE_UNAVAILABLE = /disk|full|i\/o|locked|busy|not open|readonly|unable to open/i;

/** SQLite: a full or failing disk, or a lock, becomes `store.unavailable`. Other errors stay unchanged. */
export function sqliteFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof DeskError || !SQLITE_UNAVAILABLE.test(error.message)) return error;
  return new DeskError('store.unavailable', `SQLite: ${error.message}`, { cause: error });
}

/** PostgreSQL: an unreachable, full or stopping server becomes `store.unavailable`. */
export function postgresFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof DeskError) return error;
  const code = (error as { code?: unknown }).code;
  const known = typeof code === 'string' && (CONNECTION_CODES.has(code) || UNAVAILABLE_CLASSES.test(code));
  if (!known && !(code === undefined && CONNECTION_WORDS.test(error.message))) return error;
  return new DeskError('store.unavailable', `PostgreSQL: ${error.message || String(code)}`, { cause: error });
}

export class KeyedQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Keys with work running or waiting. */
  get size(): number {
    return this.#tails.size;
  }

  /** Runs `work` after all earlier work of the same key has ended, with success or with an error. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const tail: Promise<void> = result.then(
      () => this.#leave(key, tail),
      () => this.#leave(key, tail),
    );
    this.#tails.set(key, tail);
    return result;
  }

  #leave(key: string, tail: Promise<void>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}
