/** The directory's store: rows per source, imports that succeed or fail as a whole, versions, and the audit trail. */
import assert from 'node:assert/strict';
import type { DirectoryRow, Offer } from '../../core/directory/types.js';
import type { DirectoryChange } from '../../core/ports.js';
import { onEveryEngine } from '../helpers/stores.js';
import { offerOf, publisherOf } from '../helpers/directory-builders.js';

export function offerRow(id: string, changes: Partial<Offer> = {}): DirectoryRow {
  const offer: Offer = offerOf({
    id: `contoso.${id}`,
    publisherId: 'contoso',
    name: `Contoso ${id}`,
    ...changes,
  });
  return { kind: 'offer', key: `offer:${offer.id}`, offer };
}

const publisherRow: DirectoryRow = {
  kind: 'publisher',
  key: 'publisher:contoso',
  publisher: publisherOf({ id: 'contoso', name: 'Contoso' }),
};

function change(
  source: string,
  upserts: readonly DirectoryRow[],
  removals: readonly string[] = [],
): DirectoryChange {
  return { source, upserts, removals, actor: 'tester', at: 1_700_000_000_000 };
}

onEveryEngine('the directory store', (stores, place) => {
  const directory = () => stores().directory;

  it('is empty at version 0', async () => {
    assert.equal(await directory().version(), 0);
    const loaded = await directory().load();
    assert.deepEqual([loaded.version, loaded.offers.size, loaded.publishers.size], [0, 0, 0]);
  });

  it('raises the version with every import, and merges the sources', async () => {
    assert.equal(await directory().commit(change('file:a', [offerRow('backup'), publisherRow])), 1);
    assert.equal(await directory().commit(change('file:b', [offerRow('mail')])), 2);
    const loaded = await directory().load();
    assert.equal(loaded.version, 2);
    assert.deepEqual([...loaded.offers.keys()].sort(), ['contoso.backup', 'contoso.mail']);
    assert.equal(loaded.publishers.get('contoso')?.name, 'Contoso');
  });

  it('returns only the rows of the source asked for', async () => {
    await directory().commit(change('file:mine', [offerRow('mine')]));
    await directory().commit(
      change('file:theirs', [offerRow('mine', { name: 'Theirs' }), offerRow('theirs')]),
    );
    await directory().commit(change('file:mine', [], ['offer:contoso.mine', 'offer:contoso.theirs']));
    assert.equal((await directory().rowsOf('file:mine')).size, 0);
    assert.equal((await directory().rowsOf('file:theirs')).size, 2);
  });

  it('changes and removes rows, and keeps the others', async () => {
    await directory().commit(change('file:c', [offerRow('one'), offerRow('two'), offerRow('three')]));
    await directory().commit(change('file:c', [offerRow('one', { name: 'One' })], ['offer:contoso.two']));
    const rows = await directory().rowsOf('file:c');
    assert.deepEqual([...rows.keys()], ['offer:contoso.one', 'offer:contoso.three']);
    const one = rows.get('offer:contoso.one');
    assert.equal(one?.kind === 'offer' && one.offer.name, 'One');
  });

  it('keeps the version when an import changes nothing', async () => {
    await directory().commit(change('file:same', [offerRow('same')]));
    const version = await directory().version();
    assert.equal(await directory().commit(change('file:same', [offerRow('same')], ['offer:never'])), version);
    assert.equal(await directory().commit(change('file:same', [])), version);
  });

  it('restores a removed row when an import contains the row again', async () => {
    await directory().commit(change('file:back', [offerRow('back')]));
    await directory().commit(change('file:back', [], ['offer:contoso.back']));
    await directory().commit(change('file:back', [offerRow('back')]));
    assert.equal((await directory().rowsOf('file:back')).size, 1);
  });

  it('records who added, changed and removed each row, with the earlier row', async () => {
    await directory().commit(change('file:audit', [offerRow('seen')]));
    await directory().commit({
      ...change('file:audit', [offerRow('seen', { name: 'New' })]),
      actor: 'amy',
      at: 7,
    });
    await directory().commit(change('file:audit', [], ['offer:contoso.seen']));
    const entries = await directory().audit({ key: 'offer:contoso.seen', limit: 10 });
    assert.deepEqual(
      entries.map((one) => one.change),
      ['remove', 'change', 'add'],
    );
    assert.deepEqual([entries[1]?.actor, entries[1]?.at, entries[1]?.source], ['amy', 7, 'file:audit']);
    assert.deepEqual(entries[1]?.before, offerRow('seen'));
    assert.deepEqual(entries[1]?.after, offerRow('seen', { name: 'New' }));
    assert.equal(entries[0]?.after, undefined);
  });

  it('keeps no outdated row after an import', async () => {
    for (const name of ['A', 'B', 'C'])
      await directory().commit(change('file:few', [offerRow('few', { name })]));
    const { kysely } = stores().database;
    const kept = await kysely
      .selectFrom('directory_rows')
      .selectAll()
      .where('source', '=', 'file:few')
      .execute();
    assert.equal(kept.length, 1);
  });

  it('lists the keys changed since a version with the current row of every source', async () => {
    await directory().commit(change('file:since', [offerRow('kept'), offerRow('gone'), offerRow('both')]));
    const since = await directory().version();
    await directory().commit(change('file:other', [offerRow('both', { name: 'Other' })]));
    await directory().commit(change('file:since', [offerRow('new')], ['offer:contoso.gone']));
    const changes = await directory().changesSince(since, 10);
    assert.equal(changes?.version, since + 2);
    const said = [...changes.rows].map(([key, rows]) => [key, rows.map((one) => one.source).sort()]);
    assert.deepEqual(said.sort(), [
      ['offer:contoso.both', ['file:other', 'file:since']],
      ['offer:contoso.gone', []],
      ['offer:contoso.new', ['file:since']],
    ]);
    assert.deepEqual(changes.rows.get('offer:contoso.new')?.[0]?.row, offerRow('new'));
    assert.equal((await directory().changesSince(since + 2, 10))?.rows.size, 0);
  });

  it('returns no list of changes when the changes are too many, cleared, or of an unknown version', async () => {
    const since = await directory().version();
    await directory().commit({ ...change('file:old', [offerRow('old'), offerRow('older')]), at: 5 });
    await directory().commit(change('file:old', [offerRow('newest')]));
    assert.equal((await directory().changesSince(since, 3))?.rows.size, 3);
    assert.equal(await directory().changesSince(since, 2), undefined);
    await directory().purgeAudit(6);
    assert.equal(await directory().changesSince(since, 10), undefined);
    assert.equal((await directory().changesSince(since + 1, 10))?.rows.size, 1);
    assert.equal(await directory().changesSince(since + 99, 10), undefined);
  });

  it('runs parallel imports one after another, and loses no import', async () => {
    const before = await directory().version();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => directory().commit(change(`file:p${n}`, [offerRow(`p${n}`)]))),
    );
    assert.equal(await directory().version(), before + 8);
    const sources = await directory().sources();
    assert.equal(sources.filter((source) => source.startsWith('file:p')).length, 8);
  });

  it('returns the rows of one key from all sources, with the version of the directory', async () => {
    await directory().commit(change('file:a', [offerRow('about', { name: 'A' })]));
    await directory().commit(change('file:b', [offerRow('about', { name: 'B' }), offerRow('other')]));
    const version = await directory().commit(change('file:a', [offerRow('about', { name: 'A2' })]));
    const found = await directory().rowsAbout('offer:contoso.about');
    assert.equal(found.version, version);
    const names = found.sources.map(({ source, rows }) => [
      source,
      [...rows].map((row) => row.kind === 'offer' && row.offer.name),
    ]);
    assert.deepEqual(names, [
      ['file:a', ['A2']],
      ['file:b', ['B']],
    ]);
    await directory().commit(change('file:b', [], ['offer:contoso.about']));
    const { sources } = await directory().rowsAbout('offer:contoso.about');
    assert.deepEqual(
      sources.map(({ source }) => source),
      ['file:a'],
    );
  });

  it('shows no row of a failed or killed import, and the next import removes its rows', async () => {
    const version = await directory().version();
    const { kysely } = stores().database;
    const batch = {
      batch: 9_000,
      source: 'file:dead',
      actor: 'x',
      at: 1,
      state: 'staging' as const,
      version: null,
      swept: 0,
    };
    await kysely.insertInto('directory_batches').values(batch).execute();
    const row = { source: 'file:dead', row_key: 'offer:x', batch: 9_000, body: '{"half":' };
    await kysely.insertInto('directory_rows').values(row).execute();
    assert.equal((await directory().rowsOf('file:dead')).size, 0);
    assert.equal((await directory().load()).version, version);
    await directory().commit(change('file:alive', [offerRow('alive')]));
    const left = await kysely
      .selectFrom('directory_rows')
      .select('batch')
      .where('source', '=', 'file:dead')
      .execute();
    assert.equal(left.length, 0);
  });

  it('holds the same rows after a restart', async () => {
    const before = await directory().load();
    if (place().kind === 'sqlite') await stores().close();
    const again = await place().open();
    const after = await again.directory.load();
    assert.deepEqual([...after.offers.keys()], [...before.offers.keys()]);
    assert.equal(after.version, before.version);
  });
});
