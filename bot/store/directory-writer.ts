/**
 * Writes an import into the directory, all or nothing: its rows are staged in small transactions under a batch number
 * nobody reads, and one small transaction makes the batch count. Bot state is written in between, and the event loop
 * is never held for long. A process that dies half-way leaves rows that never count; the next import sweeps them.
 */
import type { Kysely } from 'kysely';
import type { DirectoryRow } from '../../core/directory/types.js';
import { DeskError } from '../../core/errors.js';
import type { DirectoryChange } from '../../core/ports.js';
import { nextNumber } from './counters.js';
import { bodiesOf, directoryVersion } from './directory-reader.js';
import { sweepBatch, sweepLeftovers } from './directory-sweep.js';
import { inPages } from './pages.js';
import type { Schema } from './schema.js';

const CHUNK = 200;

interface Staged {
  readonly key: string;
  /** Absent: the row goes. */
  readonly body?: string;
}

/** Commits a change; the caller sees to it that no other commit runs. Returns the version it leaves. */
export async function writeChange(kysely: Kysely<Schema>, change: DirectoryChange): Promise<number> {
  await sweepLeftovers(kysely);
  const batch = await openBatch(kysely, change);
  let staged = 0;
  try {
    await inPages(change.upserts, CHUNK, async (rows) => {
      staged += await stage(kysely, change.source, batch, rows.map(toStaged));
    });
    await inPages(change.removals, CHUNK, async (keys) => {
      staged += await stage(
        kysely,
        change.source,
        batch,
        keys.map((key) => ({ key })),
      );
    });
    if (staged > 0) await makeCount(kysely, batch);
  } catch (error) {
    await abandon(kysely, batch);
    throw error;
  }
  if (staged === 0) await abandon(kysely, batch);
  else await sweepBatch(kysely, { batch, source: change.source });
  return directoryVersion(kysely);
}

const toStaged = (row: DirectoryRow): Staged => ({ key: row.key, body: JSON.stringify(row) });

async function openBatch(kysely: Kysely<Schema>, change: DirectoryChange): Promise<number> {
  const { source, actor, at } = change;
  const batch = await nextNumber(kysely, 'directory-batch');
  await kysely
    .insertInto('directory_batches')
    .values({ batch, source, actor, at, state: 'staging', version: null, swept: 0 })
    .execute();
  return batch;
}

/** Stages those of the rows that differ from what counts now, with what they were. Returns how many. */
async function stage(
  kysely: Kysely<Schema>,
  source: string,
  batch: number,
  rows: readonly Staged[],
): Promise<number> {
  // A key given twice in one import: the last one is meant.
  const wanted = [...new Map(rows.map((row) => [row.key, row])).values()];
  const present = await bodiesOf(
    kysely,
    source,
    wanted.map((row) => row.key),
  );
  const changed = wanted.filter((row) => present.get(row.key) !== row.body);
  if (changed.length === 0) return 0;
  await kysely.transaction().execute(async (trx) => {
    await trx
      .insertInto('directory_rows')
      .values(changed.map(({ key, body }) => ({ source, row_key: key, batch, body: body ?? null })))
      .onConflict((c) =>
        c.columns(['source', 'row_key', 'batch']).doUpdateSet((eb) => ({ body: eb.ref('excluded.body') })),
      )
      .execute();
    await trx
      .insertInto('directory_audit')
      .values(changed.map((row) => auditOf(batch, row, present.get(row.key))))
      .onConflict((c) =>
        c
          .columns(['batch', 'row_key'])
          .doUpdateSet((eb) => ({ change: eb.ref('excluded.change'), after: eb.ref('excluded.after') })),
      )
      .execute();
  });
  return changed.length;
}

function auditOf(batch: number, { key, body }: Staged, before: string | undefined) {
  const change = before === undefined ? 'add' : body === undefined ? 'remove' : 'change';
  return { batch, row_key: key, change, before: before ?? null, after: body ?? null };
}

/** From here on the batch is the directory. Fails, and changes nothing, when another writer swept it meanwhile. */
async function makeCount(kysely: Kysely<Schema>, batch: number): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    const version = (await directoryVersion(trx)) + 1;
    const done = await trx
      .updateTable('directory_batches')
      .set({ state: 'committed', version })
      .where('batch', '=', batch)
      .where('state', '=', 'staging')
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) {
      throw new DeskError('store.conflict', 'Another import took over while this one was being written');
    }
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
    // The store is gone; the batch stays in staging, counts for nothing, and is swept by the next import.
  }
}
