/**
 * Receives, on one connection per instance, the signal that a place in a queue is free. Opens the connection when
 * a caller first waits.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Log } from '../../../core/ports.js';

export interface BellOptions {
  readonly databaseUrl: string;
  readonly log: Log;
}

export class TicketBell {
  /** The same for all instances that use one database and schema path. */
  readonly channel: string;
  readonly #waiting = new Map<string, Set<() => void>>();
  #client: Promise<pg.Client | undefined> | undefined;
  #closed = false;

  constructor(private readonly options: BellOptions) {
    const where = new URL(options.databaseUrl);
    const name = `${where.pathname}${where.searchParams.get('options') ?? ''}`;
    this.channel = `offer_desk_${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
  }

  /**
   * Waits for a notification for `key`, at most `atMostMs`. Calls `stillNeeded` after it starts to listen, so that it
   * cannot miss a notification between the check and the start.
   */
  async heard(key: string, atMostMs: number, stillNeeded: () => Promise<boolean>): Promise<void> {
    const rung = this.#ring(key, atMostMs);
    try {
      await this.#listen();
      if (await stillNeeded()) await rung.promise;
    } finally {
      rung.stop();
    }
  }

  /** Wakes the callers of this instance that wait for `key`, without the database. */
  ring(key: string): void {
    for (const wake of this.#waiting.get(key) ?? []) wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client;
    await client?.end().catch(() => undefined);
    for (const one of this.#waiting.values()) for (const wake of one) wake();
  }

  #ring(key: string, atMostMs: number): { promise: Promise<void>; stop: () => void } {
    let wake: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (wake = resolve));
    const timer = setTimeout(wake, atMostMs);
    const set = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, set.add(wake));
    const stop = () => {
      clearTimeout(timer);
      set.delete(wake);
      if (set.size === 0) this.#waiting.delete(key);
    };
    return { promise, stop };
  }

  #listen(): Promise<pg.Client | undefined> {
    this.#client ??= this.#open();
    return this.#client;
  }

  /**
   * Without the connection, waiting callers check the queue at intervals. The next caller that waits tries to connect
   * again.
   */
  async #open(): Promise<pg.Client | undefined> {
    if (this.#closed) return undefined;
    const { Client } = await loadDriver();
    const client = new Client({
      connectionString: this.options.databaseUrl,
      connectionTimeoutMillis: 3000,
      keepAlive: true,
    });
    const lost = () => (this.#client = undefined);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', (message) => this.ring(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
      return client;
    } catch (error) {
      this.options.log.warn('store.wake-signal-failed', { error });
      lost();
      return undefined;
    }
  }
}

export async function loadDriver(): Promise<typeof pg> {
  return (await import('pg')).default;
}
