/**
 * The facts in a partner's token about a visitor, by conversation: a keyed hash of the customer, a tenant, a
 * country, owned offers.
 */
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { PurchaseChannel } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';

export interface Visitor {
  /** Distinguishes the partner's customers without naming them. */
  readonly customer: string;
  readonly tenantId?: string;
  /** ISO code of the country on the customer's invoices. */
  readonly country?: string;
  readonly offers: readonly { readonly offerId: string; readonly channel?: PurchaseChannel }[];
}

export interface VisitorStore {
  get(conversationId: string): Promise<Visitor | undefined>;
  /**
   * Keeps the newest facts of one customer. Returns false and changes nothing when the conversation belongs to another
   * customer. Atomic.
   */
  bind(conversationId: string, visitor: Visitor): Promise<boolean>;
  forget(conversationId: string): Promise<void>;
  /**
   * Deletes facts from before `before` (milliseconds) whose conversation no longer exists. Returns the number deleted.
   */
  purge(before: number): Promise<number>;
}

/** Name of the secret that makes the marks. */
export const MARK_KEY = 'customer-marks';

/** The mark that replaces a partner's customer id. The same id gives the same mark. A mark does not reveal its id. */
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
      const { customer, tenant_id: tenantId, country } = row;
      return { customer, offers, ...(tenantId && { tenantId }), ...(country && { country }) };
    },
    async bind(conversationId, { customer, tenantId = null, country = null, offers }) {
      const news = { tenant_id: tenantId, country, offers: JSON.stringify(offers), at: now() };
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
