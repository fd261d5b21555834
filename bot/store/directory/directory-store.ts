/** The contact directory: rows per source, imports that count as a whole, and a record of who changed what. */
import type { Kysely } from 'kysely';
import { mergedSlices, type Merged } from '../../../core/directory/merge.js';
import type { ChangedRows } from '../../../core/directory/merge-patch.js';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { DeskError } from '../../../core/errors.js';
import type { AuditEntry, DirectoryChange, KeptDirectory } from '../../../core/ports.js';
import { inTimeSlices } from '../../runtime/time-slices.js';
import { changesSince } from './directory-changes.js';
import { atOneVersion, directorySources, directoryHead, readKey, readRows } from './directory-reader.js';
import { writeChange } from './directory-writer.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';

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
