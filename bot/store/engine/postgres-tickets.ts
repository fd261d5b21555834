/**
 * The queue per key across all instances on PostgreSQL. Each caller takes a numbered ticket. The lowest live ticket of
 * a key is served next. Neither waiting nor work holds a connection, so the pool cannot run out of connections.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Log } from '../../../core/ports.js';
import { KeyedQueue, type Place } from './engine.js';
import { TicketBell } from './postgres-listener.js';
import type { Schema } from './schema.js';

/** A ticket expires this long after its instance's last sign of life, so that a dead instance does not block others. */
const TICKET_MS = 15_000;
const RENEW_MS = 4000;
/** How often a waiting caller checks the queue, in case a notification was lost. */
const LOOK_MS = 500;
/** True while nobody has taken the place of the leaving ticket. */
const HELD = sql<boolean>`exists (select 1 from gone)`;

type Standing = 'first' | 'later' | 'expired';
interface Waiting<R> {
  readonly key: string;
  readonly ticket: number;
  readonly reading: RawBuilder<R>;
}

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

  /** See `Engine.atPlace`. Three statements when nobody waits: the ticket, the look with the reading, the end. */
  async atPlace<R extends object, T>(
    key: string,
    reading: RawBuilder<R>,
    work: (place: Place<R>) => Promise<T>,
  ): Promise<T> {
    // One instance takes its tickets one after another, so that their numbers keep the order of arrival.
    const ticket = await this.#taking.run(key, () => this.#take(key));
    this.#held.add(ticket);
    this.#renewal ??= setInterval(() => void this.#renewAll(), RENEW_MS).unref();
    try {
      const rows = await this.#wait({ key, ticket, reading });
      return await work({ rows, leave: (writes) => this.#leave(ticket, writes(HELD)) });
    } finally {
      if (this.#held.delete(ticket)) await this.#giveBack(ticket);
      this.#bell.ring(key);
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

  async #wait<R extends object>(turn: Waiting<R>): Promise<readonly R[]> {
    for (;;) {
      const rows = await this.#look(turn);
      if (rows) return rows;
      await this.#bell.heard(turn.key, LOOK_MS, async () => (await this.#look(turn)) === undefined);
    }
  }

  /**
   * The rows of the reading when the ticket is the lowest live one; otherwise undefined. One statement sees one state
   * of the database: when an earlier ticket is gone, everything that left with it can be read.
   */
  async #look<R extends object>(turn: Waiting<R>): Promise<readonly R[] | undefined> {
    const { key, ticket, reading } = turn;
    const { rows } = await sql<R & { readonly place: Standing; readonly found: boolean | null }>`
      with earlier as (
        select expires_at <= ${inMilliseconds(0)} as expired from turn_tickets
        where key = ${key} and id < ${ticket} order by id limit 1
      ), standing as (
        select coalesce((select case when expired then 'expired' else 'later' end from earlier), 'first') as place
      ), reading as (select true as found, r.* from (${reading}) r)
      select * from standing left join reading on place = 'first'`.execute(this.kysely);
    const place = rows[0]?.place;
    if (place === 'expired') {
      await sql`delete from turn_tickets
        where key = ${key} and id < ${ticket} and expires_at <= ${inMilliseconds(0)}`.execute(this.kysely);
      return this.#look(turn);
    }
    return place === 'first' ? rows.filter(({ found }) => found) : undefined;
  }

  /** Writes and gives the place back in one statement. */
  async #leave(ticket: number, writes: readonly RawBuilder<unknown>[]): Promise<boolean> {
    const steps = writes.map((write, n) => sql`, ${sql.id(`write_${n}`)} as (${write})`);
    const { rows } = await sql<{ readonly held: boolean }>`
      with gone as (delete from turn_tickets where id = ${ticket} returning key)${sql.join(steps, sql``)}
      select exists (select 1 from gone) as held, ${this.#callNext(ticket)}`.execute(this.kysely);
    this.#held.delete(ticket);
    return rows[0]?.held ?? false;
  }

  /** Notifies the instances when somebody waits behind the ticket that `gone` returned. */
  #callNext(ticket: number) {
    return sql`(select pg_notify(${this.#bell.channel}, key) from gone
      where exists (select 1 from turn_tickets t where t.key = gone.key and t.id > ${ticket}))`;
  }

  /** Never fails: the ticket's work is complete in any case. */
  async #giveBack(ticket: number): Promise<void> {
    try {
      await sql`
        with gone as (delete from turn_tickets where id = ${ticket} returning key)
        select ${this.#callNext(ticket)}`.execute(this.kysely);
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
