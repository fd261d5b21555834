/** A directory store in memory: what the core's services are tested against. */
import { mergeDirectory } from '../../core/directory/merge.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { Directory, DirectoryRow } from '../../core/directory/types.js';
import type { DirectoryChange, DirectoryStore, ProfileStore } from '../../core/ports.js';

interface MemoryDirectoryStore extends DirectoryStore {
  /** Every change committed, in order. */
  readonly commits: readonly DirectoryChange[];
  /** Makes the next commit fail, with nothing written. */
  failNext(error: Error): void;
}

export function memoryDirectoryStore(): MemoryDirectoryStore {
  const sources = new Map<string, Map<string, DirectoryRow>>();
  const commits: DirectoryChange[] = [];
  let failure: Error | undefined;
  return {
    commits,
    failNext: (error) => {
      failure = error;
    },
    version: () => Promise.resolve(commits.length),
    rowsOf: (source) => Promise.resolve(new Map(sources.get(source))),
    load: (): Promise<Directory> =>
      Promise.resolve(
        mergeDirectory(
          commits.length,
          [...sources].map(([source, rows]) => ({ source, rows: rows.values() })),
        ),
      ),
    commit: (change) => {
      if (failure) {
        const error = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (change.upserts.length + change.removals.length === 0) return Promise.resolve(commits.length);
      const rows = new Map(sources.get(change.source));
      for (const key of change.removals) rows.delete(key);
      // Through JSON, as a real store would: no shared objects, no undefined fields.
      for (const row of change.upserts) rows.set(row.key, JSON.parse(JSON.stringify(row)) as DirectoryRow);
      sources.set(change.source, rows);
      commits.push(change);
      return Promise.resolve(commits.length);
    },
  };
}

export function memoryProfileStore(): ProfileStore {
  let saved: PartnerProfile | undefined;
  return {
    load: () => Promise.resolve(saved),
    save: (profile) => {
      saved = profile;
      return Promise.resolve();
    },
  };
}
