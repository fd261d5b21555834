/** A manager gets the topics of the team by default, but never against the manager's own choice. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Subscription } from '../../../core/incident/audience.js';
import { teamTopics, topicKey, withTeamTopics } from '../../../core/incident/team.js';
import { SEVERITIES } from '../../../core/incident/types.js';

const offer = (offerId: string, over: Partial<Subscription> = {}): Subscription => ({
  what: { kind: 'offer', offerId },
  from: 'minor',
  by: 'reader',
  ...over,
});
const everything: Subscription = { what: { kind: 'everything' }, from: 'critical', by: 'reader' };

describe('the topics of a team', () => {
  it('are the topics that members follow, each once, from the lowest severity that a member chose', () => {
    const topics = teamTopics([
      [offer('contoso.mail', { from: 'critical' }), everything],
      [offer('contoso.mail', { from: 'major' })],
      [],
    ]);
    assert.deepEqual(topics, [
      { ...everything, by: 'team-default' },
      offer('contoso.mail', { from: 'major', by: 'team-default' }),
    ]);
  });

  it('leave out topics that a member follows only by default', () => {
    assert.deepEqual(teamTopics([[offer('contoso.mail', { by: 'team-default' })]]), []);
  });

  it('replace the former team topics, and keep the manager’s own and declined topics', () => {
    const own = offer('contoso.own');
    const before = [offer('contoso.old', { by: 'team-default' }), own];
    const team = ['contoso.own', 'contoso.no', 'contoso.new'].map((id) => offer(id, { by: 'team-default' }));
    const after = withTeamTopics(before, [{ kind: 'offer', offerId: 'contoso.no' }], team);
    assert.deepEqual(after, [offer('contoso.new', { by: 'team-default' }), own]);
  });

  it('never add a declined topic, never lose a chosen topic, and change nothing when set twice', () => {
    const topic = fc.record({
      what: fc.oneof(
        fc.record({ kind: fc.constant('offer' as const), offerId: fc.constantFrom('a.1', 'a.2', 'b.1') }),
        fc.record({ kind: fc.constant('publisher' as const), publisherId: fc.constantFrom('a', 'b') }),
        fc.constant({ kind: 'everything' as const }),
      ),
      from: fc.constantFrom(...SEVERITIES),
      by: fc.constantFrom('reader' as const, 'team-default' as const),
    });
    fc.assert(
      fc.property(fc.array(topic), fc.array(topic), fc.array(fc.array(topic)), (before, no, team) => {
        const declined = no.map((one) => one.what);
        const topics = teamTopics(team);
        const after = withTeamTopics(before, declined, topics);
        const added = after.filter((one) => one.by === 'team-default').map((one) => topicKey(one.what));
        assert.equal(new Set(added).size, added.length);
        for (const key of declined.map(topicKey)) assert.ok(!added.includes(key));
        for (const own of before.filter((one) => one.by === 'reader')) assert.ok(after.includes(own));
        assert.deepEqual(withTeamTopics(after, declined, topics), after);
      }),
    );
  });
});
