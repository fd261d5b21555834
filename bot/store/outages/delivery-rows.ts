/** The row format of deliveries: the whole delivery as JSON, and columns for queries. */
import type { Kysely } from 'kysely';
import { standing } from '../../../core/incident/ledger.js';
import type { Delivery } from '../../../core/incident/delivery.js';
import type { Schema } from '../engine/schema.js';

export type DeliveryRow = Schema['deliveries'];

/** The columns of a delivery without a claim. */
export function rowOf(delivery: Delivery): DeliveryRow {
  return {
    incident_id: delivery.incidentId,
    reader_id: delivery.readerId,
    tenant_id: delivery.tenantId,
    status: delivery.status,
    due_at: delivery.dueAt,
    lease_until: 0,
    standing: standing(delivery),
    suspected: delivery.suspected,
    body: JSON.stringify(delivery),
  };
}

export function deliveryOf(row: Pick<DeliveryRow, 'body'>): Delivery {
  return JSON.parse(row.body) as Delivery;
}

/** Writes new and changed deliveries. A claim on a row stays: its worker notices the change and reads the row again. */
export async function putDeliveries(trx: Kysely<Schema>, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await trx
    .insertInto('deliveries')
    .values(deliveries.map(rowOf))
    .onConflict((conflict) =>
      conflict.columns(['incident_id', 'reader_id']).doUpdateSet((eb) => ({
        status: eb.ref('excluded.status'),
        due_at: eb.ref('excluded.due_at'),
        standing: eb.ref('excluded.standing'),
        suspected: eb.ref('excluded.suspected'),
        body: eb.ref('excluded.body'),
      })),
    )
    .execute();
}
