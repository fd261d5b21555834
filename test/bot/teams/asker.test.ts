/** Staff or customer is decided from channel and identity, and everything doubtful is a customer. */
import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { askerOf } from '../../../bot/teams/admission.js';
import type { Membership } from '../../../bot/teams/members.js';
import { parseIncoming } from '../../../bot/teams/incoming.js';

const HOME = 'aaaaaaaa-0000-0000-0000-000000000001';
const rulesWith = (membership: Membership) => ({
  partnerTenants: new Set([HOME]),
  local: false,
  membershipOf: () => Promise.resolve(membership),
});
const rules = rulesWith('member');
const teams = (over: Record<string, unknown> = {}): Partial<Activity> =>
  ({
    channelId: 'msteams',
    conversation: { id: 'c', tenantId: HOME },
    from: { id: '29:x', name: 'Ada', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' },
    ...over,
  }) as unknown as Partial<Activity>;

describe('who asks', () => {
  it('is partner staff for a member of a staff tenant in Teams', async () => {
    assert.deepEqual(await askerOf(teams(), rules), { asker: 'partner', reason: 'staff-tenant' });
  });
  it('reads the tenant from the channel data where the conversation has none', async () => {
    const activity = teams({
      conversation: { id: 'c' },
      channelData: { tenant: { id: HOME.toUpperCase() } },
    });
    assert.equal((await askerOf(activity, rules)).asker, 'partner');
  });
  const customers: readonly [string, Partial<Activity>, string][] = [
    ['another tenant', teams({ conversation: { id: 'c', tenantId: 'other' } }), 'other-tenant'],
    ['no tenant', teams({ conversation: { id: 'c' } }), 'no-tenant'],
    [
      'a guest with a home elsewhere',
      teams({ from: { id: '29:x', aadObjectId: 'x', tenantId: 'other' } }),
      'guest',
    ],
    ['a guest role', teams({ from: { id: '29:x', aadObjectId: 'x', userRole: 'guest' } }), 'guest'],
    ['an anonymous person', teams({ from: { id: '29:x' } }), 'guest'],
    ['the web widget, whatever it claims', teams({ channelId: 'directline' }), 'web'],
    ['web chat', teams({ channelId: 'webchat' }), 'web'],
  ];
  for (const [name, activity, reason] of customers) {
    it(`is a customer for ${name}`, async () => {
      assert.deepEqual(await askerOf(activity, rules), { asker: 'customer', reason });
    });
  }
});

describe('the documented activity with only id, name and Entra id of the sender', () => {
  const outcomes: readonly [Membership, string, string][] = [
    ['member', 'partner', 'staff-tenant'],
    ['guest', 'customer', 'guest'],
    ['unknown', 'customer', 'member-unknown'],
  ];
  for (const [membership, asker, reason] of outcomes) {
    it(`asks as ${asker} when the platform says ${membership}`, async () => {
      assert.deepEqual(await askerOf(teams(), rulesWith(membership)), { asker, reason });
    });
  }
});

describe('an incoming activity', () => {
  const good = {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://x',
    conversation: { id: 'c' },
    from: { id: 'u' },
    recipient: { id: 'b' },
    timestamp: '2026-11-22T10:00:00Z',
  };
  it('has its times as dates and its nulls absent', () => {
    const parsed = parseIncoming({ ...good, text: null });
    assert.ok(parsed.kind === 'activity');
    assert.ok(parsed.activity.timestamp instanceof Date);
    assert.equal('text' in parsed.activity, false);
  });
  const bad: readonly [string, unknown][] = [
    ['a type that is a number', { ...good, type: 5 }],
    ['a sender that is text', { ...good, from: 'me' }],
    ['entities that are an object', { ...good, entities: {} }],
    ['no conversation', { ...good, conversation: undefined }],
    ['a conversation id of 10 KB', { ...good, conversation: { id: 'x'.repeat(10_000) } }],
    ['a locale of 1 KB', { ...good, locale: 'x'.repeat(1000) }],
    ['text that is a number', { ...good, text: 7 }],
    ['an array', []],
    ['nothing', undefined],
  ];
  for (const [name, body] of bad) {
    it(`is refused for ${name}`, () => assert.equal(parseIncoming(body).kind, 'bad'));
  }
  it('accepts an activity without its invalid time', () => {
    const parsed = parseIncoming({ ...good, timestamp: 'yesterday' });
    assert.ok(parsed.kind === 'activity' && parsed.activity.timestamp === undefined);
  });
});
