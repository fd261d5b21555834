/** Tests for the lookup of a Teams sender: staff is proven by the platform, or the sender is not staff. */
import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { membershipOf } from '../../../bot/teams/members.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const HOME = 'aaaaaaaa-0000-0000-0000-000000000001';
const ADA = 'bbbbbbbb-0000-0000-0000-000000000001';
const MEMBER = {
  id: '29:ada',
  aadObjectId: ADA,
  tenantId: HOME,
  userRole: 'user',
  userPrincipalName: 'ada@contoso.com',
};
const activity = (over: Partial<Activity> = {}): Partial<Activity> =>
  ({
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    conversation: { id: '19:c@thread.tacv2;messageid=17', tenantId: HOME },
    from: { id: '29:ada', name: 'Ada', aadObjectId: ADA },
    ...over,
  }) as Partial<Activity>;

/** The platform with one answer, and the lookups that it received. */
function platform(answer: () => unknown) {
  const asked: string[] = [];
  let now = 1_000;
  const getConversationMember = (conversationId: string, memberId: string) => {
    asked.push(`${conversationId} ${memberId}`);
    return Promise.resolve().then(answer);
  };
  const connector = { conversations: { getConversationMember } } as unknown as ConnectorClient;
  const of = membershipOf({
    connectorFor: () => Promise.resolve(connector),
    now: () => now,
    log: new CapturedLog(),
  });
  return { asked, of, pass: (ms: number) => (now += ms) };
}

describe('the membership of a sender', () => {
  const answers: readonly [string, unknown, string][] = [
    ['a member', MEMBER, 'member'],
    ['a member whose id has other capitals', { ...MEMBER, aadObjectId: ADA.toUpperCase() }, 'member'],
    ['a guest by role', { ...MEMBER, userRole: 'guest' }, 'guest'],
    ['an anonymous person', { ...MEMBER, userRole: 'anonymous' }, 'guest'],
    ['a guest by name', { ...MEMBER, userPrincipalName: 'eve_fabrikam.com#EXT#@contoso.com' }, 'guest'],
    ['a person of another tenant', { ...MEMBER, tenantId: 'cccccccc-0000-0000-0000-000000000001' }, 'guest'],
    ['an answer without a role', { ...MEMBER, userRole: undefined }, 'unknown'],
    ['an answer without a tenant', { ...MEMBER, tenantId: undefined }, 'unknown'],
    ['an answer without a user principal name', { ...MEMBER, userPrincipalName: undefined }, 'unknown'],
    ['an answer about somebody else', { ...MEMBER, aadObjectId: 'dddddddd' }, 'unknown'],
    ['an empty answer', {}, 'unknown'],
    ['no answer', undefined, 'unknown'],
    ['an answer of another form', { ...MEMBER, userRole: 7 }, 'unknown'],
  ];
  for (const [name, answer, expected] of answers) {
    it(`is ${expected} for ${name}`, async () => {
      assert.equal(await platform(() => answer).of(activity(), HOME), expected);
    });
  }

  it('is unknown while the lookup fails, and is looked up again soon', async () => {
    let broken = true;
    const fake = platform(() => {
      if (broken) throw new Error('503');
      return MEMBER;
    });
    assert.equal(await fake.of(activity(), HOME), 'unknown');
    broken = false;
    assert.equal(await fake.of(activity(), HOME), 'unknown');
    fake.pass(20_000);
    assert.equal(await fake.of(activity(), HOME), 'member');
    assert.equal(fake.asked.length, 2);
  });

  it('is looked up once for concurrent activities, and again after four hours', async () => {
    let answer: unknown = MEMBER;
    const fake = platform(() => answer);
    await Promise.all([1, 2, 3].map(() => fake.of(activity(), HOME)));
    assert.deepEqual(fake.asked, ['19:c@thread.tacv2 29:ada']);
    answer = { ...MEMBER, userRole: 'guest' };
    fake.pass(4 * 3_600_000 - 1);
    assert.equal(await fake.of(activity(), HOME), 'member');
    fake.pass(1);
    assert.equal(await fake.of(activity(), HOME), 'guest');
  });

  it('is looked up again when the clock was set back, so that no role lasts longer than its time', async () => {
    let answer: unknown = MEMBER;
    const fake = platform(() => answer);
    assert.equal(await fake.of(activity(), HOME), 'member');
    answer = { ...MEMBER, userRole: 'guest' };
    fake.pass(-3_600_000);
    assert.equal(await fake.of(activity(), HOME), 'guest');
    assert.equal(fake.asked.length, 2);
  });

  it('is looked up in the team for a message in a channel', async () => {
    const fake = platform(() => MEMBER);
    await fake.of(activity({ channelData: { team: { id: '19:team@thread.tacv2' } } }), HOME);
    assert.deepEqual(fake.asked, ['19:team@thread.tacv2 29:ada']);
  });
});
