/** Where somebody can be written to later: kept from every turn, not written every time, gone with the bot. */
import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { referenceKeeper, type KeeperDeps, type Standing } from '../../../bot/teams/reference-keeper.js';
import type { RecipientAbout, RecipientProfile } from '../../../core/incident/ports.js';
import { about } from '../../helpers/outage-recipients.js';
import { HOUR, NOON } from '../../helpers/incidents.js';

type Saved = Parameters<KeeperDeps['references']['save']>[0];

/** References and recipients in memory, and what was done to them. */
function desk(known: readonly RecipientProfile[] = []) {
  const saved: Saved[] = [];
  const deactivated: string[] = [];
  const unreachable: string[] = [];
  const recipients = new Map(known.map((one) => [one.id, one]));
  const clock = { now: NOON };
  const keeper = referenceKeeper({
    references: {
      save: (one) => Promise.resolve(saved.push(one) > 0),
      deactivate: (channel, conversation) => Promise.resolve(deactivated.push(`${channel} ${conversation}`)),
    },
    recipients: {
      byId: (id) => Promise.resolve(recipients.get(id)),
      know: (one: RecipientAbout) => {
        const before = recipients.get(one.id);
        if (before) recipients.set(one.id, { ...before, ...one, reachable: true });
        return Promise.resolve();
      },
      setReachable: (id, reachable) => {
        if (!reachable) unreachable.push(id);
        return Promise.resolve();
      },
    },
    now: () => clock.now,
  });
  const keep = (one: Activity, standing: Standing = 'staff') => keeper(one, standing);
  return { keep, saved, deactivated, unreachable, recipients, clock };
}

const recipient = (id: string, over: Partial<RecipientProfile> = {}): RecipientProfile => ({
  ...about(id),
  subscriptions: [],
  optedOut: false,
  reachable: true,
  quiet: null,
  ...over,
});

const activity = (over: Record<string, unknown> = {}): Activity =>
  ({
    type: 'message',
    channelId: 'msteams',
    id: '1',
    serviceUrl: 'https://smba.example/emea/',
    from: { id: '29:ann' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:ann', conversationType: 'personal', tenantId: 't1' },
    localTimezone: 'Europe/Berlin',
    ...over,
  }) as unknown as Activity;

const channel = (thread: string) =>
  activity({ conversation: { id: thread, conversationType: 'channel', isGroup: true, tenantId: 't1' } });

describe('the keeper of conversation references', () => {
  it('saves a person’s own chat under the person, with tenant and service URL', async () => {
    const { keep, saved } = desk();
    await keep(activity());
    const [one] = saved;
    assert.deepEqual(
      [one?.channelId, one?.conversationId, one?.userId, one?.tenantId, one?.reference.serviceUrl],
      ['msteams', 'a:ann', '29:ann', 't1', 'https://smba.example/emea/'],
    );
  });

  it('saves a channel once for all its threads, under nobody', async () => {
    const { keep, saved } = desk();
    await keep(channel('19:team@thread.tacv2;messageid=1'));
    await keep(channel('19:team@thread.tacv2;messageid=2'));
    assert.deepEqual(
      saved.map((one) => [one.conversationId, one.userId]),
      [['19:team@thread.tacv2', '']],
    );
  });

  it('writes the same again after an hour only, and at once when the service URL changes', async () => {
    const { keep, saved, clock } = desk();
    await keep(activity());
    await keep(activity());
    assert.equal(saved.length, 1);
    await keep(activity({ serviceUrl: 'https://smba.example/amer/' }));
    assert.equal(saved.length, 2);
    clock.now += HOUR;
    await keep(activity({ serviceUrl: 'https://smba.example/amer/' }));
    assert.equal(saved.length, 3);
  });

  it('brings a recipient’s address and time zone up to date, and makes nobody a recipient', async () => {
    const { keep, recipients } = desk([recipient('p|29:ann', { zone: 'UTC' })]);
    await keep(activity());
    await keep(
      activity({ from: { id: '29:bo' }, conversation: { id: 'a:bo', conversationType: 'personal' } }),
    );
    assert.deepEqual(recipients.get('p|29:ann')?.address, { channelId: 'msteams', conversationId: 'a:ann' });
    assert.equal(recipients.get('p|29:ann')?.zone, 'Europe/Berlin');
    assert.deepEqual([...recipients.keys()], ['p|29:ann']);
  });

  it('knows who blocked the bot and is back, although the chat was saved lately', async () => {
    const { keep, recipients } = desk([recipient('p|29:ann')]);
    await keep(activity());
    recipients.set('p|29:ann', recipient('p|29:ann', { reachable: false }));
    await keep(activity());
    assert.equal(recipients.get('p|29:ann')?.reachable, true);
  });

  it('writes nowhere any more when the bot is removed, and saves anew when it is back', async () => {
    const { keep, saved, deactivated, unreachable } = desk([recipient('p|29:ann')]);
    await keep(activity());
    await keep(activity({ type: 'installationUpdate', action: 'remove' }));
    assert.deepEqual([deactivated, unreachable], [['msteams a:ann'], ['p|29:ann']]);
    await keep(activity({ type: 'installationUpdate', action: 'add' }));
    assert.equal(saved.length, 2);
  });

  it('forgets the chat when the bot is removed, also if nobody can say any more who removed it', async () => {
    const { keep, deactivated, unreachable } = desk([recipient('p|29:ann')]);
    await keep(activity());
    await keep(activity({ type: 'installationUpdate', action: 'remove' }), 'unsure');
    assert.deepEqual([deactivated, unreachable], [['msteams a:ann'], ['p|29:ann']]);
  });

  it('writes no more to a person who became a guest, and again when the person is staff again', async () => {
    const { keep, saved, deactivated, unreachable } = desk([recipient('p|29:ann')]);
    await keep(activity());
    await keep(activity(), 'not-staff');
    assert.deepEqual([deactivated, unreachable], [['msteams a:ann'], ['p|29:ann']]);
    await keep(activity());
    assert.equal(saved.length, 2);
  });

  it('changes nothing while it is not known who writes, and nothing in a group for one guest', async () => {
    const { keep, saved, deactivated, unreachable } = desk([recipient('p|29:ann')]);
    await keep(activity());
    await keep(activity(), 'unsure');
    await keep(channel('19:team@thread.tacv2'), 'not-staff');
    assert.deepEqual([saved.length, deactivated, unreachable], [1, [], []]);
  });

  it('saves again after the clock was set back by a day', async () => {
    const { keep, saved, clock } = desk();
    await keep(activity());
    clock.now -= 24 * HOUR;
    await keep(activity());
    assert.equal(saved.length, 2);
  });

  it('leaves other channels, and activities without a sender, alone', async () => {
    const { keep, saved } = desk();
    await keep(activity({ channelId: 'directline' }));
    await keep(activity({ from: undefined }));
    assert.deepEqual(saved, []);
  });
});
