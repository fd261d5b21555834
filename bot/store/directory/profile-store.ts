/** The partner profile: every version with its author and time. The last version counts. */
import type { Kysely, Selectable } from 'kysely';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { DeskError } from '../../../core/errors.js';
import type { KeptProfile, ProfileVersion } from '../../../core/ports.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';

type Row = Selectable<Schema['partner_profile']>;

const versionOf = ({ version, body, actor, at }: Row): ProfileVersion => ({
  version,
  profile: JSON.parse(body) as PartnerProfile,
  actor,
  at,
});

export function profileStore(kysely: Kysely<Schema>, engine: Engine): KeptProfile {
  const newest = kysely.selectFrom('partner_profile').selectAll().orderBy('version', 'desc');
  const history = async (limit: number) => (await newest.limit(limit).execute()).map(versionOf);
  const lastBy = async (prefix: string) => {
    const row = await newest.where('actor', 'like', `${prefix}%`).limit(1).executeTakeFirst();
    return row && versionOf(row);
  };
  return {
    history,
    lastBy,
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
