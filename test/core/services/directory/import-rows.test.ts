/** The import of a source: all or nothing, only rows of that source, and no write without a change. */
import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { SourceRow } from '../../../../core/directory/parse/row-parser.js';
import { DeskError } from '../../../../core/errors.js';
import {
  forgetSource,
  importRows,
  type ImportProgress,
  type ImportRequest,
} from '../../../../core/services/directory/import-rows.js';
import { memoryDirectoryStore } from '../../../helpers/memory-directory-store.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const record = (id: number, fields: object = {}) => ({
  offer_id: `contoso.${String(id)}`,
  offer_name: `Contoso ${String(id)}`,
  publisher_id: 'contoso',
  publisher_name: 'Contoso',
  ...fields,
});
const rows = (records: readonly unknown[]): SourceRow[] =>
  records.map((fields, at) => ({ number: at + 2, fields }));
const ten = Array.from({ length: 10 }, (_, at) => record(at));

function desk() {
  const directory = memoryDirectoryStore();
  const run = (records: readonly unknown[], request: Partial<ImportRequest> = {}) =>
    importRows(
      { directory },
      { source: 'file:a', mode: 'full', rows: rows(records), actor: 'tester', now: NOW, ...request },
    );
  return { directory, run };
}

describe('importing a source', () => {
  it('commits its rows at once, with the actor and the time', async () => {
    const { directory, run } = desk();
    const report = await run(ten);
    assert.deepEqual(report.outcome, { kind: 'committed', version: 1 });
    assert.deepEqual([report.records, report.adds.length, report.owned], [10, 11, 0]);
    assert.equal(directory.commits.length, 1);
    const [commit] = directory.commits;
    assert.deepEqual([commit?.source, commit?.actor, commit?.at], ['file:a', 'tester', NOW]);
    assert.equal((await directory.load()).offers.size, 10);
  });

  it('writes nothing when nothing changed', async () => {
    const { directory, run } = desk();
    await run(ten);
    const report = await run([...ten].reverse());
    assert.deepEqual(
      [report.outcome, report.unchanged, directory.commits.length],
      [{ kind: 'unchanged', version: 1 }, 11, 1],
    );
  });

  it('writes only what changed', async () => {
    const { directory, run } = desk();
    await run(ten);
    const report = await run([record(0, { offer_name: 'Renamed' }), ...ten.slice(1, 9), record(77)]);
    assert.deepEqual(report.changes[0]?.fields, [{ field: 'name', before: 'Contoso 0', after: 'Renamed' }]);
    assert.deepEqual(
      [directory.commits[1]?.upserts.map((row) => row.key), directory.commits[1]?.removals],
      [['offer:contoso.77', 'offer:contoso.0'], ['offer:contoso.9']],
    );
  });

  it('writes nothing on a dry run and reports what it would do', async () => {
    const { directory, run } = desk();
    await run(ten);
    const report = await run(ten.slice(0, 9), { dryRun: true });
    assert.deepEqual(
      [report.outcome.kind, report.removals.length, directory.commits.length],
      ['dry-run', 1, 1],
    );
  });

  it('refuses bad rows, or leaves them out on request and keeps their stored rows', async () => {
    const { directory, run } = desk();
    await run(ten);
    const broken = [record(0, { support_email: 'nobody' }), ...ten.slice(1), record(11)];
    const refused = await run(broken);
    assert.deepEqual(
      [refused.outcome, refused.badRecords, directory.commits.length],
      [{ kind: 'refused', why: 'bad-rows' }, 1, 1],
    );
    assert.deepEqual(
      refused.problems.map(({ row, field, code }) => [row, field, code]),
      [[2, 'support_email', 'bad-email']],
    );
    const skipped = await run(broken, { skipBadRows: true });
    assert.deepEqual([skipped.outcome.kind, skipped.adds.length, skipped.removals], ['committed', 1, []]);
    assert.ok((await directory.load()).offers.has('contoso.0'));
  });

  it('removes no row while the id of a bad row is unknown', async () => {
    const { directory, run } = desk();
    await run(ten);
    const report = await importRows(
      { directory },
      {
        source: 'file:a',
        mode: 'full',
        actor: 'tester',
        now: NOW,
        skipBadRows: true,
        rows: [...rows(ten.slice(0, 9)), { number: 11, problem: 'ragged', value: '2 cells' }],
      },
    );
    assert.deepEqual([report.removalsHeld, report.removals, report.outcome.kind], [true, [], 'unchanged']);
  });

  it('refuses to lose more than a fifth of the rows without permission', async () => {
    const { directory, run } = desk();
    await run(ten);
    const refused = await run(ten.slice(0, 7));
    assert.deepEqual(
      [refused.outcome, refused.removals.length],
      [{ kind: 'refused', why: 'too-many-removals' }, 3],
    );
    assert.equal((await run(ten.slice(0, 7), { allowRemovals: true })).outcome.kind, 'committed');
    assert.equal((await directory.load()).offers.size, 7);
  });

  it('never empties the directory because of an empty file', async () => {
    const { directory, run } = desk();
    await run(ten);
    for (const request of [{}, { allowRemovals: true, skipBadRows: true }]) {
      assert.deepEqual((await run([], request)).outcome, { kind: 'refused', why: 'no-rows' });
      assert.equal((await run([{}], request)).outcome.kind, 'refused');
    }
    assert.equal((await directory.load()).offers.size, 10);
  });

  it("never touches another source's rows", async () => {
    const { directory, run } = desk();
    await run(ten);
    await run([record(0, { support_email: 'b@contoso.com', support_tier: 'publisher' })], {
      source: 'file:b',
    });
    await run([record(50)], { source: 'file:b', allowRemovals: true });
    assert.equal((await directory.rowsOf('file:a')).size, 11);
    assert.deepEqual([...(await directory.rowsOf('file:b')).keys()].sort(), [
      'offer:contoso.50',
      'publisher:contoso',
    ]);
  });

  it('adds the rows of a delta, and removes the rows that the delta marks as gone', async () => {
    const { directory, run } = desk();
    await run(ten);
    const report = await run([record(99), { ...record(0), remove: 'yes' }], { mode: 'delta' });
    assert.deepEqual(
      [report.adds.length, report.removals.map((row) => row.key), report.unchanged],
      [1, ['offer:contoso.0'], 1],
    );
    assert.equal((await directory.load()).offers.size, 10);
  });

  it('leaves the directory unchanged when the rows break off or the store fails', async () => {
    const { directory, run } = desk();
    await run(ten);
    async function* breaking() {
      yield* rows(ten.slice(0, 2));
      await Promise.resolve();
      throw new DeskError('import.unreadable', 'The file ends in the middle.');
    }
    await assert.rejects(run([], { rows: breaking() }), { code: 'import.unreadable' });
    directory.failNext(new DeskError('store.unavailable', 'gone'));
    await assert.rejects(run([...ten, record(12)]), { code: 'store.unavailable' });
    assert.deepEqual([directory.commits.length, (await directory.load()).offers.size], [1, 10]);
  });

  it('lets other work run, and reports its progress', async () => {
    const pause = sinon.fake.resolves(undefined);
    const onProgress = sinon.fake<[ImportProgress], void>();
    const many = Array.from({ length: 2500 }, (_, at) => record(at));
    await importRows(
      { directory: memoryDirectoryStore(), pause },
      {
        source: 'file:a',
        mode: 'full',
        rows: rows(many),
        actor: 'tester',
        now: NOW,
        onProgress,
      },
    );
    assert.ok(pause.callCount >= 10);
    assert.deepEqual(
      onProgress.args.map(([one]) => [one.stage, one.rows]),
      [
        ['reading', 1000],
        ['reading', 2000],
        ['reading', 2500],
        ['comparing', 2501],
        ['writing', 2501],
      ],
    );
  });

  it('refuses a source with an invalid name', async () => {
    const { run } = desk();
    await assert.rejects(run(ten, { source: 'My File' }), { code: 'import.mapping' });
  });
});

describe('forgetting a source', () => {
  it('removes all rows of the source and nothing else', async () => {
    const { directory, run } = desk();
    await run(ten);
    await run([record(50)], { source: 'sample' });
    const gone = await forgetSource({ directory }, { source: 'sample', actor: 'tester', now: NOW });
    assert.deepEqual([gone, (await directory.load()).offers.size], [{ removed: 2, version: 3 }, 10]);
    assert.equal(
      (await forgetSource({ directory }, { source: 'sample', actor: 'tester', now: NOW })).removed,
      0,
    );
    assert.equal(directory.commits.length, 3);
  });
});
