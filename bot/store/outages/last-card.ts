/** When a recipient last got something about an outage. */
import type { Kysely } from 'kysely';
import { deliveryOf } from './delivery-rows.js';
import type { Schema } from '../engine/schema.js';

/** Milliseconds since the epoch; 0 without any card. One look-up by key for each kept outage. */
export async function lastCardAt(kysely: Kysely<Schema>, readerId: string): Promise<number> {
  const rows = await kysely
    .selectFrom('deliveries')
    .select('body')
    .where('incident_id', 'in', (incidents) => incidents.selectFrom('incidents').select('id'))
    .where('reader_id', '=', readerId)
    .execute();
  return Math.max(0, ...rows.map((row) => deliveryOf(row).lastSentAt ?? 0));
}
