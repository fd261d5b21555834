/** Questions without an answer: the store counts and ranks them, and an operator settles each with one command. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { Directory, Offer } from '../../../../core/directory/types.js';
import type { UnansweredEntry } from '../../../../core/ports.js';
import { addAlias, ALIAS_SOURCE } from '../../../../core/services/directory/alias.js';
import { rankUnanswered } from '../../../../core/services/answers/unanswered.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';
import { memoryDirectoryStore } from '../../../helpers/memory-directory-store.js';
import { offerOf } from '../../../helpers/directory-builders.js';

const offer: Offer = offerOf({
  id: 'contoso.backup',
  publisherId: 'contoso',
  name: 'Contoso Backup',
  contacts: [{ kind: 'customer-support', email: 'help@contoso.com' }],
});
const asked = (missing: 'offer' | 'issue', text: string, at = 1): UnansweredEntry => ({
  at,
  missing,
  text,
  language: 'en',
});
const knowing = (directory: Directory, phrases: { text: string; issue: 'billing.tax' }[] = []) => ({
  index: buildOfferIndex(directory),
  classifier: createIssueClassifier({ phrases }),
});

describe('the list of unanswered questions', () => {
  let store: ReturnType<typeof memoryDirectoryStore>;
  beforeEach(async () => {
    store = memoryDirectoryStore();
    const row = { kind: 'offer', key: 'offer:contoso.backup', offer } as const;
    await store.commit({ source: 'file:list', upserts: [row], removals: [], actor: 'test', at: 1 });
  });

  it('ranks questions by how often visitors asked them, in any spelling', async () => {
    const entries = [
      asked('offer', 'Zephyr Vault'),
      asked('offer', 'zephyr   vault!', 5),
      asked('offer', 'ZEPHYR VAULT', 3),
      asked('offer', 'Quux Ledger'),
    ];
    const report = rankUnanswered(entries, knowing(await store.load()));
    assert.deepEqual(
      report.open.map((group) => [group.text, group.times]),
      [
        ['zephyr   vault!', 3],
        ['Quux Ledger', 1],
      ],
    );
    assert.deepEqual([report.total, report.settled], [4, 0]);
  });

  it('drops a question after the operator adds an alias, and the figure changes', async () => {
    const entries = [asked('offer', 'Zephyr Vault'), asked('offer', 'Quux Ledger')];
    const request = { offerId: 'contoso.backup', alias: ' Zephyr  Vault ', actor: 'ada', now: 9 };
    assert.equal((await addAlias(store, await store.load(), request)).kind, 'added');
    const report = rankUnanswered(entries, knowing(await store.load()));
    assert.deepEqual([report.settled, report.open.map((group) => group.text)], [1, ['Quux Ledger']]);
  });

  it('drops a question after the operator adds a phrase', async () => {
    const entries = [asked('issue', 'the glorb on my frobnication is mauve')];
    const directory = await store.load();
    assert.equal(rankUnanswered(entries, knowing(directory)).open.length, 1);
    const taught = knowing(directory, [
      { text: 'the glorb on my frobnication is mauve', issue: 'billing.tax' },
    ]);
    assert.equal(rankUnanswered(entries, taught).open.length, 0);
  });

  it('names the nearest kinds of issue', async () => {
    const report = rankUnanswered([asked('issue', 'cost')], knowing(await store.load()));
    assert.ok((report.open[0]?.nearestIssues.length ?? 0) > 0);
  });
});

describe('an alias', () => {
  it('adds a name and leaves the other fields to the source of the offer', async () => {
    const store = memoryDirectoryStore();
    const row = { kind: 'offer', key: 'offer:contoso.backup', offer } as const;
    await store.commit({ source: 'file:list', upserts: [row], removals: [], actor: 'test', at: 1 });
    const add = async (alias: string) =>
      addAlias(store, await store.load(), { offerId: 'contoso.backup', alias, actor: 'ada', now: 2 });
    await add('Zephyr');
    await add('Zephyr Two');
    assert.equal((await add('Zephyr')).kind, 'known');
    assert.equal((await add('  ')).kind, 'bad-alias');
    const renamed = { ...offer, name: 'Contoso Backup Plus', contacts: [] };
    await store.commit({
      source: 'file:list',
      upserts: [{ ...row, offer: renamed }],
      removals: [],
      actor: 'test',
      at: 3,
    });
    const merged = (await store.load()).offers.get('contoso.backup');
    assert.equal(merged?.name, 'Contoso Backup Plus');
    assert.deepEqual([...(merged?.aliases ?? [])].sort(), ['Zephyr', 'Zephyr Two']);
    assert.deepEqual(merged?.contacts, []);
    assert.equal((await store.rowsOf(ALIAS_SOURCE)).size, 1);
  });

  it('lets the source decide whether the offer is on sale and in the directory', async () => {
    const store = memoryDirectoryStore();
    const row = { kind: 'offer', key: 'offer:contoso.backup', offer } as const;
    const by = { source: 'file:list', actor: 'test', at: 1 };
    await store.commit({ ...by, upserts: [{ ...row, offer: { ...offer, withdrawn: true } }], removals: [] });
    const request = { offerId: 'contoso.backup', alias: 'Zephyr', actor: 'ada', now: 2 };
    await addAlias(store, await store.load(), request);
    await store.commit({ ...by, upserts: [{ ...row, offer: { ...offer, withdrawn: false } }], removals: [] });
    assert.equal((await store.load()).offers.get('contoso.backup')?.withdrawn, false);
    await store.commit({ ...by, upserts: [], removals: [row.key] });
    assert.equal((await store.load()).offers.size, 0);
  });

  it('requires an offer that exists', async () => {
    const store = memoryDirectoryStore();
    const done = await addAlias(store, await store.load(), {
      offerId: 'no.such',
      alias: 'x',
      actor: 'a',
      now: 1,
    });
    assert.equal(done.kind, 'no-offer');
  });
});
