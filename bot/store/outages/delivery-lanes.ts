/** Chooses the next cards by tenant, so that a large or waiting tenant does not delay the others. */
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';

export type ClaimableRow = Pick<Selectable<Schema['deliveries']>, 'incident_id' | 'reader_id' | 'body'>;

export interface Wish {
  readonly now: number;
  readonly limit: number;
  /** Tenants to leave out. */
  readonly left: readonly string[];
}

/** The number of lanes read at once, and the number of rows of one lane that justify a query. */
const LANES = 32;
const LEAST = 10;

/** Goes round the tenants that have due rows of one status. */
export class Lanes {
  #after = '';

  constructor(private readonly status: 'due' | 'held') {}

  /** Rows without a worker, the oldest of each lane first. Stops at the limit, and the next call continues there. */
  async rows(trx: Kysely<Schema>, engine: Engine, wish: Wish): Promise<readonly ClaimableRow[]> {
    const lanes = await this.#lanes(trx, wish);
    const share = Math.max(LEAST, Math.ceil(wish.limit / Math.max(1, lanes.length)));
    const rows: ClaimableRow[] = [];
    this.#after = lanes.length < LANES ? '' : (lanes[lanes.length - 1] ?? '');
    for (const tenant of lanes) {
      const most = Math.min(share, wish.limit - rows.length);
      rows.push(...(await engine.claiming(this.#lane(trx, tenant, wish, most)).execute()));
      if (rows.length < wish.limit) continue;
      this.#after = tenant;
      break;
    }
    return rows;
  }

  #lane(trx: Kysely<Schema>, tenant: string, { now }: Wish, most: number) {
    return trx
      .selectFrom('deliveries')
      .select(['incident_id', 'reader_id', 'body'])
      .where('status', '=', this.status)
      .where('tenant_id', '=', tenant)
      .where('due_at', '<=', now)
      .where('lease_until', '<=', now)
      .orderBy('due_at')
      .limit(most);
  }

  /** The tenants after the last served one; all tenants when none was served. */
  async #lanes(trx: Kysely<Schema>, wish: Wish): Promise<readonly string[]> {
    const found = await this.#lanesAfter(trx, wish, this.#after);
    return found.length > 0 || this.#after === '' ? found : this.#lanesAfter(trx, wish, '');
  }

  /** Jumps from tenant to tenant in the index: one look per tenant, for any number of rows. */
  async #lanesAfter(trx: Kysely<Schema>, { now, left }: Wish, after: string): Promise<readonly string[]> {
    const out =
      left.length === 0 ? sql`` : sql`and tenant not in (${sql.join(left.map((one) => sql`${one}`))})`;
    const next = (than: unknown) =>
      sql`(select min(d.tenant_id) from deliveries d where d.status = ${this.status} and d.tenant_id > ${than})`;
    const { rows } = await sql<{ tenant: string }>`
      with recursive lane(tenant) as (
        select ${next(after)}
        union all
        select ${next(sql.ref('lane.tenant'))} from lane where lane.tenant is not null
      )
      select tenant from lane
      where tenant is not null ${out} and exists (
        select 1 from deliveries d
        where d.status = ${this.status} and d.tenant_id = lane.tenant and d.due_at <= ${now}
      )
      limit ${LANES}`.execute(trx);
    return rows.map((row) => row.tenant);
  }
}
