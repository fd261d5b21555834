/** Opens a directory file (CSV, JSON, one JSON object a line; UTF-8 or UTF-16) and hands over its rows. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseMapping, slug, type Mapping } from '../../core/directory/parse/mapping.js';
import { isKnownHeader } from '../../core/directory/parse/shape.js';
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import { DeskError } from '../../core/errors.js';
import { csvRows } from './csv-rows.js';
import { readText } from './decode.js';
import { jsonRows, ndjsonRows } from './json-rows.js';
import { sniffFile, type Encoding } from './sniff.js';
import { unreadable } from './unreadable.js';

export interface DirectoryFile {
  readonly format: 'csv' | 'json' | 'ndjson';
  readonly encoding: Encoding;
  readonly delimiter?: string;
  readonly bytes: number;
  /** May be read once; throws DeskError `import.unreadable` where the file breaks off. */
  readonly rows: AsyncIterable<SourceRow>;
}

export interface FileOptions {
  /** True when a mapping names the columns: then none of ours need be there. */
  readonly mapped: boolean;
  /** JSON is read whole; more than this is refused. */
  readonly maxJsonBytes?: number;
}

/** JSON that is one value is read whole. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

/**
 * Opens a file. CSV and line-wise JSON are streamed, whatever their size.
 * @throws DeskError `import.unreadable` saying what is wrong with the file.
 */
export async function openDirectoryFile(path: string, options: FileOptions): Promise<DirectoryFile> {
  const { encoding, kind, bytes } = await sniffFile(path);
  const text = () => readText(path, encoding);
  const file = { format: kind.format, encoding, bytes };
  switch (kind.format) {
    case 'csv':
      return { ...file, delimiter: kind.delimiter, rows: csv(text, kind.delimiter, options) };
    case 'ndjson':
      return { ...file, rows: ndjsonRows(text()) };
    case 'json':
      checkSize(bytes, options.maxJsonBytes ?? MAX_JSON_BYTES);
      return { ...file, rows: json(text) };
  }
}

/**
 * Reads a mapping file.
 * @throws DeskError `import.mapping` when it is missing or wrong.
 */
export async function openMapping(path: string): Promise<Mapping> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new DeskError('import.mapping', 'The mapping file is missing or no valid JSON.', { cause: error });
  }
  return parseMapping(value);
}

/** The source a file's rows belong to when nobody says otherwise: `file:` and its name. */
export function sourceOfFile(path: string): string {
  const name = slug(basename(path).replace(/\.[^.]+$/, ''));
  return `file:${name.slice(0, 50) || 'unnamed'}`;
}

function csv(text: () => AsyncIterable<string>, delimiter: ',' | ';' | '\t', options: FileOptions) {
  return csvRows(text(), {
    delimiter,
    onHeader: (names) => {
      if (!options.mapped && !isKnownHeader(names)) {
        throw unreadable(
          'None of the columns in the first row is one the directory knows. See docs/directory-import.md for the ' +
            'names, or give a mapping file with --map.',
        );
      }
    },
  });
}

async function* json(text: () => AsyncIterable<string>) {
  let whole = '';
  for await (const chunk of text()) whole += chunk;
  yield* jsonRows(whole);
}

function checkSize(bytes: number, most: number): void {
  if (bytes <= most) return;
  const megabytes = (count: number) => `${String(Math.ceil(count / 1_048_576))} MB`;
  throw unreadable(
    `The file has ${megabytes(bytes)}; JSON is read whole and may have at most ${megabytes(most)}. ` +
      'Give CSV, or one JSON object a line.',
  );
}
