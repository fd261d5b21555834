/** A conversation has one open hand-over, and both sides get every accepted message once, on every engine. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Handover } from '../../core/handover/types.js';
import {
  askForPerson,
  closeSilent,
  endHandover,
  takeOver,
  tellStaff,
  tellVisitor,
  turnVisitor,
} from '../../core/services/handover/handover.js';
import { HandoverChannel, type Fate } from '../helpers/handover-courier.js';
import { topic, visitor } from '../helpers/handover-views.js';
import { onEveryEngine } from '../helpers/stores.js';

const DAY_MS = 86_400_000;
const ada = (key: string) => ({ by: '29:ada', key });
let conversations = 0;

onEveryEngine('hand-overs', (stores, place) => {
  beforeEach(async () => {
    await stores().database.kysely.deleteFrom('handovers').execute();
  });
  const fresh = () => new HandoverChannel(stores().handovers);
  const from = (name = `conversation-${String((conversations += 1))}`) => ({
    ...visitor,
    conversationId: name,
    userId: `dl_${name}`,
  });
  const ask = (channel: HandoverChannel, who = from(), text?: string): Promise<Handover> =>
    askForPerson(channel.desk, who, topic(text), 'ask');

  it('open once for a conversation; a second request returns the open hand-over', async () => {
    const channel = fresh();
    const who = from();
    const [first, again] = await Promise.all([ask(channel, who), ask(channel, who)]);
    assert.equal(first.id, again.id);
    assert.equal((await stores().handovers.openOf('directline', who.conversationId))?.id, first.id);
    await endHandover(channel.desk, first.id);
    assert.equal(await stores().handovers.openOf('directline', who.conversationId), undefined);
    assert.notEqual((await ask(channel, who)).id, first.id);
  });

  it('stay the same when they are stored and read again', async () => {
    const channel = fresh();
    const made = await ask(channel);
    assert.deepEqual(await stores().handovers.byId(made.id), made);
    assert.equal(await stores().handovers.byId('nobody'), undefined);
  });

  it('store every message once, also when the message arrives several times or in parallel', async () => {
    const channel = fresh();
    const { id } = await ask(channel);
    const words = ['a', 'b', 'c', 'd', 'e', 'f'];
    const sent = await Promise.all(
      [...words, ...words].map((word) => tellStaff(channel.desk, id, word, `key-${word}`)),
    );
    assert.equal(sent.filter((one) => one.kind === 'done').length, words.length);
    assert.equal(sent.filter((one) => one.kind === 'repeated').length, words.length);
    const { entries } = await stores().handovers.tail(id, 20);
    assert.deepEqual(
      entries.map((one) => one.seq),
      [1, 2, 3, 4, 5, 6],
    );
    assert.deepEqual(entries.map((one) => (one.what.kind === 'text' ? one.what.text : '')).sort(), words);
  });

  it('send each side the card, then every message in order, then the state', async () => {
    const channel = fresh();
    const { id } = await ask(channel);
    await tellStaff(channel.desk, id, 'hello', 'v1');
    await tellVisitor(channel.desk, id, 'hi', ada('s1'));
    await channel.settle(2);
    assert.deepEqual(channel.arrived.staff.slice(0, 2), ['card', 'hello']);
    assert.deepEqual(channel.arrived.visitor, ['card', 'taken', 'hi']);
    await endHandover(channel.desk, id, ada('s2'));
    await channel.settle(2);
    assert.equal(channel.arrived.visitor.at(-1), 'update closed');
    assert.equal(channel.arrived.staff.at(-1), 'update closed');
    assert.equal(channel.arrived.visitor.includes('closed'), true);
  });

  it('can be found by their card, and wait for staff once the card is sent', async () => {
    const channel = fresh();
    const { id } = await ask(channel);
    await channel.settle(1);
    const state = await stores().handovers.state({ handoverId: id, side: 'staff' });
    const card = state?.line.activityId ?? '';
    assert.equal((await stores().handovers.byCard('channel-1', card))?.status, 'waiting');
    assert.equal(await stores().handovers.byCard('channel-2', card), undefined);
  });

  it('send both sides exactly the accepted messages, in order, after any failures and crashes', async () => {
    const fate = fc.constantFrom<Fate>('taken', 'taken', 'busy', 'refused-now', 'lost', 'killed');
    const side = fc.constantFrom('visitor', 'staff');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 14 }),
        fc.array(side, { maxLength: 8 }),
        async (fates, said) => {
          const channel = fresh();
          const { id } = await ask(channel);
          const doubtful = fates.filter((one) => one === 'lost' || one === 'killed').length;
          channel.fates.push(...fates);
          const sent: Record<string, string[]> = { visitor: [], staff: [] };
          for (const [at, one] of said.entries()) {
            const word = `${one}-${at}`;
            if (one === 'visitor') await tellStaff(channel.desk, id, word, word);
            else await tellVisitor(channel.desk, id, word, ada(word));
            sent[one]?.push(word);
            if (at % 3 === 0) await channel.pass();
          }
          await channel.settle(30);
          const words = (list: readonly string[]) => list.filter((one) => /-\d+$/.test(one));
          const once = (list: readonly string[]) => list.filter((one, at) => list.indexOf(one) === at);
          const [atStaff, atVisitor] = [words(channel.arrived.staff), words(channel.arrived.visitor)];
          assert.deepEqual(once(atStaff), sent.visitor);
          assert.deepEqual(once(atVisitor), sent.staff);
          const all = [...channel.arrived.staff, ...channel.arrived.visitor];
          const cards = all.filter((one) => one === 'card').length - 2;
          const twice = atStaff.length + atVisitor.length - once(atStaff).length - once(atVisitor).length;
          assert.ok(cards + twice <= doubtful, 'twice only what was under way');
          assert.equal((await stores().handovers.tail(id, 0)).stuck.staff, 0);
        },
      ),
      { numRuns: place().kind === 'sqlite' ? 15 : 4 },
    );
  }).timeout(60_000);

  it('show on both cards when the bot cannot reach a side, and when the bot reaches the side again', async () => {
    const channel = fresh();
    const { id } = await ask(channel);
    await channel.settle(1);
    channel.answers.staff = { kind: 'answered', status: 503 };
    await tellStaff(channel.desk, id, 'hello', 'v1');
    await channel.settle(2);
    assert.deepEqual((await stores().handovers.tail(id, 0)).stuck, { visitor: 0, staff: 1 });
    const updates = () => channel.arrived.visitor.filter((one) => one.startsWith('update')).length;
    const before = updates();
    assert.ok(before > 0);
    delete channel.answers.staff;
    await channel.settle(12);
    assert.deepEqual((await stores().handovers.tail(id, 0)).stuck, { visitor: 0, staff: 0 });
    assert.ok(updates() > before);
    assert.ok(channel.arrived.staff.includes('hello'));
  });

  it('wait while the partner has no channel, and go out as soon as the partner chooses a channel', async () => {
    const channel = fresh();
    channel.place = undefined;
    await ask(channel);
    await channel.settle(1);
    assert.deepEqual([channel.arrived.staff, channel.arrived.visitor[0]], [[], 'card']);
    channel.place = 'channel-9';
    const chosen = {
      channelId: 'msteams',
      conversationId: 'channel-9',
      tenantId: 't',
      kind: 'channel',
      language: 'en',
      zone: '',
      reference: {},
    } as const;
    await stores().handovers.setStaffChannel(chosen, '29:ada', channel.now);
    assert.deepEqual(await stores().handovers.staffChannel(), chosen);
    await channel.pass();
    assert.deepEqual(channel.arrived.staff, ['card']);
    await stores().handovers.setStaffChannel(undefined, '29:ada', channel.now);
    assert.equal(await stores().handovers.staffChannel(), undefined);
    assert.deepEqual(
      await stores().handovers.staffChannelAt('channel-9'),
      chosen,
      'cards that stand there go on',
    );
  });

  it('move to the new channel when the old channel no longer accepts messages', async () => {
    const channel = fresh();
    const { id } = await ask(channel);
    await channel.settle(1);
    channel.place = 'channel-2';
    channel.answers.staff = { kind: 'answered', status: 403, code: 'BotNotInConversationRoster' };
    await tellStaff(channel.desk, id, 'are you there?', 'v1');
    await channel.pass();
    delete channel.answers.staff;
    await channel.settle(3);
    assert.deepEqual(
      channel.arrived.staff.filter((one) => !one.startsWith('update')),
      ['card', 'card', 'are you there?'],
    );
  });

  it('belong to one worker at a time, and become free after the worker died', async () => {
    const channel = fresh();
    await ask(channel);
    const { handovers } = stores();
    const now = channel.now;
    const [one, two] = await Promise.all([handovers.claim(now, 50, 1000), handovers.claim(now, 50, 1000)]);
    const names = [...one, ...two].map((claim) => `${claim.handoverId} ${claim.side}`);
    assert.equal(new Set(names).size, names.length);
    assert.equal((await handovers.claim(now + 999, 50, 1000)).length, 0);
    assert.ok((await handovers.claim(now + 1001, 50, 1)).length >= 2);
  });

  it('lose all visitor data on deletion, and disappear from the channel message by message', async () => {
    const channel = fresh();
    const who = from('secret-conversation');
    const { id } = await ask(channel, who, 'canary');
    await tellStaff(channel.desk, id, 'canary words', 'v1');
    await tellVisitor(channel.desk, id, 'canary answer', ada('s1'));
    await channel.settle(1);
    assert.equal(await stores().handovers.forget({ conversationId: who.conversationId }), 1);
    const { kysely } = stores().database;
    const kept = JSON.stringify([
      await kysely.selectFrom('handovers').selectAll().where('id', '=', id).execute(),
      await kysely.selectFrom('handover_entries').selectAll().where('handover_id', '=', id).execute(),
    ]);
    for (const canary of ['canary', 'secret-conversation', '29:ada'])
      assert.equal(kept.includes(canary), false, canary);
    const before = channel.arrived.staff.length;
    const shown = channel.arrived.visitor.length;
    await channel.settle(1);
    const taken = channel.arrived.staff.slice(before);
    assert.equal(taken.filter((one) => one.startsWith('remove')).length, 1);
    assert.equal(taken.at(-1), 'update forgotten');
    assert.equal(channel.arrived.visitor.length, shown);
    assert.equal(await stores().handovers.byId(id), undefined);
  });

  it('delete a message from the channel when they are deleted while the bot sends that message', async () => {
    const channel = fresh();
    const who = from();
    const { id } = await ask(channel, who);
    await tellStaff(channel.desk, id, 'word', 'v1');
    const held = await stores().handovers.claim(channel.now, 50, 1000);
    assert.ok(held.length > 0);
    await stores().handovers.forget({ conversationId: who.conversationId });
    const claim = { handoverId: id, side: 'staff' } as const;
    await stores().handovers.record(claim, {
      kind: 'card',
      place: 'channel-1',
      activityId: 'm-card',
      shown: 1,
    });
    await stores().handovers.record(claim, { kind: 'entry', seq: 1, state: 'sent', activityId: 'm-word' });
    channel.now += 2000;
    await channel.settle(1);
    assert.deepEqual(channel.arrived.staff, ['remove m-word', 'update forgotten']);
  });

  it('close after a silence, and disappear after the retention time', async () => {
    const channel = fresh();
    channel.now += 400 * DAY_MS;
    const { id } = await ask(channel);
    await takeOver(channel.desk, id, ada('t'));
    await turnVisitor(channel.desk, id, 'bot');
    assert.equal((await stores().handovers.byId(id))?.writesTo, 'bot');
    channel.now += DAY_MS + 1;
    assert.ok((await closeSilent(channel.desk)) >= 1);
    assert.equal((await stores().handovers.byId(id))?.closedBy, 'time');
    assert.ok((await stores().handovers.forget({ before: channel.now + 1 })) >= 1);
    assert.equal((await stores().handovers.byId(id))?.status, 'forgotten');
  });
});
