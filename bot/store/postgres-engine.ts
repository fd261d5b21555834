/** PostgreSQL: any number of instances; the database's clock, row locks, and one queue per key over all of them. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../../core/ports.js';
import type { Engine } from './engine.js';
import { guarded } from './postgres-guard.js';
import { TurnTickets } from './postgres-tickets.js';
import type { Schema } from './schema.js';

const INT8 = 20;
/** Beyond this a connection, or an answer, is given up: a turn has 10 seconds in all. */
const CONNECT_MS = 3000;
const STATEMENT_MS = 8000;

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: Log;
  /** Names this instance in the queue; new for every start. */
  readonly instance: string;
  /** Connections of the pool; one more is kept for notifications. */
  readonly poolSize?: number;
  /** How long a statement may take; 0 for as long as it needs. */
  readonly statementMs?: number;
}

export interface OpenedPostgres {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
}

/** Opens the pool. Nothing is asked of the server before the first query. */
export function openPostgres(options: PostgresOptions): OpenedPostgres {
  const statementMs = options.statementMs ?? STATEMENT_MS;
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    ...(statementMs > 0 && { statement_timeout: statementMs, query_timeout: statementMs + 1000 }),
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  });
  // An idle connection the server closes would otherwise end the process.
  pool.on('error', (error) => options.log.warn('store.connection-lost', { error }));
  const kysely = new Kysely<Schema>({ dialect: guarded(new PostgresDialect({ pool })) });
  return { kysely, engine: postgresEngine(kysely, options) };
}

/** Milliseconds and counters fit a double; the driver would give them as text. */
const parserOf = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser;

function postgresEngine(kysely: Kysely<Schema>, options: PostgresOptions): Engine {
  const tickets = new TurnTickets(kysely, options);
  return {
    kind: 'postgres',
    singleProcess: false,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    inOrder: (key, work) => tickets.inOrder(key, work),
    claiming: (query) => query.forUpdate().skipLocked(),
    close: () => tickets.close(),
  };
}
