/** `directory sync`: reads the sources now and prints the result. */
import type { ImportProgress } from '../../core/services/directory/import-rows.js';
import type { SyncOutcome } from '../../core/services/directory/sync-source.js';
import { runSource, type SyncDeps } from '../app/directory.js';
import { EXIT, type Output } from './directory.js';
import { summaryLines } from './import-summary.js';

export interface DirectorySyncOptions {
  /** Absent: every source. */
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly allowRemovals?: boolean;
  /** Columns to ignore from now on, or to read again. */
  readonly ignore?: readonly string[];
  readonly unignore?: readonly string[];
  readonly verbose?: boolean;
}

/** Exit 0 when every source is up to date, 2 when one was refused or is busy, 3 when one could not be read. */
export async function directorySync(
  options: DirectorySyncOptions,
  deps: SyncDeps,
  out: Output,
  actor: string,
  stop?: AbortSignal,
): Promise<number> {
  const wanted = deps.sources.filter(({ name }) => options.source === undefined || name === options.source);
  if (wanted.length === 0) {
    const names = deps.sources.map(({ name }) => name).join(', ');
    out.line(
      names === ''
        ? 'No source is configured: set OFFER_DESK_SOURCES.'
        : `There is no such source. Configured: ${names}.`,
    );
    return EXIT.refused;
  }
  if (options.source === undefined && (options.ignore ?? options.unignore)) {
    out.line('Name the source whose column is meant: directory sync SOURCE --ignore COLUMN.');
    return EXIT.refused;
  }
  const codes: number[] = [];
  for (const source of wanted) {
    const { dryRun, allowRemovals, ignore, unignore } = options;
    const onProgress = ({ stage, rows }: ImportProgress) => {
      out.progress(`${source.name}: ${stage} ${String(rows)} rows`);
    };
    out.line(`${source.name}:`);
    const request = { dryRun, allowRemovals, ignore, unignore, actor, onProgress };
    const outcome = await runSource(deps, source, request, stop);
    codes.push(tell(outcome, options, out));
  }
  return Math.max(...codes);
}

function tell(outcome: SyncOutcome | undefined, options: DirectorySyncOptions, out: Output): number {
  const say = (text: string) => {
    out.line(`  ${text}`);
  };
  switch (outcome?.kind) {
    case undefined:
      say('Another process is reading this source just now.');
      return EXIT.refused;
    case 'nothing-new':
      say('Nothing changed at the source.');
      return EXIT.ok;
    case 'failed':
      say(`${outcome.code}: ${outcome.message}`);
      say(outcome.remedy);
      return EXIT.unreadable;
    case 'done':
    case 'refused': {
      const { dryRun = false, verbose = false } = options;
      summaryLines(outcome.report, { dryRun, verbose }).forEach(say);
      return outcome.kind === 'done' ? EXIT.ok : EXIT.refused;
    }
  }
}
