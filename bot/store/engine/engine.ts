/** What SQLite and PostgreSQL do differently, behind one interface; everything else is shared queries. */
import type { RawBuilder, SelectQueryBuilder, Transaction } from 'kysely';
import type { Schema } from './schema.js';

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
  /** Ends timers and connections of its own; the database itself is closed by its owner. */
  close(): Promise<void>;
}
