/** The store of web conversations keeps the same contract as the reference implementation in memory. */
import assert from 'node:assert/strict';
import type { ConversationLog } from '../../bot/web/directline/log.js';
import { MemoryConversationLog } from '../helpers/conversation-log.js';
import { onEveryEngine } from '../helpers/stores.js';

const person = (id: string) => ({ id, userId: 'dl_amy', audience: 'customer' as const, createdAt: 1000 });
const message = (text: string) => ({ type: 'message', text });

function contract(log: () => ConversationLog): void {
  it('creates a conversation once, and finds the conversation afterwards', async () => {
    assert.deepEqual(await log().create(person('c1')), { created: true });
    assert.deepEqual(await log().create({ ...person('c1'), userId: 'dl_eve' }), { created: false });
    assert.deepEqual(await log().get('c1'), person('c1'));
    assert.equal(await log().get('none'), undefined);
  });

  it('allows exactly one caller to greet', async () => {
    await log().create(person('greet'));
    const claims = await Promise.all(Array.from({ length: 5 }, () => log().claimGreeting('greet')));
    assert.deepEqual(claims.filter(Boolean), [true]);
    assert.equal(await log().claimGreeting('none'), false);
  });

  it('numbers activities, and gives them rising times even when the clock goes back', async () => {
    await log().create(person('order'));
    const times = [5000, 5000, 4000, 9000];
    const kept = [];
    for (const [n, at] of times.entries()) kept.push(await log().append('order', message(`m${n}`), at));
    assert.deepEqual(
      kept.map((one) => one?.id),
      ['order|0000000', 'order|0000001', 'order|0000002', 'order|0000003'],
    );
    const stamps = kept.map((one) => Date.parse(one?.timestamp ?? ''));
    assert.deepEqual(stamps, [5000, 5001, 5002, 9000]);
  });

  it('refuses an activity of an unknown conversation', async () => {
    assert.equal(await log().append('none', message('x'), 1), undefined);
    assert.equal(await log().update('none', 'none|0000000', message('x')), undefined);
    assert.deepEqual(await log().after('none', 0), { activities: [], watermark: 0 });
  });

  it('stores a repeated message once, also when both copies arrive together', async () => {
    await log().create(person('again'));
    const send = (clientId: string) => log().appendOnce('again', clientId, message('hello'), 2000);
    const all = await Promise.all(Array.from({ length: 5 }, () => send('m1')));
    assert.deepEqual(
      all.map((one) => one?.kept.id),
      Array.from({ length: 5 }, () => 'again|0000000'),
    );
    assert.equal(all.filter((one) => one?.first).length, 1);
    assert.equal((await send('m2'))?.kept.id, 'again|0000001');
    await log().create(person('elsewhere'));
    assert.equal((await log().appendOnce('elsewhere', 'm1', message('hello'), 2000))?.first, true);
    assert.equal(await log().appendOnce('none', 'm1', message('x'), 1), undefined);
    assert.equal((await log().after('again', 0)).activities.length, 2);
  });

  it('returns the activities after a watermark, and the next watermark', async () => {
    await log().create(person('mark'));
    for (const text of ['a', 'b', 'c']) await log().append('mark', message(text), 2000);
    const first = await log().after('mark', 0);
    assert.deepEqual([first.activities.map((one) => one.text), first.watermark], [['a', 'b', 'c'], 3]);
    await log().append('mark', message('d'), 3000);
    const next = await log().after('mark', first.watermark);
    assert.deepEqual([next.activities.map((one) => one.text), next.watermark], [['d'], 4]);
    assert.deepEqual(await log().after('mark', 4), { activities: [], watermark: 4 });
  });

  it('replaces an activity, keeps its id and time, and returns the new text to later readers', async () => {
    await log().create(person('edit'));
    const first = await log().append('edit', message('open'), 2000);
    await log().append('edit', message('other'), 3000);
    const seen = (await log().after('edit', 0)).watermark;
    const replaced = await log().update('edit', first?.id ?? '', message('resolved'));
    assert.deepEqual(replaced, { ...message('resolved'), id: first?.id, timestamp: first?.timestamp });
    assert.deepEqual((await log().after('edit', seen)).activities, [replaced]);
    const all = (await log().after('edit', 0)).activities;
    assert.deepEqual(
      all.map((one) => one.text),
      ['resolved', 'other'],
    );
    assert.equal(await log().update('edit', 'edit|0000009', message('x')), undefined);
  });

  it('numbers activities that arrive together without a gap or a duplicate', async () => {
    await log().create(person('together'));
    await Promise.all(Array.from({ length: 20 }, (_, n) => log().append('together', message(`${n}`), 5000)));
    const all = (await log().after('together', 0)).activities;
    assert.equal(new Set(all.map((one) => one.id)).size, 20);
    assert.equal(new Set(all.map((one) => one.timestamp)).size, 20);
  });

  it('deletes a conversation with all its activities', async () => {
    await log().create(person('gone'));
    await log().append('gone', message('secret'), 2000);
    await log().delete('gone');
    await log().delete('gone');
    assert.equal(await log().get('gone'), undefined);
    assert.equal(await log().isForgotten('gone'), true);
    assert.deepEqual((await log().after('gone', 0)).activities, []);
  });

  it('does not create a deleted conversation again under the same id', async () => {
    await log().create(person('never'));
    assert.equal(await log().isForgotten('never'), false);
    await log().delete('never');
    assert.deepEqual(await log().create(person('never')), { created: false });
    assert.equal(await log().get('never'), undefined);
    assert.equal(await log().append('never', message('late'), 3000), undefined);
  });
}

