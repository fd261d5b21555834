/** Quiet hours by the recipient's clock: midnight, weekdays, and the nights when the clocks change. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minutesOf, quietUntil, type QuietHours } from '../../../core/incident/quiet.js';
import { knowsZone } from '../../../core/time.js';

const night: QuietHours = {
  zone: 'Europe/Berlin',
  from: 22 * 60,
  to: 7 * 60,
  days: [],
  override: 'critical',
};
const until = (quiet: QuietHours, now: string): string | null => {
  const found = quietUntil(quiet, Date.parse(now));
  return found === null ? null : new Date(found).toISOString();
};

describe('quiet hours', () => {
  const table: readonly (readonly [string, QuietHours, string, string | null])[] = [
    ['before they begin', night, '2026-03-02T20:59:59Z', null],
    ['from their first second', night, '2026-03-02T21:00:00Z', '2026-03-03T06:00:00.000Z'],
    ['after midnight', night, '2026-03-03T02:00:00Z', '2026-03-03T06:00:00.000Z'],
    ['at their end', night, '2026-03-03T06:00:00Z', null],
    ['the night summer time begins', night, '2026-03-28T23:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['the night summer time ends', night, '2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
    ['an end in the hour that does not exist', { ...night, to: 150 }, '2026-03-29T00:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['an end in the hour that comes twice', { ...night, to: 150 }, '2026-10-24T22:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['half an hour from UTC', { ...night, zone: 'Asia/Kolkata' }, '2026-03-02T17:00:00Z', '2026-03-03T01:30:00.000Z'],
    ['by day', { ...night, from: 12 * 60, to: 13 * 60 }, '2026-03-02T11:30:00Z', '2026-03-02T12:00:00.000Z'],
    ['a weekend night, on Saturday', { ...night, days: [6] }, '2026-03-07T23:00:00Z', '2026-03-08T06:00:00.000Z'],
    ['a weekend night, after midnight', { ...night, days: [6] }, '2026-03-08T02:00:00Z', '2026-03-08T06:00:00.000Z'],
    ['a weekend night, on Monday', { ...night, days: [6] }, '2026-03-02T23:00:00Z', null],
    ['an empty period', { ...night, to: night.from }, '2026-03-02T22:00:00Z', null],
    ['a zone nobody knows is UTC', { ...night, zone: 'Mars/Olympus' }, '2026-03-02T22:30:00Z', '2026-03-03T07:00:00.000Z'],
  ]; // prettier-ignore
  for (const [what, quiet, now, expected] of table) {
    it(`${what}: ${expected ?? 'not quiet'}`, () => {
      assert.equal(until(quiet, now), expected);
    });
  }

  it('always end after now and within a day and an hour', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Taipei',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    );
    const minute = fc.integer({ min: 0, max: 1439 });
    const moment = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(zones, minute, minute, moment, (zone, from, to, now) => {
        const end = quietUntil({ ...night, zone, from, to }, now);
        assert.ok(end === null || (end > now && end - now <= 25 * 3_600_000), String(end));
        if (end !== null && from < to)
          assert.equal(quietUntil({ ...night, zone, from, to }, end + 60_000 * 61) === end, false);
      }),
    );
  });

  it('accept only valid clock times and known time zones', () => {
    assert.deepEqual(
      [minutesOf('22:30'), minutesOf('7:05'), minutesOf('24:00'), minutesOf('soon')],
      [1350, 425, undefined, undefined],
    );
    assert.deepEqual(
      [knowsZone('Asia/Taipei'), knowsZone('Mars/Olympus'), knowsZone('')],
      [true, false, false],
    );
  });
});
