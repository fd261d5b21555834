/** PostgreSQL: any number of instances, the database's clock, row locks, and one queue per key for all instances. */
import type pg from 'pg';
import { Kysely, PostgresDialect, sql, type LogEvent } from 'kysely';
import type { Log } from '../../../core/ports.js';
import type { Engine, PoolUsage } from './engine.js';
import { loadDriver } from './postgres-listener.js';
import { guarded } from './postgres-guard.js';
import { TurnTickets } from './postgres-tickets.js';
import type { Schema } from './schema.js';

const INT8 = 20;
/** Reads no row. */
const NOTHING = sql<object>`select where false`;
/** The time limit for a connection and for an answer: a turn has 10 seconds in all. */
const CONNECT_MS = 3000;
const STATEMENT_MS = 8000;

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: Log;
  /** Identifies this instance in the queue. Every start has a new value. */
  readonly instance: string;
  /** Connections of the pool. The engine has one more connection for notifications. */
  readonly poolSize?: number;
  /** The time limit of a statement; 0 means no limit. */
  readonly statementMs?: number;
  /** Called after every query. */
  readonly onQuery?: (event: LogEvent) => void;
}

export interface OpenedPostgres {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
}

/** Opens the pool. Sends nothing to the server before the first query. */
export async function openPostgres(options: PostgresOptions): Promise<OpenedPostgres> {
  const driver = await loadDriver();
  const statementMs = options.statementMs ?? STATEMENT_MS;
  const pool = new driver.Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    ...(statementMs > 0 && { statement_timeout: statementMs, query_timeout: statementMs + 1000 }),
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: { getTypeParser: parserOf(driver) },
  });
  // The driver reports a lost connection twice: to the running query, and as an event. Without a listener the event
  // ends the process.
  const lost = (error: Error) => options.log.warn('store.connection-lost', { error });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const kysely = new Kysely<Schema>({
    dialect: guarded(new PostgresDialect({ pool })),
    log: options.onQuery,
  });
  return { kysely, engine: { ...postgresEngine(kysely, options), usage: () => usageOf(pool) } };
}

/** Milliseconds and counters fit into a double. By default the driver returns them as text. */
function parserOf(driver: typeof pg): typeof pg.types.getTypeParser {
  return ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8
      ? Number
      : (driver.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser;
}

function usageOf({ totalCount, idleCount, waitingCount, options }: pg.Pool): PoolUsage {
  return { used: totalCount - idleCount, limit: options.max, waiting: waitingCount };
}

function postgresEngine(kysely: Kysely<Schema>, options: PostgresOptions): Omit<Engine, 'usage'> {
  const tickets = new TurnTickets(kysely, options);
  return {
    kind: 'postgres',
    singleProcess: false,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    inOrder: (key, work) => tickets.atPlace(key, NOTHING, work),
    atPlace: (key, reading, work) => tickets.atPlace(key, reading, work),
    claiming: (query) => query.forUpdate().skipLocked(),
    unhurried: (work) =>
      kysely.transaction().execute(async (trx) => {
        await sql`set local synchronous_commit = off`.execute(trx);
        return work(trx);
      }),
    afterBulk: async (table) => {
      await sql`analyze ${sql.table(table)}`.execute(kysely);
    },
    close: () => tickets.close(),
  };
}
