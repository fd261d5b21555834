/** The first contact among equally responsible people, and the channel: by the hour, within the policy's order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShownContact, ShownStep } from '../../../../core/services/answers/answer.js';
import { reachable, reachableStep } from '../../../../core/services/answers/open-first.js';

const NOW = Date.parse('2026-11-23T11:00:00Z');
const OPEN = 'UTC; 24/7';
const CLOSED = 'UTC; Sa 09:00-10:00';
const HOLIDAY = 'UTC; Mo-Su 09:00-17:00; off 11-23';
const step = (contact?: ShownContact, also?: ShownContact): ShownStep => ({
  step: { party: 'publisher', way: 'publisher-support' },
  partyName: 'Fabrikam',
  contact,
  also,
});
const own = (more: Partial<ShownContact> = {}): ShownContact => ({ email: 'own@fabrikam.com', ...more });
const theirs = (more: Partial<ShownContact> = {}): ShownContact => ({ email: 'desk@fabrikam.com', ...more });

describe('the order of contacts at this moment', () => {
  it('follows hours, holidays and dead contacts; free text counts as unknown', () => {
    assert.equal(reachable(own({ hours: OPEN }), NOW).isThere, 'open');
    assert.equal(reachable(own({ hours: CLOSED }), NOW).isThere, 'closed');
    assert.equal(reachable(own({ hours: HOLIDAY }), NOW).isThere, 'closed');
    assert.equal(reachable(own({ hours: HOLIDAY }), NOW + 86_400_000).isThere, 'open');
    assert.equal(reachable(own({ hours: 'mornings' }), NOW).isThere, 'unknown');
    assert.equal(reachable(own(), NOW).isThere, 'unknown');
    assert.equal(reachable(own({ hours: OPEN, deadSince: '2026-11-01' }), NOW).isThere, 'dead');
  });

  const cases: readonly (readonly [string, Partial<ShownContact>, Partial<ShownContact>, string, string?])[] =
    [
      ['the open one before the closed one', { hours: CLOSED }, { hours: OPEN }, 'theirs', 'open'],
      ['the open one before the dead one', { deadSince: '2026-11-01' }, { hours: OPEN }, 'theirs', 'dead'],
      ['somebody living before the dead one', { deadSince: '2026-11-01' }, {}, 'theirs', 'dead'],
      ['the usual one where both are open', { hours: OPEN }, { hours: OPEN }, 'own'],
      ['the usual one where both are closed', { hours: CLOSED }, { hours: CLOSED }, 'own'],
      ['the usual one where it may well be open', {}, { hours: OPEN }, 'own'],
      ['the usual one where nobody knows of the other', { hours: CLOSED }, {}, 'own'],
      [
        'the usual one where the other is dead',
        { hours: CLOSED },
        { hours: OPEN, deadSince: '2026-11-01' },
        'own',
      ],
    ];
  for (const [what, mine, other, first, why] of cases) {
    it(`puts ${what}`, () => {
      const { order } = reachableStep(step(own(mine), theirs(other)), NOW);
      assert.equal(order?.first.email, first === 'own' ? 'own@fabrikam.com' : 'desk@fabrikam.com');
      assert.equal(order?.why, why);
      assert.equal(order?.then?.email, first === 'own' ? undefined : 'own@fabrikam.com');
    });
  }

  it('adds no contact to a stop that has none', () =>
    assert.equal(reachableStep(step(), NOW).order, undefined));
});

describe('the channels of a contact', () => {
  it('begin with a call in opening hours, and with a message outside them', () => {
    assert.deepEqual(reachable(own({ hours: OPEN }), NOW).channels[0], 'phone');
    assert.deepEqual(reachable(own({ hours: CLOSED }), NOW).channels[0], 'email');
    assert.deepEqual(reachable(own({ hours: CLOSED }), NOW).channels[1], 'url');
  });

  it('say that a message comes first only when the contact also has a phone', () => {
    assert.equal(reachable(own({ hours: CLOSED, phone: '+14255550100' }), NOW).isWrittenFirst, true);
    assert.equal(reachable(own({ hours: CLOSED }), NOW).isWrittenFirst, false);
    assert.equal(reachable(own({ hours: OPEN, phone: '+14255550100' }), NOW).isWrittenFirst, false);
    assert.equal(reachable({ hours: CLOSED, phone: '+14255550100' }, NOW).isWrittenFirst, false);
  });

  it('are all listed once at any hour', () => {
    fc.assert(
      fc.property(fc.constantFrom(OPEN, CLOSED, HOLIDAY, undefined), fc.nat(1e9), (hours, more) => {
        const channels = reachable(own({ hours }), NOW + more * 1000).channels;
        assert.deepEqual([...channels].sort(), ['email', 'phone', 'upn', 'url']);
      }),
    );
  });
});
