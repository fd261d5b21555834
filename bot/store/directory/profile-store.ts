/** The partner profile: every version kept, with who saved it and when; the last one counts. */
import type { Kysely } from 'kysely';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { DeskError } from '../../../core/errors.js';
import type { KeptProfile } from '../../../core/ports.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';

export function profileStore(kysely: Kysely<Schema>, engine: Engine): KeptProfile {
  const history = async (limit: number) => {
    const query = kysely.selectFrom('partner_profile').selectAll().orderBy('version', 'desc').limit(limit);
    return (await query.execute()).map((row) => ({
      version: row.version,
      profile: JSON.parse(row.body) as PartnerProfile,
      actor: row.actor,
      at: row.at,
    }));
  };
  return {
    history,
    load: async () => (await history(1))[0]?.profile,
    save: (profile, actor, at, ifVersion) =>
      engine.inOrder('#profile', async () => {
        const [last] = await history(1);
        if (ifVersion !== undefined && ifVersion !== (last?.version ?? 0))
          throw new DeskError('store.conflict', 'The partner profile changed since it was read');
        const row = { version: (last?.version ?? 0) + 1, body: JSON.stringify(profile), actor, at };
        await kysely.insertInto('partner_profile').values(row).execute();
      }),
  };
}
