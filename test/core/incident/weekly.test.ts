/** The weekly summary: Monday morning on the recipient's clock, and the outages of the week before. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextWeekly, outagesOf, weekBefore } from '../../../core/incident/weekly.js';
import type { Incident } from '../../../core/incident/types.js';
import { localTime } from '../../../core/time.js';
import { affects, HOUR, incident, NOON } from '../../helpers/incidents.js';
import { about } from '../../helpers/outage-recipients.js';

const iso = (at: number) => new Date(at).toISOString();
const DAY = 24 * HOUR;

describe('the time of the weekly summary', () => {
  const table = [
    ['UTC', '2026-03-02T07:59:59Z', '2026-03-02T08:00:00.000Z'],
    ['UTC', '2026-03-02T08:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['Asia/Taipei', '2026-03-01T23:00:00Z', '2026-03-02T00:00:00.000Z'],
    ['America/New_York', '2026-03-04T12:00:00Z', '2026-03-09T12:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T06:00:00.000Z'],
    ['Mars/Olympus', '2026-03-04T12:00:00Z', '2026-03-09T08:00:00.000Z'],
  ] as const;
  for (const [zone, after, expected] of table) {
    it(`in ${zone} after ${after} is ${expected}`, () => {
      assert.equal(iso(nextWeekly(zone, Date.parse(after))), expected);
    });
  }

  it('is always a Monday at 08:00, after the given moment and at most eight days later', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Taipei', 'Pacific/Apia', 'America/Santiago');
    const moment = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(zones, moment, (zone, after) => {
        const at = nextWeekly(zone, after);
        const { weekday, minute } = localTime(zone, at);
        assert.deepEqual([weekday, minute], [0, 480]);
        assert.ok(at > after && at - after < 8 * DAY);
      }),
    );
  });

  it('is about the seven days from Monday to Sunday before, also when clocks change', () => {
    const { from, until } = weekBefore('Europe/Berlin', Date.parse('2026-03-31T10:00:00Z'));
    assert.deepEqual([iso(from), iso(until)], ['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });
});

describe('the outages of a week', () => {
  const week = { from: NOON, until: NOON + 7 * DAY };
  const facts = { publisherOf: (id: string) => id.split('.')[0] };
  const follows = (offerId: string) =>
    ({ what: { kind: 'offer', offerId }, from: 'major', by: 'reader' }) as const;
  const reader = (subscriptions: readonly ReturnType<typeof follows>[]) => ({
    ...about('ann'),
    subscriptions,
    optedOut: false,
    reachable: true,
    quiet: null,
  });
  const outage = (title: string, over: Partial<Incident> = {}): Incident => ({
    ...incident(),
    title,
    startedAt: NOON + HOUR,
    affected: affects({ offers: ['contoso.backup'] }),
    ...over,
  });
  const titles = (all: readonly Incident[], recipient = reader([])) =>
    outagesOf(all, week, recipient, facts).map((one) => one.title);

  it('are those that were open in that week, the worst first, then the longest', () => {
    const all = [
      outage('mild', { worst: 'minor' }),
      outage('long', { startedAt: NOON - DAY, resolvedAt: NOON + DAY, state: 'resolved' }),
      outage('short', { resolvedAt: NOON + 2 * HOUR, state: 'resolved' }),
      outage('bad', { worst: 'critical', resolvedAt: NOON + 2 * HOUR, state: 'resolved' }),
      outage('before', { startedAt: NOON - DAY, resolvedAt: NOON, state: 'resolved' }),
      outage('after', { startedAt: NOON + 7 * DAY }),
    ];
    assert.deepEqual(titles(all), ['bad', 'long', 'short', 'mild']);
  });

  it('leave out planned work, unconfirmed reports and joined incidents', () => {
    const all = [
      outage('planned', { state: 'completed' }),
      outage('doubtful', { unconfirmed: { source: 'page', asked: [] } }),
      outage('joined', { joinedInto: { id: 'x', title: 'x' } }),
    ];
    assert.deepEqual(titles(all), []);
  });

  it('are those that the recipient follows, by their worst severity', () => {
    const all = [
      outage('followed', { severity: 'none', worst: 'major' }),
      outage('too mild', { severity: 'minor', worst: 'minor' }),
      outage('other', { affected: affects({ offers: ['fabrikam.mail'] }) }),
    ];
    assert.deepEqual(titles(all, reader([follows('contoso.backup')])), ['followed']);
    assert.equal(titles(all).length, 3, 'a recipient who follows nothing reads about all of them');
  });
});
