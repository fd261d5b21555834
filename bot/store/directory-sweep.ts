/** Takes away directory rows that no longer count, in small steps that may be killed at any point. */
import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.js';
import { readPages } from './pages.js';

const PAGE = 500;

interface Batch {
  readonly batch: number;
  readonly source: string;
}

/** Finishes what earlier imports left: batches that never came to count, and sweeps cut short. */
export async function sweepLeftovers(kysely: Kysely<Schema>): Promise<void> {
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
    if (one.state === 'abandoned') await discardBatch(kysely, one);
    else await sweepBatch(kysely, one);
  }
}

/** Deletes the rows a committed batch has superseded, then its own marks of removed rows. */
export async function sweepBatch(kysely: Kysely<Schema>, { batch, source }: Batch): Promise<void> {
  for await (const keys of keysOf(kysely, { batch, source })) {
    await kysely
      .deleteFrom('directory_rows')
      .where('source', '=', source)
      .where('row_key', 'in', keys)
      .where('batch', '<', batch)
      .execute();
    await kysely
      .deleteFrom('directory_rows')
      .where('source', '=', source)
      .where('row_key', 'in', keys)
      .where('batch', '=', batch)
      .where('body', 'is', null)
      .execute();
  }
  await kysely.updateTable('directory_batches').set({ swept: 1 }).where('batch', '=', batch).execute();
}

async function discardBatch(kysely: Kysely<Schema>, { batch, source }: Batch): Promise<void> {
  for await (const keys of keysOf(kysely, { batch, source })) {
    await kysely
      .deleteFrom('directory_rows')
      .where('source', '=', source)
      .where('row_key', 'in', keys)
      .where('batch', '=', batch)
      .execute();
    await kysely
      .deleteFrom('directory_audit')
      .where('batch', '=', batch)
      .where('row_key', 'in', keys)
      .execute();
  }
  await kysely.deleteFrom('directory_batches').where('batch', '=', batch).execute();
}

/** Keys a batch wrote, a page at a time; never an empty page. */
async function* keysOf(kysely: Kysely<Schema>, { batch, source }: Batch): AsyncGenerator<readonly string[]> {
  const pages = readPages<string>(PAGE, async (last) => {
    const rows = await kysely
      .selectFrom('directory_rows')
      .select('row_key')
      .where('source', '=', source)
      .where('row_key', '>', last ?? '')
      // The unary plus keeps SQLite from preferring an order by batch over the order of keys.
      .where(sql<number>`batch + 0`, '=', batch)
      .orderBy('row_key')
      .limit(PAGE)
      .execute();
    return rows.map((row) => row.row_key);
  });
  for await (const keys of pages) if (keys.length > 0) yield keys;
}
