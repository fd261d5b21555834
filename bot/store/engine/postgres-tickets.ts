/**
 * The queue per key across all instances on PostgreSQL. Each caller takes a numbered ticket. The lowest live ticket of
 * a key is served next. Neither waiting nor work holds a connection, so the pool cannot run out of connections.
 */
import { sql, type Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Log } from '../../../core/ports.js';
import { KeyedQueue } from './engine.js';
import { TicketBell } from './postgres-listener.js';
import type { Schema } from './schema.js';

/** A ticket expires this long after its instance's last sign of life, so that a dead instance does not block others. */
const TICKET_MS = 15_000;
const RENEW_MS = 4000;
/** How often a waiting caller checks the queue, in case a notification was lost. */
const LOOK_MS = 500;

export interface TicketOptions {
  readonly databaseUrl: string;
  readonly instance: string;
  readonly log: Log;
}

export class TurnTickets {
  readonly #taking = new KeyedQueue();
  readonly #bell: TicketBell;
  /** Tickets of waiting or running work. The engine renews them. */
  readonly #held = new Set<number>();
  /** Tickets that could not be returned after their work. The engine returns them at the next opportunity. */
  readonly #owed = new Set<number>();
  #renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly kysely: Kysely<Schema>,
    private readonly options: TicketOptions,
  ) {
    this.#bell = new TicketBell(options);
  }

  /** See `Engine.inOrder`. */
  async inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
    // One instance takes its tickets one after another, so that their numbers keep the order of arrival.
    const ticket = await this.#taking.run(key, () => this.#take(key));
    this.#held.add(ticket);
    this.#renewal ??= setInterval(() => void this.#renewAll(), RENEW_MS).unref();
    try {
      await this.#wait(key, ticket);
      return await work();
    } finally {
      this.#held.delete(ticket);
      await this.#giveBack(ticket);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#renewal = undefined;
    await this.#bell.close();
  }

  /** Takes the number under a lock of the key, so that a lower number never appears after a higher number. */
  async #take(key: string): Promise<number> {
    const { rows } = await sql<{ id: number }>`
      with turn as materialized (select pg_advisory_xact_lock(hashtextextended(${key}, 0)))
      insert into turn_tickets (key, instance, expires_at)
      select ${key}, ${this.options.instance}, ${inMilliseconds(TICKET_MS)} from turn
      returning id`.execute(this.kysely);
    const id = rows[0]?.id;
    if (id === undefined) throw new DeskError('store.unavailable', 'The database gave no place in the queue');
    return id;
  }

  async #wait(key: string, ticket: number): Promise<void> {
    while (await this.#someoneBefore(key, ticket)) {
      await this.#bell.heard(key, LOOK_MS, () => this.#someoneBefore(key, ticket));
    }
  }

  async #someoneBefore(key: string, ticket: number): Promise<boolean> {
    const { rows } = await sql<{ expired: boolean }>`
      select expires_at <= ${inMilliseconds(0)} as expired from turn_tickets
      where key = ${key} and id < ${ticket} order by id limit 1`.execute(this.kysely);
    const first = rows[0];
    if (first?.expired) {
      await sql`delete from turn_tickets
        where key = ${key} and id < ${ticket} and expires_at <= ${inMilliseconds(0)}`.execute(this.kysely);
      return this.#someoneBefore(key, ticket);
    }
    return first !== undefined;
  }

  /** Never fails: the ticket's work is complete in any case. */
  async #giveBack(ticket: number): Promise<void> {
    try {
      await sql`
        with gone as (delete from turn_tickets where id = ${ticket} returning key)
        select pg_notify(${this.#bell.channel}, key) from gone
        where exists (select 1 from turn_tickets t where t.key = gone.key and t.id > ${ticket})`.execute(
        this.kysely,
      );
      this.#owed.delete(ticket);
    } catch (error) {
      this.#owed.add(ticket);
      this.options.log.warn('store.ticket-not-returned', { error });
    }
  }

  async #renewAll(): Promise<void> {
    if (this.#held.size === 0 && this.#owed.size === 0) {
      clearInterval(this.#renewal);
      this.#renewal = undefined;
      return;
    }
    try {
      if (this.#held.size > 0) await this.#renew([...this.#held]);
    } catch (error) {
      this.options.log.warn('store.tickets-not-renewed', { error });
    }
    for (const ticket of this.#owed) await this.#giveBack(ticket);
  }

  async #renew(tickets: readonly number[]): Promise<void> {
    await sql`update turn_tickets set expires_at = ${inMilliseconds(TICKET_MS)}
      where id = any(${tickets}::bigint[])`.execute(this.kysely);
  }
}

/** A future time by the server's clock, so that the clocks of the instances may differ. */
function inMilliseconds(offset: number) {
  return sql`(extract(epoch from clock_timestamp()) * 1000)::bigint + ${offset}::bigint`;
}
