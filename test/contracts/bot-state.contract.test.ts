/** The bot SDK's state survives a restart, and an eTag protects a document from an outdated write. */
import assert from 'node:assert/strict';
import { isCode } from '../helpers/errors.js';
import { onEveryEngine } from '../helpers/stores.js';

onEveryEngine('bot state', (stores, place) => {
  const state = () => stores().botState;

  it('returns the documents that were written, and leaves missing keys out', async () => {
    await state().write({ 'a/1': { count: 1, list: ['x'] }, 'a/2': { text: '請問 😀 \u0000 end' } });
    const read = await state().read(['a/1', 'a/2', 'a/none']);
    assert.deepEqual(Object.keys(read).sort(), ['a/1', 'a/2']);
    assert.deepEqual({ ...read['a/1'], eTag: undefined }, { count: 1, list: ['x'], eTag: undefined });
    assert.equal(read['a/2'].text, '請問 😀 \u0000 end');
  });

  it('gives every write a new eTag, also a write that changes nothing', async () => {
    await state().write({ tag: { n: 1 } });
    const first = (await state().read(['tag'])).tag.eTag;
    await state().write({ tag: { n: 1, eTag: '*' } });
    const second = (await state().read(['tag'])).tag.eTag;
    assert.ok(first);
    assert.notEqual(first, second);
  });

  it('overwrites any state with * or without an eTag', async () => {
    await state().write({ any: { n: 1 } });
    await state().write({ any: { n: 2, eTag: '*' } });
    await state().write({ any: { n: 3 } });
    assert.equal((await state().read(['any'])).any.n, 3);
  });

  it('refuses a write with an outdated eTag, and keeps the newer document', async () => {
    await state().write({ shared: { n: 1 } });
    const mine = (await state().read(['shared'])).shared;
    await state().write({ shared: { ...mine, n: 2 } });
    await assert.rejects(state().write({ shared: { ...mine, n: 99 } }), isCode('store.conflict'));
    assert.equal((await state().read(['shared'])).shared.n, 2);
  });

  it('refuses an empty eTag, and the eTag of a document that was deleted meanwhile', async () => {
    await state().write({ gone: { n: 1 } });
    const mine = (await state().read(['gone'])).gone;
    await state().delete(['gone']);
    await assert.rejects(state().write({ gone: mine }), isCode('store.conflict'));
    await assert.rejects(state().write({ gone: { n: 1, eTag: '' } }), isCode('store.conflict'));
    assert.deepEqual(await state().read(['gone']), {});
  });

  it('writes all changes or none', async () => {
    await state().write({ 'b/1': { n: 1 }, 'b/2': { n: 1 } });
    const stale = (await state().read(['b/2']))['b/2'];
    await state().write({ 'b/2': { n: 2 } });
    await assert.rejects(state().write({ 'b/1': { n: 9 }, 'b/2': stale }), isCode('store.conflict'));
    const read = await state().read(['b/1', 'b/2']);
    assert.deepEqual([read['b/1'].n, read['b/2'].n], [1, 2]);
  });

  it('accepts exactly one of many writers with the same eTag', async () => {
    await state().write({ race: { n: 0 } });
    const mine = (await state().read(['race'])).race;
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => state().write({ race: { ...mine, n } })),
    );
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 1);
  });

  it('accepts keys of any characters and length, and distinguishes long keys', async () => {
    const keys = [
      '!@#$%^&*()_+??><":QASD~`',
      `long/${'x'.repeat(5000)}1`,
      `long/${'x'.repeat(5000)}2`,
      'nul\u0000',
    ];
    await state().write(Object.fromEntries(keys.map((key, n) => [key, { n }])));
    const read = await state().read(keys);
    assert.deepEqual(
      keys.map((key) => read[key]?.n as unknown),
      [0, 1, 2, 3],
    );
    await state().delete(keys);
    assert.deepEqual(await state().read(keys), {});
  });

  it('does nothing for an empty list', async () => {
    await state().write({});
    await state().delete([]);
    assert.deepEqual(await state().read([]), {});
  });

  it('lists and deletes the keys under a prefix, and no others', async () => {
    const keys = ['msteams/users/a_1/', 'msteams/users/a_1/more', 'msteams/users/ax1/', 'msteams/users/😀/'];
    await state().write(Object.fromEntries(keys.map((key) => [key, { key }])));
    assert.deepEqual(Object.keys(await state().startingWith('msteams/users/a_1/')).sort(), keys.slice(0, 2));
    assert.equal(await state().forget('msteams/users/a_1/'), 2);
    assert.equal(await state().forget('msteams/users/😀/'), 1);
    assert.deepEqual(Object.keys(await state().read(keys)), ['msteams/users/ax1/']);
  });

  it('deletes only documents without a recent write', async () => {
    place().frozenAt = 1000;
    await state().write({ 'old/1': { n: 1 }, 'old/2': { n: 1 } });
    place().frozenAt = undefined;
    await state().write({ 'old/2': { n: 2 } });
    assert.equal(await state().purge(2000), 1);
    assert.deepEqual(Object.keys(await state().read(['old/1', 'old/2'])), ['old/2']);
  });

  it('takes a part out of silent documents only, and a turn that read one may still write', async () => {
    place().frozenAt = 1000;
    const keys = Array.from({ length: 501 }, (_, at) => `trim/${String(at).padStart(3, '0')}`);
    await state().write(Object.fromEntries(keys.map((key) => [key, { list: [key], n: 1 }])));
    await state().write({ 'trim/other': { n: 1 } });
    place().frozenAt = 5000;
    await state().write({ 'trim/000': { list: ['new'] } });
    place().frozenAt = undefined;
    const read = await state().read(['trim/500']);
    const trimmed = ({ list, ...kept }: Readonly<Record<string, unknown>>) =>
      JSON.stringify(list).includes('250') ? undefined : kept;
    assert.equal(await state().trim(2000, '"list":', trimmed), 499);
    const after = await state().read(['trim/000', 'trim/250', 'trim/500']);
    const lists = Object.values(after).map((one) => (one as { readonly list?: unknown }).list);
    assert.deepEqual(lists, [['new'], ['trim/250'], undefined]);
    await state().write(read);
    assert.equal(await state().trim(2000, '"list":', trimmed), 0, 'the document is no longer silent');
  });
});
