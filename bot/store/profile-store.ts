/** The partner profile: every version kept, with who saved it and when; the last one counts. */
import type { Kysely } from 'kysely';
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { ProfileStore } from '../../core/ports.js';
import type { Engine } from './engine.js';
import type { Schema } from './schema.js';

export interface ProfileVersion {
  readonly version: number;
  readonly profile: PartnerProfile;
  readonly actor: string;
  readonly at: number;
}

export interface ProfileHistoryStore extends ProfileStore {
  /** The versions saved so far, newest first. */
  history(limit: number): Promise<readonly ProfileVersion[]>;
}

export function profileStore(kysely: Kysely<Schema>, engine: Engine): ProfileHistoryStore {
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
    save: (profile, actor, at) =>
      engine.inOrder('#profile', async () => {
        const [last] = await history(1);
        const row = { version: (last?.version ?? 0) + 1, body: JSON.stringify(profile), actor, at };
        await kysely.insertInto('partner_profile').values(row).execute();
      }),
  };
}
