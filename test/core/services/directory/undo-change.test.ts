/** Corrections of an offer, the visible effect of each change, and the undo of the last change. */
import assert from 'node:assert/strict';
import { ownMark } from '../../../../core/directory/correction.js';
import { historyOf } from '../../../../core/directory/history.js';
import { originsOfOffer } from '../../../../core/directory/origins.js';
import type { DirectoryRow, Offer } from '../../../../core/directory/types.js';
import { addAlias } from '../../../../core/services/directory/alias.js';
import { correctContact } from '../../../../core/services/directory/correct-contact.js';
import { correctOffer } from '../../../../core/services/directory/correct-offer.js';
import { planUndo, undoChange } from '../../../../core/services/directory/undo-change.js';
import type { Stores } from '../../../../bot/store/stores.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function offerRow(id: string, changes: Partial<Offer>): DirectoryRow {
  const lists = { aliases: [], categories: [], plans: [], links: {}, contacts: [] };
  const own = { id, publisherId: 'contoso', name: id, withdrawn: false } as const;
  const offer: Offer = { ...own, ...lists, supportTier: 'publisher', hosting: 'saas', ...changes };
  return { kind: 'offer', key: `offer:${id}`, offer };
}

onEveryEngine('what administrators do to an offer', (stores: () => Stores) => {
  let id = '';
  let key = '';
  let count = 0;
  const directory = () => stores().directory;
  const sync = (changes: Partial<Offer> = {}) =>
    directory().commit({
      source: 'file:list',
      upserts: [offerRow(id, changes)],
      removals: [],
      actor: 'sync',
      at: NOW,
    });
  const now = async () => (await directory().load()).offers.get(id);
  const actor = { actor: '29:ada', now: NOW };
  const email = (address: string) =>
    correctContact(directory(), { key, kind: 'engineering', fields: { email: address }, ...actor });
  const correct = (name: string, withdrawn = false, expected?: string) =>
    correctOffer(directory(), {
      offerId: id,
      name,
      withdrawn,
      ...(expected === undefined ? {} : { expected }),
      ...actor,
    });

  beforeEach(async () => {
    count += 1;
    id = `contoso.own-${String(count)}`;
    key = `offer:${id}`;
    await sync({ name: 'Zephyr', contacts: [{ kind: 'engineering', email: 'old@contoso.com' }] });
  });

  it('gives the offer another name and keeps the old one known, until the source itself changes', async () => {
    assert.equal((await correct('Zephyr Vault')).kind, 'corrected');
    assert.deepEqual([(await now())?.name, (await now())?.aliases], ['Zephyr Vault', ['Zephyr']]);
    assert.equal((await now())?.corrected, undefined);
    await sync({ name: 'Zephyr', summary: 'the same name again' });
    assert.equal((await now())?.name, 'Zephyr Vault');
    const { sources } = await directory().rowsAbout(key);
    const origin = originsOfOffer(sources, id).find(({ field }) => field === 'name');
    assert.deepEqual([origin?.source, origin?.rule], ['admin', 'correction']);
    await sync({ name: 'Zephyr Two' });
    assert.deepEqual([(await now())?.name, (await now())?.aliases], ['Zephyr Two', []]);
  });

  it('takes the offer off sale and puts it on sale again, and keeps a corrected contact', async () => {
    await email('right@contoso.com');
    await correct('Zephyr', true);
    assert.deepEqual(
      [(await now())?.withdrawn, (await now())?.contacts[0]?.email],
      [true, 'right@contoso.com'],
    );
    await correct('Zephyr', false);
    assert.equal((await now())?.withdrawn, false);
    await sync({ name: 'Zephyr', withdrawn: true });
    assert.equal((await now())?.withdrawn, true);
    await correct('Zephyr', false);
    assert.equal((await now())?.withdrawn, false);
    await directory().commit({ source: 'file:list', upserts: [], removals: [key], actor: 'sync', at: NOW });
    assert.equal(await now(), undefined, 'a correction alone keeps no offer in the directory');
  });

  it('is refused without a name, for an unknown offer, and after a change by another person', async () => {
    const seen = await now();
    assert.ok(seen);
    assert.deepEqual(await correct('  '), { kind: 'bad-name' });
    assert.deepEqual(await correct('Zephyr'), { kind: 'same' });
    await correct('First', false, ownMark(seen));
    const second = await correct('Second', false, ownMark(seen));
    assert.equal(second.kind === 'conflict' && second.current.name, 'First');
    assert.equal((await correct('First', false, ownMark(seen))).kind, 'same');
    const unknown = { offerId: 'no.such', name: 'x', withdrawn: false, ...actor };
    assert.equal((await correctOffer(directory(), unknown)).kind, 'unknown');
  });

  it('is on record with its visible effect; an overruled sync has no effect', async () => {
    await email('right@contoso.com');
    await sync({
      name: 'Zephyr',
      contacts: [{ kind: 'engineering', email: 'old@contoso.com' }],
      verifiedOn: '2026-11-01',
    });
    await addAlias(directory(), await directory().load(), { offerId: id, alias: 'zz', ...actor });
    await correct('Zephyr Vault', true);
    const { sources } = await directory().rowsAbout(key);
    const told = historyOf(sources, await directory().audit({ key, limit: 10 }));
    assert.deepEqual(
      told.map(({ entry, changes }) => [
        entry.source,
        changes.map(({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`),
      ]),
      [
        ['admin', ['aliases: zz → Zephyr; zz', 'name: Zephyr → Zephyr Vault', 'withdrawn: false → true']],
        ['aliases', ['aliases:  → zz']],
        ['file:list', ['verifiedOn:  → 2026-11-01']],
        [
          'admin',
          [
            'contacts.engineering.email: old@contoso.com → right@contoso.com',
            'contacts.engineering.verifiedOn:  → 2026-11-22',
          ],
        ],
        ['file:list', [`row:  → ${key}`]],
      ],
    );
  });

  it('can be undone one change at a time, for corrections and aliases, and redone', async () => {
    await email('right@contoso.com');
    await addAlias(directory(), await directory().load(), { offerId: id, alias: 'zz', ...actor });
    const plan = await planUndo(directory(), key);
    assert.deepEqual(plan?.changes, [{ field: 'aliases', before: 'zz' }]);
    const undone = await undoChange(directory(), { key, expected: plan.entry.version, ...actor });
    assert.equal(undone.kind, 'undone');
    assert.deepEqual((await now())?.aliases, []);
    assert.equal((await undoChange(directory(), { key, ...actor })).kind, 'undone');
    assert.deepEqual((await now())?.aliases, ['zz']);
    assert.equal((await now())?.contacts[0]?.email, 'right@contoso.com');
  });

  it('is not undone when another person changed the offer after it was shown', async () => {
    await email('first@contoso.com');
    const plan = await planUndo(directory(), key);
    await email('second@contoso.com');
    const late = await undoChange(directory(), { key, expected: plan?.entry.version ?? 0, ...actor });
    assert.equal(late.kind, 'conflict');
    assert.equal((await now())?.contacts[0]?.email, 'second@contoso.com');
    assert.equal((await undoChange(directory(), { key: 'offer:no.such', ...actor })).kind, 'nothing');
  });

  it('does not conflict with a change of another offer at the same moment', async () => {
    const seen = await now();
    const other = () =>
      directory().commit({
        source: 'file:other',
        upserts: [offerRow('contoso.other', { name: `Other ${String((count += 1))}` })],
        removals: [],
        actor: 'sync',
        at: NOW,
      });
    const [renamed, , mailed] = await Promise.all([
      correct('Zephyr Vault', false, seen && ownMark(seen)),
      other(),
      email('right@contoso.com'),
      other(),
    ]);
    assert.deepEqual([renamed.kind, mailed.kind], ['corrected', 'corrected']);
    assert.deepEqual(
      [(await now())?.name, (await now())?.contacts[0]?.email],
      ['Zephyr Vault', 'right@contoso.com'],
    );
  });

  it('adds both aliases when two people each add an alias at the same moment', async () => {
    const seen = await directory().load();
    const add = (alias: string) => addAlias(directory(), seen, { offerId: id, alias, ...actor });
    await Promise.all([add('one'), add('two'), add('three')]);
    assert.deepEqual([...((await now())?.aliases ?? [])].sort(), ['one', 'three', 'two']);
  });
});
