/** The effect of each recorded change on an offer or publisher as the desk showed it, for every source. */
import { diffRows, type FieldChange } from './diff.js';
import { isCorrectionOnly } from './correction.js';
import { collectClaims, mergeOffer, mergePublisher, type SourceRows } from './merge.js';
import type { DirectoryRow } from './types.js';

/** One recorded change of one source's row. */
export interface RowChange {
  readonly source: string;
  readonly before?: DirectoryRow;
  readonly after?: DirectoryRow;
}

/** A change with its effect: an import of values under a correction has no effect. */
export interface ToldChange<E extends RowChange> {
  readonly entry: E;
  readonly changes: readonly FieldChange[];
}

/**
 * Walks back from the present values. A row's own before and after would show a correction as new values, although
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

/** The sources with another row in place of one source's row; without a new row, that source has none. */
export function withRow(
  sources: readonly SourceRows[],
  source: string,
  row: DirectoryRow | undefined,
): readonly SourceRows[] {
  const others = sources.filter((one) => one.source !== source);
  return row ? [...others, { source, rows: [row] }] : others;
}

/** The merged result of all sources for the one key of their rows; undefined when no source names it. */
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

/** The fields that differ; an added or removed row is one change without fields. */
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
