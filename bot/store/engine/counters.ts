/** Numbers handed out in order, each once, over all instances. */
import { sql, type Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Schema } from './schema.js';

/** The next number of `name`, from 1. */
export async function nextNumber(kysely: Kysely<Schema>, name: string): Promise<number> {
  const row = await kysely
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql<number>`counters.value + 1` }))
    .returning('value')
    .executeTakeFirst();
  if (!row) throw new DeskError('invariant', `The counter ${name} gave no number`);
  return row.value;
}
