/** Detects a column that was renamed at the source: many rows lose the same field at once. */
import { REMOVAL_LIMIT, type RowChange } from './reconcile.js';
import type { DirectoryRow, Offer } from './types.js';

/** Fewer lost fields than this are ordinary edits. */
const FEW = 5;

/**
 * Fields that at least five rows, and more than a fifth of the rows with the field, would lose. In the order of their
 * names.
 */
export function lostFields(
  changes: readonly RowChange[],
  owned: ReadonlyMap<string, DirectoryRow>,
): readonly string[] {
  const lost = new Map<string, number>();
  for (const { before, after } of changes) {
    const kept = new Set(fieldsOf(after));
    for (const field of fieldsOf(before)) if (!kept.has(field)) lost.set(field, (lost.get(field) ?? 0) + 1);
  }
  const many = [...lost].filter(([, count]) => count >= FEW);
  if (many.length === 0) return [];
  const had = new Map<string, number>();
  for (const row of owned.values())
    for (const field of fieldsOf(row)) had.set(field, (had.get(field) ?? 0) + 1);
  return many
    .filter(([field, count]) => count > REMOVAL_LIMIT * (had.get(field) ?? 0))
    .map(([field]) => field)
    .sort();
}

/** The fields a row has: `links.support`, `contacts.customer-support.email`, `plans`. */
function fieldsOf(row: DirectoryRow): readonly string[] {
  const value = row.kind === 'offer' ? row.offer : row.publisher;
  const { contacts, links, ...fields } = value;
  const { inLanguages = {}, ...plain }: Partial<Offer> = fields;
  const own = Object.entries(plain)
    .filter(([, field]) => field !== undefined && !(Array.isArray(field) && field.length === 0))
    .filter(([, field]) => field !== 'unknown' && field !== 'none')
    .map(([name]) => name);
  return [
    ...own,
    ...Object.entries(inLanguages).flatMap(([language, texts]) =>
      Object.keys(texts).map((name) => `inLanguages.${language}.${name}`),
    ),
    ...Object.keys(links).map((kind) => `links.${kind}`),
    ...contacts.flatMap(({ kind, ...fields }) =>
      Object.keys(fields).map((name) => `contacts.${kind}.${name}`),
    ),
  ];
}
