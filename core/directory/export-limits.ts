/** Finds values that an import would cut, so that an export is refused instead of losing data silently. */
import { LIMITS, MOST } from './parse/cells.js';
import { cellsOf } from './export.js';
import type { DirectoryRow } from './types.js';

/** One list or cell that is too long to be read back. */
export interface TooMuch {
  readonly key: string;
  /** `aliases`, `plans`, … */
  readonly field: string;
  /** Entries of a list, or characters of a cell. */
  readonly count: number;
  readonly most: number;
  readonly unit: 'entries' | 'characters';
}

/** Everything too long, in the order of the rows. `cells`: the file keeps a list in one cell, as CSV does. */
export function tooMuchToReadBack(
  rows: Iterable<DirectoryRow>,
  { cells }: { readonly cells: boolean },
): readonly TooMuch[] {
  const found: TooMuch[] = [];
  for (const row of rows) {
    found.push(...longLists(row));
    if (cells) found.push(...longCells(row));
  }
  return found;
}

function longLists(row: DirectoryRow): readonly TooMuch[] {
  const counts =
    row.kind === 'offer'
      ? { aliases: row.offer.aliases, categories: row.offer.categories, plans: row.offer.plans }
      : { aliases: row.publisher.aliases, categories: [], plans: [] };
  return (['aliases', 'categories', 'plans'] as const)
    .filter((field) => counts[field].length > MOST[field])
    .map((field) => ({
      key: row.key,
      field,
      count: counts[field].length,
      most: MOST[field],
      unit: 'entries' as const,
    }));
}

function longCells(row: DirectoryRow): readonly TooMuch[] {
  return Object.entries(cellsOf(row, new Map())).flatMap(([field, text]) =>
    text !== undefined && text.length > LIMITS.cell
      ? [{ key: row.key, field, count: text.length, most: LIMITS.cell, unit: 'characters' as const }]
      : [],
  );
}
