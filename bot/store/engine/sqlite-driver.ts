/**
 * Chooses the SQLite for this process: Node's own where Node has a complete one (22.16 and newer), otherwise the
 * package. Both have the same interface and use the same file. `NODE_OPTIONS=--no-experimental-sqlite` always chooses
 * the package.
 */
import { createRequire } from 'node:module';
import type * as SqlitePackage from '@photostructure/sqlite';

export type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

type SqliteModule = Pick<typeof SqlitePackage, 'DatabaseSync' | 'backup'>;

const builtIn = builtInSqlite();

/** For the start lines and the tests. */
export const SQLITE_DRIVER = builtIn ? 'node:sqlite' : '@photostructure/sqlite';

export const { DatabaseSync, backup } =
  builtIn ?? (createRequire(import.meta.url)('@photostructure/sqlite') as SqliteModule);

/**
 * Node's own SQLite. Absent before Node 22.13 and where it is switched off. Without `backup` and transaction state
 * before 22.16.
 */
function builtInSqlite(): SqliteModule | undefined {
  const found = withoutItsWarning(() => process.getBuiltinModule('node:sqlite'));
  return found && 'backup' in found ? (found as unknown as SqliteModule) : undefined;
}

/** On the first load, Node 22 warns that its SQLite is experimental. This code hides only this warning. */
function withoutItsWarning<T>(load: () => T): T {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emit(warning, ...rest);
  };
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}
