/** Connects administration in the chat with the stores. */
import { wasGood } from '../../core/services/directory/sync-source.js';
import type { AdminServices } from '../../dialogs/admin/admin-services.js';
import type { LiveDirectory } from './live-directory.js';
import type { Stores } from '../store/stores.js';
import { personNames } from './people.js';

type Kept = Pick<Stores, 'directory' | 'profile' | 'people' | 'syncs'>;

export interface AdminDeps {
  readonly stores: Kept;
  readonly directory: Pick<LiveDirectory, 'view' | 'refresh'>;
  /** Reads the directory and the profile again. */
  readonly refresh: () => Promise<void>;
  readonly afterCorrected?: AdminServices['afterCorrected'];
  readonly examine?: AdminServices['examine'];
  readonly learning?: AdminServices['learning'];
}

export function openAdminServices(deps: AdminDeps): AdminServices {
  const { stores, directory, refresh, afterCorrected, examine, learning } = deps;
  const names = personNames(stores);
  return {
    directory: { ...stores.directory, load: () => present(stores, directory) },
    profile: stores.profile,
    ...(afterCorrected && { afterCorrected }),
    ...(examine && { examine }),
    ...(learning && { learning }),
    refresh,
    failingSources: async () =>
      (await stores.syncs.list())
        .filter((one) => !wasGood(one))
        .map(({ source, succeededAt }) => ({
          name: source,
          ...(succeededAt === undefined ? {} : { goodOn: new Date(succeededAt).toISOString().slice(0, 10) }),
        })),
    people: {
      remember: names.remember,
      async namesOf(ids) {
        const known = await names.namesOf(ids);
        return (id) => known.get(id);
      },
    },
  };
}

/** This instance's directory, if it is unchanged: a large directory is not read again for one correction. */
async function present(
  stores: Kept,
  { view }: AdminDeps['directory'],
): ReturnType<Stores['directory']['load']> {
  const known = view().directory;
  return (await stores.directory.version()) === known.version ? known : stores.directory.load();
}
