/** What each change on record did to an offer or publisher as the desk answered it, whatever its source. */
import { diffRows, type FieldChange } from './diff.js';
import { isCorrectionOnly } from './correction.js';
import { collectClaims, mergeOffer, mergePublisher, type SourceRows } from './merge.js';
import type { DirectoryRow } from './types.js';

/** One change of one source's row, as the record has it. */
export interface RowChange {
  readonly source: string;
  readonly before?: DirectoryRow;
  readonly after?: DirectoryRow;
}

/** A change with what it did: an import of what a correction stands over does nothing. */
export interface ToldChange<E extends RowChange> {
  readonly entry: E;
  readonly changes: readonly FieldChange[];
}

/**
 * Walks back from what counts now. A row's own before and after would tell a correction as new words from nowhere, while
 * people saw one address become another.
 * @param sources the row of this key in every source that has one, as they are now
 * @param entries the changes of this key, newest first, none newer than `sources`
 */
export function historyOf<E extends RowChange>(
  sources: readonly SourceRows[],
  entries: readonly E[],
): readonly ToldChange<E>[] {
  let state = sources;
  return entries.map((entry) => {
    const after = effectiveRow(state);
    state = withRow(state, entry.source, entry.before);
    return { entry, changes: changesBetween(effectiveRow(state), after) };
  });
}

/** The sources with another row in place of one source's; without it, that source has none. */
export function withRow(
  sources: readonly SourceRows[],
  source: string,
  row: DirectoryRow | undefined,
): readonly SourceRows[] {
  const others = sources.filter((one) => one.source !== source);
  return row ? [...others, { source, rows: [row] }] : others;
}

/** What all sources together say of the one key their rows are about; undefined while none names it. */
export function effectiveRow(sources: readonly SourceRows[]): DirectoryRow | undefined {
  const { offers, publishers } = collectClaims(sources);
  for (const [id, claims] of offers) {
    if (claims.some(({ value }) => !isCorrectionOnly(value)))
      return { kind: 'offer', key: `offer:${id}`, offer: mergeOffer(claims) };
  }
  for (const [id, claims] of publishers) {
    if (claims.some(({ value }) => !isCorrectionOnly(value)))
      return { kind: 'publisher', key: `publisher:${id}`, publisher: mergePublisher(claims) };
  }
  return undefined;
}

/** The fields that differ; a whole row that came or went is one change without fields. */
export function changesBetween(
  before: DirectoryRow | undefined,
  after: DirectoryRow | undefined,
): readonly FieldChange[] {
  if (before && after) return diffRows(before, after);
  if (!before && !after) return [];
  return [
    { field: 'row', ...(before ? { before: before.key } : {}), ...(after ? { after: after.key } : {}) },
  ];
}
