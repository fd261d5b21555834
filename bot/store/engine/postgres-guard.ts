/** Wraps Kysely's PostgreSQL driver to distinguish a lost server from a wrong query. */
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { postgresFailure } from './engine.js';
import { cleanParameters } from './rows.js';

/** The same dialect, but its connection failures are DeskError `store.unavailable` and its text contains no NUL. */
export function guarded(dialect: Dialect): Dialect {
  return {
    createDriver: () => guardDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

function guardDriver(driver: Driver): Driver {
  const inner = new WeakMap<DatabaseConnection, GuardedConnection>();
  const plain = (connection: DatabaseConnection) =>
    connection instanceof GuardedConnection ? connection.inner : connection;
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const connection = await driver.acquireConnection().catch(rethrow);
      const known = inner.get(connection) ?? new GuardedConnection(connection);
      inner.set(connection, known);
      return known;
    },
    beginTransaction: (connection, settings) =>
      driver.beginTransaction(plain(connection), settings).catch(rethrow),
    commitTransaction: (connection) => driver.commitTransaction(plain(connection)).catch(rethrow),
    rollbackTransaction: (connection) => driver.rollbackTransaction(plain(connection)).catch(rethrow),
    releaseConnection: (connection) => driver.releaseConnection(plain(connection)),
    destroy: () => driver.destroy(),
  };
}

class GuardedConnection implements DatabaseConnection {
  constructor(readonly inner: DatabaseConnection) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.inner
      .executeQuery<R>({ ...query, parameters: cleanParameters(query.parameters) })
      .catch(rethrow);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

function rethrow(error: unknown): never {
  throw postgresFailure(error);
}
