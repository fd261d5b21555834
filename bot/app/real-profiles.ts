/** Keeps the fictional sample out of a registered bot. */
import type { KeptProfile } from '../../core/ports.js';
import type { Config } from './config.js';

/**
 * The store of profiles. With a registration, versions of the sample and everything before them do not exist: they are
 * never in force, and no undo brings them back.
 */
export function realProfiles<S extends KeptProfile>(
  store: S,
  { registration }: Pick<Config, 'registration'>,
): S {
  if (!registration) return store;
  const history: KeptProfile['history'] = async (limit) => {
    const versions = await store.history(limit);
    const sample = versions.findIndex((one) => one.sample);
    return sample < 0 ? versions : versions.slice(0, sample);
  };
  const save: KeptProfile['save'] = async (profile, actor, at, ifVersion, sample = false) => {
    // For the caller, a version of the sample does not exist, and the first real profile replaces it.
    const [newest] = ifVersion === 0 ? await store.history(1) : [];
    await store.save(profile, actor, at, newest?.sample ? newest.version : ifVersion, sample);
  };
  return { ...store, history, save, load: async () => (await history(1))[0]?.profile };
}