describe('conversations in memory', () => {
  const log = new MemoryConversationLog();
  contract(() => log);
});

onEveryEngine('conversations', (stores, place) => {
  contract(() => stores().conversations);

  it('continues a conversation after a restart', async () => {
    await stores().conversations.create(person('restart'));
    await stores().conversations.append('restart', message('before'), 2000);
    if (place().kind === 'sqlite') await stores().close();
    const again = await place().open();
    const kept = await again.conversations.append('restart', message('after'), 2000);
    assert.equal(kept?.id, 'restart|0000001');
    assert.equal((await again.conversations.after('restart', 0)).activities.length, 2);
  });
});

onEveryEngine('upkeep of conversations', (stores) => {
  const log = () => stores().conversations;

  it('finds and deletes the conversations of a user with their activities', async () => {
    for (const id of ['u1', 'u2']) {
      await log().create({ ...person(id), userId: 'dl_bob' });
      await log().append(id, message('x'), 5000);
    }
    await log().create({ ...person('u3'), userId: 'dl_kim' });
    assert.deepEqual((await log().ofUser('dl_bob')).map((one) => one.id).sort(), ['u1', 'u2']);
    assert.deepEqual([...(await log().forgetUser('dl_bob'))].sort(), ['u1', 'u2']);
    const left = await stores().database.kysely.selectFrom('conversation_activities').selectAll().execute();
    assert.deepEqual([left.length, await log().get('u1'), (await log().get('u3'))?.id], [0, undefined, 'u3']);
  });

  it('deletes conversations that were silent since a given time, and keeps the others', async () => {
    await log().create({ ...person('silent'), userId: 'dl_t' });
    await log().create({ ...person('spoken'), userId: 'dl_t' });
    await log().append('spoken', message('x'), 9000);
    assert.deepEqual((await log().expire(9000)).includes('silent'), true);
    assert.equal((await log().get('spoken'))?.id, 'spoken');
  });

  it('lists silent conversations, and removes old records of deleted conversations', async () => {
    await log().create({ ...person('idle'), userId: 'dl_i' });
    assert.ok((await log().idle(9_000)).some((one) => one.id === 'idle' && one.userId === 'dl_i'));
    await log().delete('idle');
    await log().dropForgotten(1);
    assert.equal(await log().isForgotten('idle'), true);
    await log().dropForgotten(Number.MAX_SAFE_INTEGER);
    assert.equal(await log().isForgotten('idle'), false);
  });
});
