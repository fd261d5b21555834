/** A directory that is patched with the changed rows equals a new merge of all rows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patchSlices, type ChangedRows } from '../../../core/directory/merge-patch.js';
import { mergedSlices, type Merged, type SourceRows } from '../../../core/directory/merge.js';
import type { DirectoryRow } from '../../../core/directory/types.js';
import { allAtOnce } from '../../../core/time-slices.js';
import { sourceRows, sources } from './directory-arbitraries.js';

interface Kept {
  readonly source: string;
  readonly rows: readonly DirectoryRow[];
}

const kept = (all: readonly SourceRows[]): readonly Kept[] =>
  all.map(({ source, rows }) => ({ source, rows: [...rows] }));
const mergedOf = (version: number, all: readonly Kept[]): Merged => allAtOnce(mergedSlices(version, all));

/** The changes that a store would report: for each changed key, the present row of each source. */
function changesBetween(version: number, before: readonly Kept[], now: readonly Kept[]): ChangedRows {
  const said = (all: readonly Kept[], key: string) =>
    all.flatMap(({ source, rows }) => rows.filter((row) => row.key === key).map((row) => ({ source, row })));
  const keys = new Set([...before, ...now].flatMap(({ rows }) => rows.map((row) => row.key)));
  const changed = [...keys].filter(
    (key) => JSON.stringify(said(before, key)) !== JSON.stringify(said(now, key)),
  );
  return { version, rows: new Map(changed.map((key) => [key, said(now, key)])) };
}

function assertSame(patched: Merged, anew: Merged): void {
  assert.deepEqual(patched.directory, anew.directory);
  assert.deepEqual([...patched.directory.offers.keys()], [...anew.directory.offers.keys()]);
  assert.deepEqual([...patched.directory.publishers.keys()], [...anew.directory.publishers.keys()]);
}

const source = fc.constantFrom('admin', 'file:a', 'file:b', 'catalog');

describe('patching a merged directory', () => {
  it('gives the same directory as a new merge, after any series of changes', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.tuple(source, sourceRows), { maxLength: 3 }), (first, steps) => {
        let now = kept(first);
        let merged = mergedOf(1, now);
        steps.forEach(([changing, rows], at) => {
          const next = now.map((one) => (one.source === changing ? { source: changing, rows } : one));
          const anew = mergedOf(at + 2, next);
          const patched = allAtOnce(patchSlices(merged, changesBetween(at + 2, now, next)));
          if (patched) assertSame(patched, anew);
          merged = patched ?? anew;
          now = next;
        });
      }),
      { numRuns: 300 },
    );
  });

  it('succeeds after any change that neither joins nor separates two publishers', () => {
    fc.assert(
      fc.property(sources, source, sourceRows, (first, changing, rows) => {
        const before = kept(first);
        const next = before.map((one) => (one.source === changing ? { source: changing, rows } : one));
        const [old, anew] = [mergedOf(1, before), mergedOf(2, next)];
        const patched = allAtOnce(patchSlices(old, changesBetween(2, before, next)));
        const joins = ({ matches }: Merged) => [...matches.joins].sort();
        const same = JSON.stringify(joins(old)) === JSON.stringify(joins(anew));
        assert.equal(patched !== undefined, same);
      }),
    );
  });

  it('does not change the original directory', () => {
    fc.assert(
      fc.property(sources, sourceRows, (first, rows) => {
        const before = kept(first);
        const merged = mergedOf(1, before);
        const text = () => JSON.stringify([[...merged.directory.offers], [...merged.directory.publishers]]);
        const copy = text();
        const next = before.map((one) => (one.source === 'file:a' ? { ...one, rows } : one));
        allAtOnce(patchSlices(merged, changesBetween(2, before, next)));
        assert.equal(text(), copy);
      }),
    );
  });
});
