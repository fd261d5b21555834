/**
 * Which SQLite this process uses: Node's own where Node has a complete one (22.16 and newer), the package where not.
 * Both have the same interface, and the same file. `NODE_OPTIONS=--no-experimental-sqlite` chooses the package anywhere.
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

/** Node's own. Absent before 22.13 and where it is switched off; without `backup` and transaction state before 22.16. */
function builtInSqlite(): SqliteModule | undefined {
  const found = withoutItsWarning(() => process.getBuiltinModule('node:sqlite'));
  return found && 'backup' in found ? (found as unknown as SqliteModule) : undefined;
}

/** Node 22 says on the first load that its SQLite is experimental. Only this warning is held back, and only here. */
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
