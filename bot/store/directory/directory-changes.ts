/** Reads the changes of the directory since a version, while their record exists. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { ChangedRows } from '../../../core/directory/merge-patch.js';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { atOneVersion, type DirectoryHead } from './directory-reader.js';
import type { Schema } from '../engine/schema.js';

const PAGE = 250;

/**
 * The present row of every source for each key that changed after version `since`. Undefined when more than `most` keys
 * changed, when the record of a change was deleted, or when `since` belongs to another store.
 */
export function changesSince(
  kysely: Kysely<Schema>,
  since: number,
  most: number,
): Promise<ChangedRows | undefined> {
  return atOneVersion(kysely, async (head) => {
    if (head.version < since) return undefined;
    const keys = await changedKeys(kysely, since, head, most);
    if (!keys) return undefined;
    const rows = new Map<string, Found[]>(keys.map((key) => [key, []]));
    for (let from = 0; from < keys.length; from += PAGE) {
      if (from > 0) await nextTurn();
      for (const one of await rowsOf(kysely, keys.slice(from, from + PAGE), head))
        rows.get(one.row.key)?.push(one);
    }
    return { version: head.version, rows };
  });
}

interface Found {
  readonly source: string;
  readonly row: DirectoryRow;
}

/** Every committed import changed something. An import without a record has lost that record to retention. */
async function changedKeys(
  kysely: Kysely<Schema>,
  since: number,
  head: DirectoryHead,
  most: number,
): Promise<readonly string[] | undefined> {
  const newer = kysely
    .selectFrom('directory_batches as b')
    .where('b.version', '>', since)
    .where('b.version', '<=', head.version);
  const batches = await newer
    .leftJoin('directory_audit as a', 'a.batch', 'b.batch')
    .select((of) => ['b.batch', of.fn.count<number>('a.row_key').as('keys')])
    .groupBy('b.batch')
    .execute();
  const total = batches.reduce((sum, { keys }) => sum + Number(keys), 0);
  if (
    total > most ||
    batches.length !== head.version - since ||
    batches.some(({ keys }) => Number(keys) === 0)
  ) {
    return undefined;
  }
  const rows = await newer
    .innerJoin('directory_audit as a', 'a.batch', 'b.batch')
    .select('a.row_key')
    .distinct()
    .execute();
  return rows.map((row) => row.row_key);
}

async function rowsOf(
  kysely: Kysely<Schema>,
  keys: readonly string[],
  head: DirectoryHead,
): Promise<readonly Found[]> {
  const stored = await kysely
    .selectFrom('directory_rows')
    .select(['source', 'row_key', 'body'])
    .where('row_key', 'in', keys)
    .where('batch', '<=', head.batch)
    .orderBy('batch')
    .execute();
  const latest = new Map(stored.map((one) => [`${one.row_key} ${one.source}`, one]));
  return [...latest.values()].flatMap(({ source, body }) =>
    body === null ? [] : [{ source, row: JSON.parse(body) as DirectoryRow }],
  );
}
