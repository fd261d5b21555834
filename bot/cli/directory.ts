/** The directory commands of the operator: import a file, remove a source. */
import { DeskError } from '../../core/errors.js';
import {
  forgetSource,
  importRows,
  type ImportPorts,
  type ImportProgress,
  type ImportSummary,
} from '../../core/services/directory/import-rows.js';
import { openDirectoryFile, openMapping, sourceOfFile } from '../directory/file-source.js';
import { SAMPLE_SOURCE } from '../directory/sample.js';
import { summaryLines } from './import-summary.js';

export interface DirectoryImportOptions {
  readonly file: string;
  /** Mapping file. */
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly allowRemovals?: boolean;
  readonly skipBadRows?: boolean;
  /** The file names only the changes; other rows stay. */
  readonly delta?: boolean;
  /** Owner of the rows; otherwise the mapping's owner, otherwise the file's name. */
  readonly source?: string;
  /** Columns to leave out although they contain addresses. */
  readonly ignore?: readonly string[];
  /** Lists every change, not only the first of each kind. */
  readonly verbose?: boolean;
}

/** Where a command writes. */
export interface Output {
  /** A line of the result. */
  line(text: string): void;
  /** Progress; the next progress line may overwrite it. */
  progress(text: string): void;
  /** The result with named fields, when JSON was requested. */
  data?(value: unknown): void;
}

export interface CommandContext {
  /** Who runs the command, for the audit trail. */
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Exit codes: done, refused because of the file's content, unreadable. */
export const EXIT = { ok: 0, refused: 2, unreadable: 3 } as const;

/** Imports a file and prints a report. Returns the exit code. Throws the store's errors. */
export async function directoryImport(
  options: DirectoryImportOptions,
  ports: ImportPorts,
  out: Output,
  context: CommandContext,
): Promise<number> {
  try {
    const report = await runImport(options, ports, out, context);
    for (const line of summaryLines(report, {
      dryRun: options.dryRun ?? false,
      verbose: options.verbose ?? false,
    })) {
      out.line(line);
    }
    if (await showsSampleToo(report, ports)) {
      out.line('The fictional sample is still in the directory; "directory forget sample" takes it out.');
    }
    return report.outcome.kind === 'refused' ? EXIT.refused : EXIT.ok;
  } catch (error) {
    if (!(error instanceof DeskError) || !error.code.startsWith('import.')) throw error;
    out.line(`${options.file}: ${error.message}`);
    out.line(`Nothing was changed. ${error.remedy}`);
    return EXIT.unreadable;
  }
}

/** A directory with real offers must not answer about fictional offers for long. */
async function showsSampleToo({ outcome, source }: ImportSummary, ports: ImportPorts): Promise<boolean> {
  if (outcome.kind !== 'committed' || source === SAMPLE_SOURCE) return false;
  return (await ports.directory.rowsOf(SAMPLE_SOURCE)).size > 0;
}

/** Removes every row of one source. Returns the exit code. */
export async function directoryForget(
  source: string,
  ports: ImportPorts,
  out: Output,
  context: CommandContext,
): Promise<number> {
  const { removed, version } = await forgetSource(ports, { source, ...context });
  out.line(
    removed === 0
      ? `Source ${source} owns nothing; nothing was changed.`
      : `Removed the ${String(removed)} rows of source ${source}. The directory is at version ${String(version)}.`,
  );
  return removed === 0 ? EXIT.refused : EXIT.ok;
}

async function runImport(
  options: DirectoryImportOptions,
  ports: ImportPorts,
  out: Output,
  context: CommandContext,
): Promise<ImportSummary> {
  const mapping = options.map === undefined ? undefined : await openMapping(options.map);
  const file = await openDirectoryFile(options.file, mapping ? { mapping } : {});
  const source = options.source ?? mapping?.source ?? sourceOfFile(options.file);
  out.line(`Reading ${options.file} (${file.format}, ${file.encoding}) for source ${source}.`);
  if (file.encoding === 'windows-1252')
    out.line(
      'The file is not UTF-8 and was read as Windows-1252. Check letters with accents in the names below.',
    );
  return importRows(ports, {
    askBeforeNewSource: options.source === undefined && mapping?.source === undefined,
    ...(options.ignore ? { ignore: options.ignore } : {}),
    source,
    mode: options.delta ? 'delta' : 'full',
    rows: file.rows,
    ...(mapping ? { mapping } : {}),
    dryRun: options.dryRun,
    allowRemovals: options.allowRemovals,
    skipBadRows: options.skipBadRows,
    ...context,
    onProgress: (progress) => {
      out.progress(progressText(progress));
    },
  });
}

function progressText({ stage, rows }: ImportProgress): string {
  const verbs = { reading: 'read', comparing: 'comparing', writing: 'writing' } as const;
  return `${verbs[stage]} ${String(rows)} rows`;
}
