/** Counts the answers about each offer by day. It holds no words and no person. */
import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.js';

const DAY_MS = 86_400_000;

export interface AskedOfferStore {
  /** Counts one answer about the offer. @param at milliseconds since the epoch */
  count(offerId: string, at: number): Promise<void>;
  /** The number of answers about each offer since then. */
  since(at: number): Promise<ReadonlyMap<string, number>>;
  /** Deletes the counts of days before that moment. Returns the number of deleted counts. */
  purge(before: number): Promise<number>;
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

export function askedOfferStore(kysely: Kysely<Schema>): AskedOfferStore {
  return {
    async count(offerId, at) {
      await kysely
        .insertInto('asked_offers')
        .values({ offer_id: offerId, day: dayOf(at), times: 1 })
        .onConflict((conflict) =>
          conflict.columns(['offer_id', 'day']).doUpdateSet((row) => ({
            times: row('asked_offers.times', '+', 1),
          })),
        )
        .execute();
    },
    async since(at) {
      const rows = await kysely
        .selectFrom('asked_offers')
        .select((row) => ['offer_id', row.fn.sum<number | string>('times').as('times')])
        .where('day', '>=', dayOf(at))
        .groupBy('offer_id')
        .execute();
      return new Map(rows.map(({ offer_id, times }) => [offer_id, Number(times)]));
    },
    async purge(before) {
      const gone = await kysely
        .deleteFrom('asked_offers')
        .where('day', '<', dayOf(before))
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
