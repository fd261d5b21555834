/** Reads the rows of the directory that count now: of each key the one of the last committed import. */
import type { Kysely } from 'kysely';
import type { DirectoryRow } from '../../core/directory/types.js';
import { DeskError } from '../../core/errors.js';
import { readPages } from './pages.js';
import type { Schema } from './schema.js';

/** Small enough that reading and parsing a page keeps the event loop for a few milliseconds. */
const PAGE = 500;
const TRIES = 5;

export type RowsByKey = ReadonlyMap<string, DirectoryRow>;

/** The number of the last committed import; 0 for none. */
export async function directoryVersion(kysely: Kysely<Schema>): Promise<number> {
  const last = await kysely
    .selectFrom('directory_batches')
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .executeTakeFirst();
  return last?.version ?? 0;
}

/** Sources that ever committed a row. */
export async function directorySources(kysely: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await kysely
    .selectFrom('directory_batches')
    .select('source')
    .distinct()
    .where('state', '=', 'committed')
    .orderBy('source')
    .execute();
  return rows.map((row) => row.source);
}

/**
 * Reads in pages and hands over what was read when no import came between: everything is of one version.
 * @throws DeskError `store.unavailable` when imports follow each other faster than it can read.
 */
export async function atOneVersion<T>(
  kysely: Kysely<Schema>,
  read: (version: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const version = await directoryVersion(kysely);
    const result = await read(version);
    if ((await directoryVersion(kysely)) === version) return result;
  }
  throw new DeskError('store.unavailable', 'The directory changes faster than it can be read');
}

/** The rows of one source that count now, by key. */
export async function readRows(kysely: Kysely<Schema>, source: string): Promise<Map<string, DirectoryRow>> {
  const found = new Map<string, DirectoryRow>();
  const pages = readPages<{ row_key: string; body: string | null }>(PAGE, (last) =>
    page(kysely, source, last?.row_key ?? ''),
  );
  for await (const rows of pages) {
    for (const row of rows) {
      if (row.body !== null) found.set(row.row_key, JSON.parse(row.body) as DirectoryRow);
    }
  }
  return found;
}

/** The bodies that count now of the keys given. */
export async function bodiesOf(
  kysely: Kysely<Schema>,
  source: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await current(kysely, source).where('r.row_key', 'in', keys).execute();
  return new Map(rows.flatMap((row) => (row.body === null ? [] : [[row.row_key, row.body] as const])));
}

/** One statement a page, so a page is of one moment even while superseded rows are swept away. */
function page(kysely: Kysely<Schema>, source: string, after: string) {
  return current(kysely, source).where('r.row_key', '>', after).orderBy('r.row_key').limit(PAGE).execute();
}

function current(kysely: Kysely<Schema>, source: string) {
  return kysely
    .selectFrom('directory_rows as r')
    .innerJoin('directory_batches as b', 'b.batch', 'r.batch')
    .select(['r.row_key', 'r.body'])
    .where('r.source', '=', source)
    .where('b.state', '=', 'committed')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('directory_rows as n')
            .innerJoin('directory_batches as c', 'c.batch', 'n.batch')
            .select('n.batch')
            .whereRef('n.source', '=', 'r.source')
            .whereRef('n.row_key', '=', 'r.row_key')
            .whereRef('n.batch', '>', 'r.batch')
            .where('c.state', '=', 'committed'),
        ),
      ),
    );
}
