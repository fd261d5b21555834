/** Two incidents become one and become two again. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinIncidents, splitIncident } from '../../../core/incident/join.js';
import { isOver, OUTAGE_STATES, SEVERITIES, type Incident } from '../../../core/incident/types.js';
import { affects, HOUR, incident, MINUTE, NOON } from '../../helpers/incidents.js';

const by = { by: 'ann', at: NOON + HOUR };
const main = incident({ affected: affects({ offers: ['contoso.crm'] }) }, { newId: 'main' });
const other = incident(
  {
    sourceId: 'P-1',
    title: 'Mail is late',
    severity: 'critical',
    startedAt: NOON - MINUTE,
    affected: affects({ offers: ['contoso.mail'], regions: ['West Europe'] }),
  },
  { newId: 'other', source: 'probe' },
);

const joined = (a: Incident, b: Incident) => {
  const result = joinIncidents(a, b, by);
  assert.ok(result.kind === 'done', result.kind === 'no-change' ? result.reason : '');
  return result;
};

describe('joining two incidents', () => {
  it('keeps the title of both and takes the senders, the severity and the earlier start of the other', () => {
    const result = joined(main, other);
    const { title, severity, worst, startedAt, affected, marks, version } = result.main;
    assert.deepEqual(
      [title, severity, worst, startedAt, affected.offers, marks.length, version],
      ['Sign-in fails', 'critical', 'critical', NOON - MINUTE, ['contoso.crm', 'contoso.mail'], 2, 2],
    );
    assert.deepEqual(
      [result.other.title, result.other.state, result.other.joinedInto, result.announce],
      ['Mail is late', 'resolved', { id: 'main', title: 'Sign-in fails' }, 'severity-rise'],
    );
  });

  it('counts as confirmed when one of the two is confirmed', () => {
    const doubtful: Incident = { ...main, unconfirmed: { source: 'contoso', asked: [] } };
    assert.equal(joined(doubtful, other).main.unconfirmed, undefined);
    const both = joined(doubtful, { ...other, unconfirmed: { source: 'probe', asked: [] } });
    assert.ok(both.main.unconfirmed);
  });

  it('refuses one incident twice, an incident that is over, and an incident that is joined already', () => {
    const why = (a: Incident, b: Incident) => {
      const result = joinIncidents(a, b, by);
      return result.kind === 'no-change' ? result.reason : 'done';
    };
    const { main: one, other: two } = joined(main, other);
    assert.deepEqual(
      [
        why(main, main),
        why({ ...main, state: 'resolved' }, other),
        why(main, two),
        why(two, main),
        why(one, incident({ sourceId: 'X' }, { newId: 'third' })),
      ],
      ['same', 'over', 'already', 'already', 'done'],
    );
  });

  it('completes a join or a split that was interrupted between the two incidents', () => {
    const once = joined(main, other).main;
    const again = joined(once, other);
    assert.deepEqual([again.main.marks.length, again.main.joined?.length], [2, 1]);
    const split = splitIncident(again.main, again.other, by);
    assert.ok(split.kind === 'done');
    const repeated = splitIncident(split.main, again.other, by);
    assert.ok(repeated.kind === 'done');
    assert.deepEqual([repeated.main.marks, repeated.other.marks], [main.marks, other.marks]);
  });

  it('and splitting them again leaves what both were', () => {
    const states = OUTAGE_STATES.filter((state) => state !== 'unknown' && !isOver(state));
    const offers = fc.subarray(['a', 'b', 'c', 'd']);
    const one = (newId: string) =>
      fc
        .record({ state: fc.constantFrom(...states), severity: fc.constantFrom(...SEVERITIES), offers })
        .map((given) =>
          incident(
            { ...given, sourceId: newId, affected: affects({ offers: given.offers }) },
            { newId, source: newId },
          ),
        );
    fc.assert(
      fc.property(one('m'), one('o'), (a, b) => {
        const { main: both, other: gone } = joined(a, b);
        const split = splitIncident(both, gone, by);
        assert.ok(split.kind === 'done');
        const facts = (of: Incident) => [
          of.title,
          of.state,
          of.severity,
          of.affected,
          of.marks,
          of.resolvedAt,
        ];
        assert.deepEqual([facts(split.main), facts(split.other)], [facts(a), facts(b)]);
      }),
    );
  });
});
