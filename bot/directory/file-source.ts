/**
 * Opens a directory file (CSV, JSON, one JSON object a line; UTF-8, UTF-16 or Windows-1252) and hands over its rows.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { mappedNames, parseMapping, slug, type Mapping } from '../../core/directory/parse/mapping.js';
import { knownHeaders } from '../../core/directory/parse/shape.js';
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import { DeskError } from '../../core/errors.js';
import { csvRows } from './csv-rows.js';
import { readText, unreadable } from './decode.js';
import { jsonRows, ndjsonRows } from './json-rows.js';
import type { Encoding } from './decode.js';
import { sniffFile, type Delimiter } from './sniff.js';

export interface DirectoryFile {
  readonly format: 'csv' | 'json' | 'ndjson';
  readonly encoding: Encoding;
  readonly delimiter?: string;
  readonly bytes: number;
  /** Can be read once. Throws DeskError `import.unreadable` where the file is cut off. */
  readonly rows: AsyncIterable<SourceRow>;
}

export interface FileOptions {
  /** With a mapping, the header has the mapping's fields instead of our fields. */
  readonly mapping?: Mapping;
  /** JSON is read whole; a larger file is refused. */
  readonly maxJsonBytes?: number;
}

/** JSON with a single value is read whole. */
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

/** The default source of a file's rows: `file:` and the file's name. */
export function sourceOfFile(path: string): string {
  const name = slug(basename(path).replace(/\.[^.]+$/, ''));
  return `file:${name.slice(0, 50) || 'unnamed'}`;
}

function csv(text: () => AsyncIterable<string>, delimiter: Delimiter, { mapping }: FileOptions) {
  const mapped = mapping && new Set(mappedNames(mapping).map((name) => name.toLowerCase()));
  const isHeader = (names: readonly string[]) =>
    mapped ? names.some((name) => mapped.has(name.toLowerCase())) : isHeaderRow(names);
  return csvRows(text(), { delimiter, isHeader });
}

/**
 * A title above the table may contain one word that is a column's name. Two names, or a single name alone, make a
 * header.
 */
function isHeaderRow(names: readonly string[]): boolean {
  const known = knownHeaders(names);
  return known > 1 || (known === 1 && names.length <= 2);
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
