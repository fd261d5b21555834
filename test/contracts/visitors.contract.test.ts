/** Data that partners vouch for about visitors: one customer per conversation, deleted with the conversation. */
import assert from 'node:assert/strict';
import { onEveryEngine } from '../helpers/stores.js';

const ada = { customer: 'mark-of-ada', offers: [{ offerId: 'contoso.backup', channel: 'partner' as const }] };

onEveryEngine('what partners vouch for', (stores, place) => {
  const visitors = () => stores().visitors;

  it('stays as stored until newer data of the same customer replaces the old data', async () => {
    assert.equal(await visitors().get('c-1'), undefined);
    assert.equal(await visitors().bind('c-1', { ...ada, tenantId: 't-1', country: 'DE' }), true);
    assert.deepEqual(await visitors().get('c-1'), { ...ada, tenantId: 't-1', country: 'DE' });
    assert.equal(await visitors().bind('c-1', { ...ada, offers: [] }), true);
    assert.deepEqual(await visitors().get('c-1'), { ...ada, offers: [] });
  });

  it('never changes its customer, also when several customers arrive together', async () => {
    assert.equal(await visitors().bind('c-1', { ...ada, customer: 'mark-of-bob' }), false);
    assert.equal((await visitors().get('c-1'))?.customer, ada.customer);
    const together = ['a', 'b', 'c', 'd'].map((customer) => visitors().bind('c-2', { customer, offers: [] }));
    assert.equal((await Promise.all(together)).filter(Boolean).length, 1);
  });

  it('disappears with its conversation, or when the conversation no longer exists', async () => {
    await visitors().forget('c-2');
    assert.equal(await visitors().get('c-2'), undefined);
    await stores().conversations.create({ id: 'c-3', userId: 'dl_x', audience: 'customer', createdAt: 1 });
    await visitors().bind('c-3', ada);
    place().pass(1_000);
    const gone = await visitors().purge(place().frozenAt ?? 0);
    assert.equal(gone, 1);
    assert.equal(await visitors().get('c-1'), undefined);
    assert.ok(await visitors().get('c-3'), 'its conversation is still there');
  });
});
