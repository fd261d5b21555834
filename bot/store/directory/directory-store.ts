/** The contact directory and the partner profile: rows per source, imports that count as a whole, every version, and who changed what. */
import type { Kysely, Selectable } from 'kysely';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { DeskError } from '../../../core/errors.js';
import type {
  KeptProfile,
  ProfileVersion,
  AuditEntry,
  DirectoryChange,
  KeptDirectory,
} from '../../../core/ports.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';
import { mergedSlices, type Merged } from '../../../core/directory/merge.js';
import type { ChangedRows } from '../../../core/directory/merge-patch.js';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { inTimeSlices } from '../../../dialogs/shared/time-slices.js';
import { changesSince } from './directory-changes.js';
import { atOneVersion, directorySources, directoryHead, readKey, readRows } from './directory-reader.js';
import { writeChange } from './directory-writer.js';

type Row = Selectable<Schema['partner_profile']>;

const versionOf = ({ version, body, actor, at, sample }: Row): ProfileVersion => ({
  version,
  profile: JSON.parse(body) as PartnerProfile,
  actor,
  at,
  sample: sample === 1,
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
    save: (profile, actor, at, ifVersion, sample) =>
      engine.inOrder('#profile', async () => {
        const [last] = await history(1);
        if (ifVersion !== undefined && ifVersion !== (last?.version ?? 0))
          throw new DeskError('store.conflict', 'The partner profile changed since it was read');
        const version = (last?.version ?? 0) + 1;
        const isSample = sample ?? last?.sample ?? false;
        const row = { version, body: JSON.stringify(profile), actor, at, sample: isSample ? 1 : 0 };
        await kysely.insertInto('partner_profile').values(row).execute();
      }),
  };
}

/** The contact directory: rows per source, imports that count as a whole, and a record of who changed what. */
export interface ImportEntry {
  readonly version: number;
  readonly source: string;
  readonly actor: string;
  readonly at: number;
}

export interface AuditedDirectoryStore extends KeptDirectory {
  /** As `load`, for `patchSlices` to go on from. */
  loadMerged(): Promise<Merged>;
  /** What changed after a version; undefined when that is more than `most` keys, or no longer on record. */
  changesSince(version: number, most: number): Promise<ChangedRows | undefined>;
  sources(): Promise<readonly string[]>;
  /** The last committed imports, newest first. */
  imports(limit: number): Promise<readonly ImportEntry[]>;
  /** Deletes what changed before `before` (milliseconds) from the record; the rows themselves stay. */
  purgeAudit(before: number): Promise<number>;
}

export function directoryStore(kysely: Kysely<Schema>, engine: Engine): AuditedDirectoryStore {
  return {
    version: async () => (await directoryHead(kysely)).version,
    sources: () => directorySources(kysely),
    rowsOf: (source) => atOneVersion(kysely, (head) => readRows(kysely, source, head)),
    load: async () => (await loadMerged(kysely)).directory,
    loadMerged: () => loadMerged(kysely),
    changesSince: (version, most) => changesSince(kysely, version, most),
    commit: (change) =>
      engine.inOrder('#directory', async () => {
        await checkVersion(kysely, change);
        return writeChange(kysely, engine, change);
      }),
    imports: async (limit) => {
      const rows = imports(kysely).select(['version', 'source', 'actor', 'at']).limit(limit);
      return (await rows.execute()).map((row) => ({ ...row, version: row.version ?? 0 }));
    },
    audit: (filter) => audit(kysely, filter),
    rowsAbout: (key) =>
      atOneVersion(kysely, async (head) => ({
        version: head.version,
        sources: [...(await readKey(kysely, key, head))].map(([source, row]) => ({ source, rows: [row] })),
      })),
    async purgeAudit(before) {
      const old = kysely.selectFrom('directory_batches').select('batch').where('at', '<', before);
      const gone = await kysely.deleteFrom('directory_audit').where('batch', 'in', old).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

function loadMerged(kysely: Kysely<Schema>): Promise<Merged> {
  return atOneVersion(kysely, async (head) => {
    const rows = [];
    for (const source of await directorySources(kysely))
      rows.push({ source, rows: (await readRows(kysely, source, head)).values() });
    return inTimeSlices(mergedSlices(head.version, rows));
  });
}

/** Under the same lock as the commit, so that nothing comes in between. */
async function checkVersion(kysely: Kysely<Schema>, { ifVersion }: DirectoryChange): Promise<void> {
  if (ifVersion === undefined || (await directoryHead(kysely)).version === ifVersion) return;
  throw new DeskError('store.conflict', 'The directory changed since it was read');
}

function imports(kysely: Kysely<Schema>) {
  return kysely.selectFrom('directory_batches').where('state', '=', 'committed').orderBy('version', 'desc');
}

async function audit(
  kysely: Kysely<Schema>,
  filter: { readonly key?: string; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  let query = imports(kysely)
    .innerJoin('directory_audit as a', 'a.batch', 'directory_batches.batch')
    .select(['version', 'source', 'actor', 'at', 'a.row_key', 'a.change', 'a.before', 'a.after'])
    .orderBy('a.row_key')
    .limit(filter.limit);
  if (filter.key !== undefined) query = query.where('a.row_key', '=', filter.key);
  return (await query.execute()).map((row) => ({
    version: row.version ?? 0,
    source: row.source,
    actor: row.actor,
    at: row.at,
    key: row.row_key,
    change: row.change as AuditEntry['change'],
    before: row.before === null ? undefined : (JSON.parse(row.before) as DirectoryRow),
    after: row.after === null ? undefined : (JSON.parse(row.after) as DirectoryRow),
  }));
}
