/**
 * Writes an import into the directory, all or nothing. Small transactions stage its rows under a batch number that
 * readers ignore. One small transaction then commits the batch. The bot can write its state in between, and no step
 * blocks the event loop for long. If a process dies half-way, its rows never count, and the next import deletes them.
 */
import type { Kysely } from 'kysely';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { DeskError } from '../../../core/errors.js';
import type { DirectoryChange } from '../../../core/ports.js';
import { nextNumber, BulkInsert, inPages } from '../engine/rows.js';
import { bodiesOf, directoryHead, type DirectoryHead } from './directory-reader.js';
import type { Engine } from '../engine/engine.js';
import { sweepBatch, sweepLeftovers } from './directory-sweep.js';
import type { Schema } from '../engine/schema.js';

const CHUNK = 250;
/** An import of more than this many rows updates the planner's statistics of the table. */
const BULK = 1000;

interface Staged {
  readonly key: string;
  /** Absent: the row is removed. */
  readonly body?: string;
}

interface Writing {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
  readonly source: string;
  readonly batch: number;
  /** The rows to compare with. */
  readonly head: DirectoryHead;
  readonly rows: BulkInsert<'directory_rows'>;
  readonly audit: BulkInsert<'directory_audit'>;
}

/** Commits a change and returns the new version. The caller makes sure that no other commit runs. */
export async function writeChange(
  kysely: Kysely<Schema>,
  engine: Engine,
  change: DirectoryChange,
): Promise<number> {
  await sweepLeftovers(kysely, engine);
  const writing = await begin(kysely, engine, change);
  let staged = 0;
  /** Keys that had a row before. A new key has no old row to sweep. */
  const superseded: string[] = [];
  try {
    await inPages(lastOfEach(change), CHUNK, async (rows) => {
      const written = await stage(writing, rows.map(toStaged));
      staged += written.length;
      superseded.push(...written.filter((one) => one.replaces).map((one) => one.key));
    });
    if (staged > 0) await makeCount(kysely, writing);
  } catch (error) {
    await abandon(kysely, writing.batch);
    throw error;
  }
  if (staged === 0) await abandon(kysely, writing.batch);
  else await sweepBatch(kysely, engine, { batch: writing.batch, source: change.source }, superseded);
  if (staged > BULK) await engine.afterBulk('directory_rows');
  return (await directoryHead(kysely)).version;
}

/**
 * The change for each key: of a key named twice the last row counts, and removals come after all rows. Sorted by key,
 * because the table is stored and read in that order.
 */
function lastOfEach(change: DirectoryChange): readonly (DirectoryRow | string)[] {
  const wanted = new Map<string, DirectoryRow | string>();
  for (const row of change.upserts) wanted.set(row.key, row);
  for (const key of change.removals) wanted.set(key, key);
  return [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const toStaged = (row: DirectoryRow | string): Staged =>
  typeof row === 'string' ? { key: row } : { key: row.key, body: JSON.stringify(row) };

async function begin(kysely: Kysely<Schema>, engine: Engine, change: DirectoryChange): Promise<Writing> {
  const { source, actor, at } = change;
  const batch = await nextNumber(kysely, 'directory-batch');
  await kysely
    .insertInto('directory_batches')
    .values({ batch, source, actor, at, state: 'staging', version: null, swept: 0 })
    .execute();
  return {
    kysely,
    engine,
    source,
    batch,
    head: await directoryHead(kysely),
    rows: new BulkInsert('directory_rows', ['source', 'row_key', 'batch', 'body']),
    audit: new BulkInsert('directory_audit', ['batch', 'row_key', 'change', 'before', 'after']),
  };
}

interface Written {
  readonly key: string;
  readonly replaces: boolean;
}

/** Stages the rows that differ from the current rows, and records the old values. Returns the staged rows. */
async function stage(writing: Writing, rows: readonly Staged[]): Promise<readonly Written[]> {
  const { kysely, source, batch, head } = writing;
  const present = await bodiesOf(
    kysely,
    source,
    head,
    rows.map((row) => row.key),
  );
  const changed = rows.filter((row) => present.get(row.key) !== row.body);
  if (changed.length === 0) return [];
  await writing.engine.unhurried(async (trx) => {
    await stillMine(trx, batch);
    await writing.rows.run(
      trx,
      changed.map(({ key, body }) => [source, key, batch, body ?? null]),
    );
    await writing.audit.run(
      trx,
      changed.map((row) => auditOf(batch, row, present.get(row.key))),
    );
  });
  return changed.map(({ key }) => ({ key, replaces: present.has(key) }));
}

function auditOf(batch: number, { key, body }: Staged, before: string | undefined): readonly unknown[] {
  const change = before === undefined ? 'add' : body === undefined ? 'remove' : 'change';
  return [batch, key, change, before ?? null, body ?? null];
}

/**
 * Locks the batch's row until the transaction ends. A process that takes over (because it thinks this writer is dead)
 * marks the batch first. After that mark, no row is added to the batch.
 */
async function stillMine(trx: Kysely<Schema>, batch: number): Promise<void> {
  const held = await trx
    .updateTable('directory_batches')
    .set({ swept: 0 })
    .where('batch', '=', batch)
    .where('state', '=', 'staging')
    .executeTakeFirst();
  if (held.numUpdatedRows === 0n) {
    throw new DeskError('store.conflict', 'Another import took over while this one was being written');
  }
}

/** Commits the batch: from now on readers see it. */
async function makeCount(kysely: Kysely<Schema>, { batch, head }: Writing): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    await stillMine(trx, batch);
    const version = head.version + 1;
    await trx
      .updateTable('directory_batches')
      .set({ state: 'committed', version })
      .where('batch', '=', batch)
      .execute();
  });
}

async function abandon(kysely: Kysely<Schema>, batch: number): Promise<void> {
  try {
    await kysely
      .updateTable('directory_batches')
      .set({ state: 'abandoned' })
      .where('batch', '=', batch)
      .where('state', '=', 'staging')
      .execute();
  } catch {
    // The store is unavailable. The batch stays in staging and does not count; the next import deletes it.
  }
}
