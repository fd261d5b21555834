/** Counts and hashes every table of an embedded store, so that two copies can be compared. */
import { createHash } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  /** Over all rows in the order they were written; a copy of the file has the same. */
  readonly sha256: string;
}

export function digestTables(connection: DatabaseSyncInstance): readonly TableDigest[] {
  const tables = connection
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
    .all() as { name: string }[];
  return tables.map(({ name }) => digestTable(connection, name));
}

function digestTable(connection: DatabaseSyncInstance, table: string): TableDigest {
  const hash = createHash('sha256');
  let rows = 0;
  // Names come from the schema itself; a quote in one would still be doubled.
  const select = connection.prepare(`select * from "${table.replaceAll('"', '""')}" order by rowid`);
  for (const row of select.iterate()) {
    hash.update(JSON.stringify(row)).update('\n');
    rows += 1;
  }
  return { table, rows, sha256: hash.digest('hex') };
}
