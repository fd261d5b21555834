/** The stores of preferences and conversation references, and the deletion of both. */
import assert from 'node:assert/strict';
import { onEveryEngine } from '../helpers/stores.js';

const amy = { channelId: 'msteams', userId: '29:amy' };

onEveryEngine('preferences of people', (stores) => {
  const people = () => stores().people;

  it('are empty for an unknown person', async () => {
    assert.deepEqual(await people().get({ ...amy, userId: 'nobody' }), {});
  });

  it('change one by one, separately for each person and channel, and undefined removes a preference', async () => {
    await people().set(amy, { language: 'zh-Hant', quiet: { from: 18 } });
    assert.deepEqual(await people().set(amy, { language: 'en' }), { language: 'en', quiet: { from: 18 } });
    assert.deepEqual(await people().set(amy, { quiet: undefined }), { language: 'en' });
    assert.deepEqual(await people().get(amy), { language: 'en' });
    assert.deepEqual(await people().get({ ...amy, channelId: 'directline' }), {});
  });

  it('keep both changes when two arrive together', async () => {
    const bob = { ...amy, userId: 'bob' };
    await Promise.all(Array.from({ length: 8 }, (_, n) => people().set(bob, { [`k${n}`]: n })));
    assert.equal(Object.keys(await people().get(bob)).length, 8);
  });

  it('disappear when the person asks', async () => {
    await people().set(amy, { language: 'en' });
    assert.equal(await people().forget(amy), true);
    assert.equal(await people().forget(amy), false);
    assert.deepEqual(await people().get(amy), {});
  });
});

onEveryEngine('conversation references', (stores, place) => {
  const references = () => stores().references;
  const saved = (userId: string, conversationId = `a:${userId}`) => ({
    channelId: 'msteams',
    conversationId,
    userId,
    tenantId: 't1',
    reference: { serviceUrl: 'https://smba.example.com/', conversation: { id: conversationId } },
  });

  it('count as new once, and are only refreshed afterwards', async () => {
    assert.equal(await references().save(saved('one')), true);
    const newer = { ...saved('one'), reference: { serviceUrl: 'https://other.example.com/' } };
    assert.equal(await references().save(newer), false);
    const [found, ...others] = await references().list({ userId: 'one' });
    assert.deepEqual([found?.reference, found?.tenantId, others.length], [newer.reference, 't1', 0]);
  });

  it('leave the list when the bot is removed, and return when the bot is added again', async () => {
    await references().save(saved('two'));
    assert.equal(await references().deactivate('msteams', 'a:two'), 1);
    assert.equal(await references().deactivate('msteams', 'a:two'), 0);
    assert.deepEqual(await references().list({ userId: 'two' }), []);
    assert.equal((await references().list({ userId: 'two', inactive: true }))[0]?.active, false);
    assert.equal(await references().save(saved('two')), true);
    assert.equal((await references().list({ conversationId: 'a:two' })).length, 1);
  });

  it('can be listed by channel, the longest unused first', async () => {
    place().frozenAt = 10;
    await references().save({ ...saved('late'), channelId: 'test' });
    place().frozenAt = 5;
    await references().save({ ...saved('early'), channelId: 'test' });
    place().frozenAt = undefined;
    const listed = await references().list({ channelId: 'test' });
    assert.deepEqual(
      listed.map((one) => one.userId),
      ['early', 'late'],
    );
  });

  it('disappear with the person', async () => {
    await references().save(saved('gone', 'a:1'));
    await references().save(saved('gone', 'a:2'));
    assert.equal(await references().forgetUser('msteams', 'gone'), 2);
    assert.deepEqual(await references().list({ userId: 'gone', inactive: true }), []);
  });
});
