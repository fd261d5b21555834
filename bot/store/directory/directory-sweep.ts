/** Deletes directory rows that no longer count, in small steps. A killed process can stop at any step without harm. */
import type { Kysely } from 'kysely';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';
import { inPages, readPages } from '../engine/rows.js';

const PAGE = 250;

interface Batch {
  readonly batch: number;
  readonly source: string;
}

/** Finishes the work of earlier imports: batches that were never committed, and sweeps that were interrupted. */
export async function sweepLeftovers(kysely: Kysely<Schema>, engine: Engine): Promise<void> {
  await kysely
    .updateTable('directory_batches')
    .set({ state: 'abandoned' })
    .where('state', '=', 'staging')
    .execute();
  const left = await kysely
    .selectFrom('directory_batches')
    .select(['batch', 'source', 'state'])
    .where((where) => where.or([where('state', '=', 'abandoned'), where('swept', '=', 0)]))
    .orderBy('batch')
    .execute();
  for (const one of left) {
    if (one.state === 'abandoned') await discardBatch(kysely, engine, one);
    else await sweepBatch(kysely, engine, one);
  }
}

/** Deletes the rows that a committed batch has superseded, then the batch's own marks of removed rows. */
export async function sweepBatch(
  kysely: Kysely<Schema>,
  engine: Engine,
  batch: Batch,
  keys?: readonly string[],
): Promise<void> {
  if (keys) await inPages(keys, PAGE, (page) => engine.unhurried((trx) => sweepKeys(trx, batch, page)));
  else
    for await (const page of keysOf(kysely, batch))
      await engine.unhurried((trx) => sweepKeys(trx, batch, page));
  await kysely.updateTable('directory_batches').set({ swept: 1 }).where('batch', '=', batch.batch).execute();
}

async function sweepKeys(
  kysely: Kysely<Schema>,
  { batch, source }: Batch,
  keys: readonly string[],
): Promise<void> {
  const rows = kysely.deleteFrom('directory_rows').where('source', '=', source).where('row_key', 'in', keys);
  await rows.where('batch', '<', batch).execute();
  await rows.where('batch', '=', batch).where('body', 'is', null).execute();
}

async function discardBatch(kysely: Kysely<Schema>, engine: Engine, { batch, source }: Batch): Promise<void> {
  for await (const keys of keysOf(kysely, { batch, source })) {
    await engine.unhurried(async (trx) => {
      await trx
        .deleteFrom('directory_rows')
        .where('source', '=', source)
        .where('row_key', 'in', keys)
        .where('batch', '=', batch)
        .execute();
      await trx
        .deleteFrom('directory_audit')
        .where('batch', '=', batch)
        .where('row_key', 'in', keys)
        .execute();
    });
  }
  await kysely.deleteFrom('directory_batches').where('batch', '=', batch).execute();
}

/** The keys that a batch wrote, one page at a time. A page is never empty. */
async function* keysOf(kysely: Kysely<Schema>, { batch, source }: Batch): AsyncGenerator<readonly string[]> {
  const pages = readPages<string>(PAGE, async (last) => {
    const rows = await kysely
      .selectFrom('directory_rows')
      .select('row_key')
      .where('source', '=', source)
      .where('row_key', '>', last ?? '')
      .where('batch', '=', batch)
      .orderBy('row_key')
      .limit(PAGE)
      .execute();
    return rows.map((row) => row.row_key);
  });
  for await (const keys of pages) if (keys.length > 0) yield keys;
}
