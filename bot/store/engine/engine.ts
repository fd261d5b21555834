/** What both database engines share: the interface, the translation of failures, and work in order for each key. */
import type { RawBuilder, SelectQueryBuilder, Transaction } from 'kysely';
import type { Schema } from './schema.js';
import { DeskError } from '../../../core/errors.js';

/** How much of the database's connections is in use. */
export interface PoolUsage {
  readonly used: number;
  readonly limit: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  /** True when no other process can be using the same data. */
  readonly singleProcess: boolean;
  /** The present time in milliseconds as all instances agree on it: the database's clock where there is one. */
  now(): RawBuilder<number>;
  /**
   * Runs work one at a time per key, in order of arrival, over all instances that share the database.
   * Work of different keys runs in parallel. No connection is held while work runs.
   * @throws DeskError `store.unavailable` when a place in the queue cannot be had; what `work` throws.
   */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Makes a query inside a transaction take rows for itself, leaving out those another instance has taken. */
  claiming<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>;
  /**
   * A transaction that need not be on the disk when it ends: the next ordinary one that ends takes it there too. For
   * work that counts for nothing before an ordinary transaction says so.
   */
  unhurried<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Lets the planner know a table whose content has changed by much. */
  afterBulk(table: keyof Schema): Promise<void>;
  usage(): PoolUsage;
  /** Ends timers and connections of its own; the database itself is closed by its owner. */
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

/** SQLite: a full or failing disk, or a lock, is `store.unavailable`; anything else stays what it was. */
export function sqliteFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof DeskError || !SQLITE_UNAVAILABLE.test(error.message)) return error;
  return new DeskError('store.unavailable', `SQLite: ${error.message}`, { cause: error });
}

/** PostgreSQL: a server that is gone, full or shutting down is `store.unavailable`. */
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

  /** Runs `work` after everything given earlier for the same key has ended, however it ended. */
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
