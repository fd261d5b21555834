/** Keeps the fictional sample out of a registered bot, and names the missing set-up steps. */
import { NO_PROFILE, type PartnerProfile, type SetUp } from '../../core/directory/profile.js';
import type { DirectoryStore, KeptProfile, ProfileVersion } from '../../core/ports.js';
import { SAMPLE_ACTOR, SAMPLE_SOURCE } from '../directory/sample.js';
import type { Config } from './config.js';
import type { AppContext } from './context.js';
import { live, type Live } from './live-values.js';
import type { LiveDirectory } from './live-directory.js';

/** The recorded actors for a profile from a whole file: by command, or by `OFFER_DESK_PROFILE`. */
const WHOLE_FILE = /^(cli|file):/;
/** How many record entries are read. */
export const MOST_VERSIONS = 200;

/** True while the newest profile comes from the sample, even after edits in the chat. */
export function isSample(versions: readonly ProfileVersion[]): boolean {
  for (const { actor } of versions) {
    if (actor === SAMPLE_ACTOR) return true;
    if (WHOLE_FILE.test(actor)) return false;
  }
  return false;
}

/** The store of profiles. With a registration, a profile from the sample counts as no profile. */
export function realProfiles<S extends KeptProfile>(
  store: S,
  { registration }: Pick<Config, 'registration'>,
): S {
  if (!registration) return store;
  const load = async (): Promise<PartnerProfile | undefined> => {
    const [newest] = await store.history(1);
    if (!newest || WHOLE_FILE.test(newest.actor)) return newest?.profile;
    return isSample(await store.history(MOST_VERSIONS)) ? undefined : newest.profile;
  };
  return { ...store, load };
}

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
    if (isSample(await stores.profile.history(MOST_VERSIONS))) return true;
    return holdsSampleRows(stores.directory);
  };
  return live(read, { now, log });
}
