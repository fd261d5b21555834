/** The directory's commands as data, and how each runs: in the command line, or in the server that holds the store. */
import { setImmediate as nextTick } from 'node:timers/promises';
import { z } from 'zod';
import { ADMIN_SOURCE } from '../../core/directory/correction.js';
import { DEAD_REASONS } from '../../core/directory/types.js';
import type { Clock } from '../../core/ports.js';
import { ALIAS_SOURCE } from '../../core/services/directory/alias.js';
import type { Owner } from '../../core/services/directory/import-rows.js';
import type { Config } from '../app/config.js';
import { openSources } from '../app/directory.js';
import { SAMPLE_SOURCE } from '../directory/sample.js';
import type { Stores } from '../store/stores.js';
import { directoryCorrect, directoryUndo } from './directory-correct.js';
import { directoryExport, EXPORT_FORMATS } from './directory-export.js';
import { directoryForget, directoryImport, type Output } from './directory.js';
import { directoryAudit, directoryCheck, directorySources, directoryWhy } from './directory-listings.js';
import { directoryQuality } from './directory-quality.js';
import { directorySync } from './directory-sync.js';
import { directoryVerify } from './directory-verify.js';
import { directoryWrongContacts } from './directory-wrong-contacts.js';

const text = z.string().max(4_096);
const flag = z.boolean().optional();
const most = z.number().int().min(1);

/** Every command below `directory`, with the options as the command line names them. */
export const DIRECTORY_REQUEST = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('import'),
    file: text,
    map: text.optional(),
    source: text.optional(),
    delta: flag,
    ignore: z.array(text).optional(),
    dryRun: flag,
    allowRemovals: flag,
    skipBadRows: flag,
    verbose: flag,
  }),
  z.strictObject({ command: z.literal('forget'), source: text }),
  z.strictObject({
    command: z.literal('sync'),
    source: text.optional(),
    ignore: z.array(text).optional(),
    unignore: z.array(text).optional(),
    dryRun: flag,
    allowRemovals: flag,
    verbose: flag,
  }),
  z.strictObject({
    command: z.literal('correct'),
    key: text,
    kind: text,
    name: text.optional(),
    email: text.optional(),
    phone: text.optional(),
    url: text.optional(),
    upn: text.optional(),
    hours: text.optional(),
    dead: z.enum(DEAD_REASONS).optional(),
  }),
  z.strictObject({ command: z.literal('undo'), key: text }),
  z.strictObject({
    command: z.literal('verify'),
    key: text.optional(),
    kind: text.optional(),
    limit: most,
  }),
  z.strictObject({ command: z.literal('check'), verbose: flag }),
  z.strictObject({
    command: z.literal('export'),
    file: text,
    format: z.enum(EXPORT_FORMATS),
    source: text.optional(),
  }),
  z.strictObject({ command: z.literal('why'), offer: text, field: text.optional() }),
  z.strictObject({ command: z.literal('sources') }),
  z.strictObject({ command: z.literal('audit'), key: text.optional(), limit: most }),
  z.strictObject({ command: z.literal('reports'), limit: most }),
  z.strictObject({ command: z.literal('quality'), limit: most }),
]);
export type DirectoryRequest = z.infer<typeof DIRECTORY_REQUEST>;

/** The context of a command. */
export interface DirectoryDeps {
  readonly stores: Stores;
  readonly config: Config;
  /** The user, for the record. */
  readonly actor: string;
  readonly now: Clock;
  /** Ends an import that is still reading or comparing; then nothing of the import counts. */
  readonly signal?: AbortSignal;
}

/** Commands that import data. Before them, an empty store is not filled with the sample. */
export function bringsIn({ command }: DirectoryRequest): boolean {
  return command === 'import' || command === 'forget' || command === 'sync';
}

/** Commands that only read. */
export function changesNothing({ command }: DirectoryRequest): boolean {
  return ['check', 'why', 'sources', 'audit', 'reports', 'quality', 'export'].includes(command);
}

/** Runs one command and returns its exit code. Throws the store's errors. */
export async function runDirectoryRequest(
  request: DirectoryRequest,
  deps: DirectoryDeps,
  out: Output,
): Promise<number> {
  const { stores, actor, now } = deps;
  const context = { actor, now: now() };
  const ports = importPorts(deps);
  switch (request.command) {
    case 'import':
      return directoryImport(request, ports, out, context);
    case 'forget':
      return directoryForget(request.source, ports, out, context);
    case 'sync':
      return sync(request, deps, out);
    case 'correct':
      return directoryCorrect(request, stores, out, context);
    case 'undo':
      return directoryUndo(request.key, stores, out, context);
    case 'verify':
      return directoryVerify(request, stores, out, context);
    case 'check':
      return directoryCheck(request, stores, out);
    case 'export':
      return directoryExport(request, stores, out);
    case 'why':
      return directoryWhy(request, stores, out);
    case 'sources':
      return directorySources(stores, out);
    case 'audit':
      return directoryAudit(request, stores, out);
    case 'reports':
      return directoryWrongContacts(request, stores, out);
    case 'quality':
      return directoryQuality(request, stores, out, now);
  }
}

function importPorts(deps: DirectoryDeps) {
  const { stores } = deps;
  const owners = (keys: readonly string[]) => ownersOf(stores, keys);
  return { directory: stores.directory, pause: pauseOf(deps), ownersOf: owners };
}

/** These sources never own an offer: the sample is fictional, and people in the chat only add to other sources' rows. */
const NO_OWNERS: ReadonlySet<string> = new Set([SAMPLE_SOURCE, ADMIN_SOURCE, ALIAS_SOURCE]);

/** The sources that own these rows, most rows first: of files under any name, and of scheduled sources. */
async function ownersOf({ directory }: Stores, keys: readonly string[]): Promise<readonly Owner[]> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    for (const { source } of (await directory.rowsAbout(key)).sources)
      counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return [...counts]
    .filter(([source]) => !NO_OWNERS.has(source))
    .map(([source, rows]) => ({ source, rows }))
    .sort((a, b) => b.rows - a.rows);
}

async function sync(
  request: Extract<DirectoryRequest, { command: 'sync' }>,
  { stores, config, actor, now, signal }: DirectoryDeps,
  out: Output,
): Promise<number> {
  const sources = await openSources(config, now);
  return directorySync(request, { stores, sources, now }, out, actor, signal);
}

function pauseOf({ signal }: DirectoryDeps): () => Promise<void> {
  return async () => {
    await nextTick();
    signal?.throwIfAborted();
  };
}
