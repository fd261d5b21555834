/** What a partner's token says about a visitor, by conversation: a keyed hash of the customer, a tenant, owned offers. */
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { PurchaseChannel } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';

export interface Visitor {
  /** Tells one customer of the partner from another, and names nobody. */
  readonly customer: string;
  readonly tenantId?: string;
  readonly offers: readonly { readonly offerId: string; readonly channel?: PurchaseChannel }[];
}

export interface VisitorStore {
  get(conversationId: string): Promise<Visitor | undefined>;
  /** Keeps the newest of one customer. False for a conversation of another: nothing changes. Atomic. */
  bind(conversationId: string, visitor: Visitor): Promise<boolean>;
  forget(conversationId: string): Promise<void>;
  /** Deletes what was vouched for before `before` (milliseconds) in conversations that are no more. Returns how many. */
  purge(before: number): Promise<number>;
}

/** Name of the secret the marks are made with. */
export const MARK_KEY = 'customer-marks';

/** What stands for a partner's customer id: the same id gives the same mark, and no mark gives its id. */
export function customerMark(key: Uint8Array, subject: string): string {
  return createHmac('sha256', key).update(`offer-desk/customer\n${subject}`).digest('base64url');
}

export function visitorStore(kysely: Kysely<Schema>, now: Clock): VisitorStore {
  return {
    async get(conversationId) {
      const row = await kysely
        .selectFrom('web_visitors')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      if (!row) return undefined;
      const offers = JSON.parse(row.offers) as Visitor['offers'];
      return { customer: row.customer, offers, ...(row.tenant_id && { tenantId: row.tenant_id }) };
    },
    async bind(conversationId, { customer, tenantId = null, offers }) {
      const news = { tenant_id: tenantId, offers: JSON.stringify(offers), at: now() };
      const kept = await kysely
        .insertInto('web_visitors')
        .values({ conversation_id: conversationId, customer, ...news })
        .onConflict((conflict) =>
          conflict.column('conversation_id').doUpdateSet(news).where('web_visitors.customer', '=', customer),
        )
        .returning('conversation_id')
        .executeTakeFirst();
      return kept !== undefined;
    },
    async forget(conversationId) {
      await kysely.deleteFrom('web_visitors').where('conversation_id', '=', conversationId).execute();
    },
    async purge(before) {
      const living = kysely.selectFrom('conversations').select('id');
      const gone = await kysely
        .deleteFrom('web_visitors')
        .where('at', '<', before)
        .where('conversation_id', 'not in', living)
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
