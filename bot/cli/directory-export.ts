/**
 * `directory export`: writes the directory, or the rows of one source, to a file that an import can read without loss.
 */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLines, jsonLines, ndjsonLines, rowsOfDirectory } from '../../core/directory/export.js';
import { tooMuchToReadBack, type TooMuch } from '../../core/directory/export-limits.js';
import type { DirectoryRow } from '../../core/directory/types.js';
import { MAX_JSON_BYTES } from '../directory/file-source.js';
import type { Stores } from '../store/stores.js';
import { isDatabase } from '../store/engine/backup.js';
import { EXIT, type Output } from './directory.js';

/** `ndjson` is one JSON object a line. */
export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;

export interface ExportOptions {
  readonly file: string;
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly source?: string;
  /** The largest JSON file that an import accepts. */
  readonly maxJsonBytes?: number;
}
type Ports = Pick<Stores, 'directory'>;

const LISTED = 20;

/** Writes the complete file or none. Writes none when an import could not read it back completely. */
export async function directoryExport(options: ExportOptions, ports: Ports, out: Output): Promise<number> {
  const { file, format, source } = options;
  if (isDatabase(file)) {
    out.line(`Nothing was written: ${file} is a store or a backup.`);
    return EXIT.refused;
  }
  const directory = await ports.directory.load();
  const rows = source === undefined ? rowsOfDirectory(directory) : await rowsOf(source, ports);
  if (rows.length === 0) {
    out.line(`There is nothing to export${source === undefined ? '' : ` of source ${source}`}.`);
    return EXIT.refused;
  }
  const long = tooMuchToReadBack(rows, { cells: format === 'csv' });
  if (long.length > 0) return refuse(long, out);
  const names = new Map([...directory.publishers].map(([id, { name }]) => [id, name]));
  const lines = {
    csv: () => csvLines(rows, names),
    json: () => jsonLines(rows),
    ndjson: () => ndjsonLines(rows),
  };
  const most = format === 'json' ? (options.maxJsonBytes ?? MAX_JSON_BYTES) : Infinity;
  if (!(await writeWhole(file, lines[format](), most))) {
    out.line(`Nothing was written: it would be more than the ${mb(most)} MB an import takes of JSON.`);
    out.line('Repeat it with --format ndjson (one JSON object a line) or csv, which have no limit.');
    return EXIT.refused;
  }
  const offers = rows.filter((row) => row.kind === 'offer').length;
  out.line(`Wrote ${String(offers)} offers and ${String(rows.length - offers)} publishers to ${file}.`);
  return EXIT.ok;
}

function refuse(long: readonly TooMuch[], out: Output): number {
  out.line('Nothing was written, because an import would not take this back whole:');
  for (const { key, field, count, most, unit } of long.slice(0, LISTED)) {
    out.line(`  ${key} ${field}: ${String(count)} ${unit}, at most ${String(most)} are read`);
  }
  if (long.length > LISTED) out.line(`  … and ${String(long.length - LISTED)} more`);
  const isCell = long.every(({ unit }) => unit === 'characters');
  out.line(
    isCell
      ? 'Repeat it with --format ndjson.'
      : 'Shorten them at their source, or export sources one by one.',
  );
  return EXIT.refused;
}

async function rowsOf(source: string, { directory }: Ports): Promise<readonly DirectoryRow[]> {
  return [...(await directory.rowsOf(source)).values()];
}

/** Returns false and writes no file when the file would be larger than `most` bytes. */
async function writeWhole(file: string, lines: Iterable<string>, most: number): Promise<boolean> {
  const draft = `${file}.part`;
  const size = { bytes: 0 };
  try {
    await pipeline(Readable.from(counted(lines, size, most)), createWriteStream(draft, { mode: 0o600 }));
    if (size.bytes <= most) {
      await rename(draft, file);
      return true;
    }
    await rm(draft, { force: true });
    return false;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Stops when the text becomes too large, because the rest would be written in vain. */
function* counted(lines: Iterable<string>, size: { bytes: number }, most: number): Generator<string> {
  for (const line of lines) {
    size.bytes += Buffer.byteLength(line);
    if (size.bytes > most) return;
    yield line;
  }
}

const mb = (bytes: number) => String(Math.floor(bytes / 1_048_576));
