/** Makes what administrators' upkeep in the chat asks of the stores. Part of the wiring. */
import { wasGood } from '../../core/services/directory/sync-source.js';
import type { UpkeepServices } from '../../dialogs/admin/admin-services.js';
import type { LiveDirectory } from './live-directory.js';
import type { Stores } from '../store/stores.js';

export interface AdminWiring {
  readonly stores: Pick<Stores, 'directory' | 'profile' | 'people' | 'syncs'>;
  readonly directory: Pick<LiveDirectory, 'view' | 'refresh'>;
  /** Reads the profile anew. */
  readonly refreshProfile: () => Promise<void>;
  readonly afterCorrected?: UpkeepServices['afterCorrected'];
}

/** Names are kept beside those of whoever looks after an outage: one person has one name. */
const CHANNEL = 'msteams';
const LONGEST_NAME = 200;

export function openUpkeepServices(wiring: AdminWiring): UpkeepServices {
  const { stores, directory, refreshProfile, afterCorrected } = wiring;
  const { people } = stores;
  const key = (userId: string) => ({ channelId: CHANNEL, userId });
  return {
    directory: { ...stores.directory, load: () => present(stores, directory) },
    profile: stores.profile,
    ...(afterCorrected && { afterCorrected }),
    refresh: async () => {
      await Promise.all([directory.refresh(), refreshProfile()]);
    },
    failingSources: async () =>
      (await stores.syncs.list())
        .filter((one) => !wasGood(one))
        .map(({ source, succeededAt }) => ({
          name: source,
          ...(succeededAt === undefined ? {} : { goodOn: new Date(succeededAt).toISOString().slice(0, 10) }),
        })),
    people: {
      remember: async (id, name) => {
        if (name !== '') await people.set(key(id), { name: name.slice(0, LONGEST_NAME) });
      },
      namesOf: async (ids) => {
        const found = await Promise.all(
          [...new Set(ids)].map(async (id) => [id, (await people.get(key(id))).name] as const),
        );
        const names = new Map(found.flatMap(([id, name]) => (typeof name === 'string' ? [[id, name]] : [])));
        return (id) => names.get(id);
      },
    },
  };
}

/** What this instance knows, while nobody has changed it: a large directory is not read anew for one correction. */
async function present(
  stores: AdminWiring['stores'],
  { view }: AdminWiring['directory'],
): ReturnType<Stores['directory']['load']> {
  const known = view().directory;
  return (await stores.directory.version()) === known.version ? known : stores.directory.load();
}
