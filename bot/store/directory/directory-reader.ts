/**
 * Reads the current rows of the directory. Imports take effect in the order of their batch numbers: for each key, the
 * row of the highest batch up to the last committed batch counts. `body` null means that the row was removed.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { DeskError } from '../../../core/errors.js';
import type { Schema } from '../engine/schema.js';

/**
 * A page is small: reading and parsing it blocks the event loop for two or three milliseconds, also with PostgreSQL.
 */
const PAGE = 250;
const TRIES = 5;

/** The last committed import. Version and batch are 0 when there is none. */
export interface DirectoryHead {
  readonly version: number;
  readonly batch: number;
}

export async function directoryHead(kysely: Kysely<Schema>): Promise<DirectoryHead> {
  const last = await kysely
    .selectFrom('directory_batches')
    .select(['version', 'batch'])
    .where('version', 'is not', null)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { version: last?.version ?? 0, batch: last?.batch ?? 0 };
}

/** Sources that have committed at least one row. */
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
 * Reads in pages. Returns the rows when no import came between, so that all rows belong to one version.
 * @throws DeskError `store.unavailable` when imports arrive faster than the reader can read.
 */
export async function atOneVersion<T>(
  kysely: Kysely<Schema>,
  read: (head: DirectoryHead) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const head = await directoryHead(kysely);
    const result = await read(head);
    if ((await directoryHead(kysely)).version === head.version) return result;
  }
  throw new DeskError('store.unavailable', 'The directory changes faster than it can be read');
}

/** The current rows of one source at `head`, by key. */
export async function readRows(
  kysely: Kysely<Schema>,
  source: string,
  head: DirectoryHead,
): Promise<Map<string, DirectoryRow>> {
  const found = new Map<string, DirectoryRow>();
  for await (const rows of keyPages(kysely, source, head)) {
    for (const row of rows) {
      if (row.body === null) found.delete(row.row_key);
      else found.set(row.row_key, JSON.parse(row.body) as DirectoryRow);
    }
  }
  return found;
}

/** Pages end between keys: all rows of a key belong to one moment, even while a sweep deletes superseded rows. */
async function* keyPages(
  kysely: Kysely<Schema>,
  source: string,
  head: DirectoryHead,
): AsyncGenerator<readonly Stored[]> {
  let after = '';
  for (;;) {
    const rows = await stored(kysely, source, head)
      .where('row_key', '>', after)
      .orderBy('row_key')
      .orderBy('batch')
      .limit(PAGE)
      .execute();
    if (rows.length < PAGE) {
      yield rows;
      return;
    }
    const last = rows[rows.length - 1]?.row_key;
    const whole = rows.filter((row) => row.row_key !== last);
    if (whole.length === 0) throw new DeskError('invariant', `A row has ${PAGE} versions`);
    yield whole;
    after = whole[whole.length - 1]?.row_key ?? after;
    await nextTurn();
  }
}

/** The current bodies of the given keys at `head`. */
export async function bodiesOf(
  kysely: Kysely<Schema>,
  source: string,
  head: DirectoryHead,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await stored(kysely, source, head).where('row_key', 'in', keys).orderBy('batch').execute();
  const latest = new Map(rows.map((row) => [row.row_key, row.body]));
  return new Map([...latest].flatMap(([key, body]) => (body === null ? [] : [[key, body] as const])));
}

/** The current rows of one key at `head`, by source. */
export async function readKey(
  kysely: Kysely<Schema>,
  key: string,
  head: DirectoryHead,
): Promise<ReadonlyMap<string, DirectoryRow>> {
  const rows = await kysely
    .selectFrom('directory_rows')
    .select(['source', 'body'])
    .where('row_key', '=', key)
    .where('batch', '<=', head.batch)
    .orderBy('source')
    .orderBy('batch')
    .execute();
  const latest = new Map(rows.map(({ source, body }) => [source, body]));
  return new Map(
    [...latest].flatMap(([source, body]) =>
      body === null ? [] : [[source, JSON.parse(body) as DirectoryRow] as const],
    ),
  );
}

interface Stored {
  readonly row_key: string;
  readonly batch: number;
  readonly body: string | null;
}

function stored(kysely: Kysely<Schema>, source: string, head: DirectoryHead) {
  return kysely
    .selectFrom('directory_rows')
    .select(['row_key', 'batch', 'body'])
    .where('source', '=', source)
    .where('batch', '<=', head.batch);
}
