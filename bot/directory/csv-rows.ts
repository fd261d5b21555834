/** Reads rows from a CSV stream: one record after another, with the row numbers of a spreadsheet. */
import { Readable, pipeline } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { LIMITS } from '../../core/directory/parse/cells.js';
import { quoted } from '../../core/directory/parse/problems.js';
import { cleanLine } from '../../core/directory/parse/text.js';
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import type { Delimiter } from './sniff.js';
import { unreadable } from './decode.js';

export interface CsvOptions {
  readonly delimiter: Delimiter;
  /** Returns true for the names of a header. Lines above the header are banners. */
  readonly isHeader: (names: readonly string[]) => boolean;
  /** Longest record, in characters: an unclosed quote would otherwise take the rest of the file. */
  readonly maxRecord?: number;
}

const MAX_RECORD = 4_000_000;
/** The maximum number of lines above the header, such as a title, a date or a note. */
const MAX_BANNERS = 20;

/**
 * The rows of a CSV text. Skips blank rows but counts them. Lines above the header are banners. Passes a row with too
 * few or too many cells on as a problem.
 * @throws DeskError `import.unreadable` for unclosed quotes, double columns, and a file without a known header.
 */
export async function* csvRows(text: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<SourceRow> {
  let number = 0;
  let header: readonly string[] | undefined;
  const banners: { readonly number: number; readonly banner: string }[] = [];
  try {
    for await (const cells of await records(text, options)) {
      number += 1;
      if (isBlank(cells) || (!header && isSeparatorLine(cells))) continue;
      if (header) {
        yield rowOf(header, cells, number);
        continue;
      }
      header = headerOf(cells, options);
      if (header) yield* banners;
      else banners.push({ number, banner: cells.filter((cell) => cell !== '').join(' ') });
      if (banners.length > MAX_BANNERS) break;
    }
  } catch (error) {
    throw asUnreadable(error, number + 1);
  }
  if (!header && banners.length > 0) throw noHeader(banners);
}

function noHeader(banners: readonly { readonly banner: string }[]): unknown {
  return unreadable(
    'No row of the first ones names the columns. It needs at least one column that the directory knows, for example ' +
      `offer_id or offer_name. The first row says: ${quoted(banners[0]?.banner)}. See docs/directory-import.md for the ` +
      'names, or use a mapping file with --map.',
  );
}

async function records(
  text: AsyncIterable<string>,
  options: CsvOptions,
): Promise<AsyncIterable<readonly string[]>> {
  // Loaded only when needed, so that a first start from JSON does not wait for it.
  const { parse } = await import('csv-parse');
  const parser = parse({
    delimiter: options.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: options.maxRecord ?? MAX_RECORD,
  });
  // A failing source destroys the parser with its error. The loop over the parser then throws this error.
  pipeline(Readable.from(text), parser, () => undefined);
  return parser as AsyncIterable<readonly string[]>;
}

function headerOf(cells: readonly string[], options: CsvOptions): readonly string[] | undefined {
  const names = cells.map((cell) => cleanLine(cell).text);
  if (!options.isHeader(names.filter((name) => name !== ''))) return undefined;
  const seen = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const first = seen.get(name.toLowerCase());
    if (name !== '' && first !== undefined) {
      throw unreadable(
        `Two columns have the same name: the ${ordinal(first)} and the ${ordinal(at)}. Rename or remove one.`,
      );
    }
    seen.set(name.toLowerCase(), at);
  }
  return names;
}

function rowOf(header: readonly string[], cells: readonly string[], number: number): SourceRow {
  const extra = cells.slice(header.length);
  if (cells.length < header.length || !isBlank(extra)) {
    const value = `${String(cells.length)} cells, ${String(header.length)} columns`;
    return { number, problem: 'ragged', value };
  }
  const huge = header.findIndex((_, at) => (cells[at]?.length ?? 0) > LIMITS.cell);
  if (huge >= 0) return { number, problem: 'too-long', value: cells[huge] ?? '', field: header[huge] ?? '' };
  const fields: Record<string, string> = {};
  for (const [at, name] of header.entries()) if (name !== '') fields[name] = cells[at] ?? '';
  return { number, fields };
}

/** Excel's own first line, which names the separator. */
function isSeparatorLine(cells: readonly string[]): boolean {
  return /^sep=/i.test(cells[0] ?? '') && isBlank(cells.slice(1));
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function asUnreadable(error: unknown, row: number): unknown {
  const { code } = error as Partial<CsvError>;
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return unreadable(`Row ${String(row)} opens a quote that is never closed, or is far too long.`, error);
  }
  return unreadable(`Row ${String(row)} is not valid CSV (${code}).`, error);
}

function ordinal(at: number): string {
  const number = at + 1;
  const ending =
    number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${String(number)}${ending}`;
}
