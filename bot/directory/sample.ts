/** Fills an empty store, so that the first run can answer. */
import { readFile } from 'node:fs/promises';
import { parseProfile } from '../../core/directory/parse-profile.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { DeskError } from '../../core/errors.js';
import type { DirectoryStore, ProfileStore } from '../../core/ports.js';
import { importRows, type ImportSummary } from '../../core/services/directory/import-rows.js';
import { openDirectoryFile } from './file-source.js';

export const SAMPLE_SOURCE = 'sample';
/** The recorded actor for the sample's data. */
export const SAMPLE_ACTOR = 'first-run';

export interface SamplePorts {
  readonly directory: DirectoryStore;
  readonly profile: ProfileStore;
  readonly pause?: () => Promise<void>;
}
/** Files to load; a part without a file stays unchanged. */
export interface SamplePaths {
  readonly directory?: string;
  readonly profile?: string;
  /** Owner of the rows when the operator's file replaces the sample directory. */
  readonly source?: string;
}

export interface SampleLoaded {
  /** False when the store already had a directory or a profile, which stays unchanged. */
  readonly directory: boolean;
  readonly profile: boolean;
  /** The number of offers in the sample, when it was loaded. */
  readonly offers: number;
}

/**
 * Loads the sample directory into a store that never had an import, and the sample profile where none is saved.
 * @param now milliseconds since the epoch
 * @throws DeskError `import.unreadable`, `import.bad-rows` or `config.invalid` when the files are not as they should be.
 */
export async function loadSample(ports: SamplePorts, paths: SamplePaths, now: number): Promise<SampleLoaded> {
  const newProfile = (await ports.profile.load()) === undefined ? paths.profile : undefined;
  if (newProfile !== undefined)
    await ports.profile.save(await readProfile(newProfile), SAMPLE_ACTOR, now, undefined, true);
  const profile = newProfile !== undefined;
  const { directory } = paths;
  if (directory === undefined || (await ports.directory.version()) > 0)
    return { directory: false, profile, offers: 0 };
  const report = await importSample(ports, { ...paths, directory }, now);
  const offers = report.adds.filter((row) => row.kind === 'offer').length;
  return { directory: true, profile, offers };
}

/**
 * Reads a partner profile file.
 * @throws DeskError `config.invalid` naming every field that is wrong.
 */
export async function readProfile(path: string): Promise<PartnerProfile> {
  const parsed = parseProfile(await readJson(path));
  if (parsed.ok) return parsed.profile;
  const named = parsed.problems.map(({ field, message }) => `${field || 'profile'}: ${message}`);
  throw new DeskError('config.invalid', `partner profile: ${named.join('; ')}`);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new DeskError('config.invalid', 'partner profile: the file is missing or no valid JSON', {
      cause: error,
    });
  }
}

async function importSample(
  ports: SamplePorts,
  paths: Pick<SamplePaths, 'source'> & { readonly directory: string },
  now: number,
): Promise<ImportSummary> {
  const { rows } = await openDirectoryFile(paths.directory, {});
  const source = paths.source ?? SAMPLE_SOURCE;
  const report = await importRows(ports, { source, mode: 'full', rows, actor: SAMPLE_ACTOR, now });
  if (report.outcome.kind !== 'refused') return report;
  const first = report.problems.find((problem) => problem.level === 'error');
  const where = first
    ? `${first.part ?? 'row'} ${String(first.row)}, ${first.field}: ${first.code}`
    : 'no rows';
  throw new DeskError('import.bad-rows', `The directory file of the first run is refused (${where}).`);
}
