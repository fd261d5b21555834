/** A directory store in memory, for tests of the core's services. */
import { mergeDirectory } from '../../core/directory/merge.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { Directory, DirectoryRow } from '../../core/directory/types.js';
import type {
  AuditEntry,
  DirectoryChange,
  DirectoryStore,
  KeptDirectory,
  ProfileStore,
} from '../../core/ports.js';

interface MemoryDirectoryStore extends DirectoryStore, Pick<KeptDirectory, 'audit'> {
  /** Every committed change, in order. */
  readonly commits: readonly DirectoryChange[];
  /** Makes the next commit fail without writing. */
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
    audit: ({ key, limit }) => Promise.resolve(auditOf(commits, key).slice(0, limit)),
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
      // Copy through JSON, as a real store does: no shared objects, no undefined fields.
      for (const row of change.upserts) rows.set(row.key, JSON.parse(JSON.stringify(row)) as DirectoryRow);
      sources.set(change.source, rows);
      commits.push(change);
      return Promise.resolve(commits.length);
    },
  };
}

/** The changes of one key, newest first. */
function auditOf(commits: readonly DirectoryChange[], key = ''): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  const last = new Map<string, DirectoryRow>();
  commits.forEach(({ source, actor, at, upserts, removals }, index) => {
    const before = last.get(source);
    const after = upserts.find((row) => row.key === key);
    if (!after && !removals.includes(key)) return;
    const change = after ? (before ? 'change' : 'add') : 'remove';
    entries.unshift({ version: index + 1, source, actor, at, key, change, before, after });
    if (after) last.set(source, after);
    else last.delete(source);
  });
  return entries;
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
