/** Tells whether the fictional sample is in force, and names the missing set-up steps. */
import { NO_PROFILE, type PartnerProfile, type SetUp } from '../../core/directory/profile.js';
import type { DirectoryStore, KeptProfile } from '../../core/ports.js';
import { SAMPLE_SOURCE } from '../directory/sample.js';
import type { Config } from './config.js';
import type { AppContext } from './context.js';
import { live, type Live } from './live-values.js';
import type { LiveDirectory } from './live-directory.js';

interface SetUpDeps {
  readonly config: Pick<Config, 'registration' | 'admins' | 'adminGroups'>;
  readonly directory: Pick<LiveDirectory, 'view'>;
  readonly profile: () => PartnerProfile;
  readonly sampleKept: boolean;
}

/** The missing set-up steps; undefined once the bot has a profile. */
export function setUpOf({ config, directory, profile, sampleKept }: SetUpDeps): SetUp | undefined {
  if (profile() !== NO_PROFILE) return undefined;
  const noDirectory = directory.view().directory.offers.size === 0;
  const noAdmins = config.admins.length === 0 && config.adminGroups.length === 0;
  return {
    sampleKept,
    needs: [
      'profile',
      ...(noDirectory ? (['directory'] as const) : []),
      ...(noAdmins ? (['admins'] as const) : []),
    ],
  };
}

/** True while the newest profile is the sample, even after edits in the chat. */
export async function isSample(store: Pick<KeptProfile, 'lastBy'>): Promise<boolean> {
  return (await store.lastBy(''))?.sample ?? false;
}

/** True while the directory has rows of the sample. A forgotten source stays on record, without rows. */
export async function holdsSampleRows(directory: Pick<DirectoryStore, 'rowsOf'>): Promise<boolean> {
  return (await directory.rowsOf(SAMPLE_SOURCE)).size > 0;
}

/** True while the profile or the directory is the fictional sample. A registered bot never has the sample. */
export function openSampleInForce({
  config,
  stores,
  now,
  log,
}: Pick<AppContext, 'config' | 'stores' | 'now' | 'log'>): Promise<Live<boolean>> {
  const read = async (): Promise<boolean> => {
    if (config.registration) return false;
    if (await isSample(stores.profile)) return true;
    return holdsSampleRows(stores.directory);
  };
  return live(read, { now, log });
}
