/** Working time of a contact: its business day, and the moment after so many open minutes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOpenAt, parseHours, type OpeningHours } from '../../../core/directory/hours.js';
import {
  afterOpenMinutes,
  businessDayMinutes,
  officeHours,
  openMinutesBetween,
} from '../../../core/directory/working-time.js';

const MINUTE_MS = 60_000;
const at = (text: string) => Date.parse(text);
const hours = (text: string): OpeningHours => {
  const found = parseHours(text);
  assert.ok(found);
  return found;
};
const BERLIN = hours('Europe/Berlin; Mo-Fr 09:00-12:00, 13:00-17:00; Sa 10:00-13:00; off 2026-12-25');

describe('the business day of a contact', () => {
  for (const [text, minutes] of [
    ['UTC; Mo-Fr 09:00-17:00', 480],
    ['UTC; 24/7', 1440],
    ['UTC; Mo-Fr 09:00-12:00, 13:00-17:00', 420],
    ['UTC; Mo 09:00-17:00; Tu 09:00-13:00', 360],
    ['UTC; Mo-Su 22:00-06:00', 480],
  ] as const)
    it(`has ${minutes} minutes with the hours ${text}`, () => {
      assert.equal(businessDayMinutes(hours(text)), minutes);
    });

  it('is eight hours from Monday to Friday when nobody knows the hours', () => {
    assert.equal(businessDayMinutes(officeHours('UTC')), 480);
    assert.equal(isOpenAt(officeHours('UTC'), at('2026-11-28T12:00:00Z')), false, 'a Saturday');
  });
});

describe('the moment after so many open minutes', () => {
  for (const [text, from, minutes, expected] of [
    ['the same day', '2026-11-30T09:00:00Z', 60, '2026-11-30T10:00:00Z'],
    ['after the break', '2026-11-30T10:30:00Z', 60, '2026-11-30T12:30:00Z'],
    ['the next day', '2026-11-30T15:30:00Z', 60, '2026-12-01T08:30:00Z'],
    ['from the opening, when it is closed', '2026-11-30T20:00:00Z', 30, '2026-12-01T08:30:00Z'],
    ['after the weekend', '2026-12-05T11:30:00Z', 60, '2026-12-07T08:30:00Z'],
    ['after a day off', '2026-12-24T15:30:00Z', 60, '2026-12-26T09:30:00Z'],
  ] as const)
    it(`is ${text}`, () => {
      assert.equal(
        new Date(afterOpenMinutes(BERLIN, at(from), minutes)).toISOString(),
        expected.replace('Z', '.000Z'),
      );
    });

  it('counts every minute for a contact that does not open again', () => {
    const never: OpeningHours = { zone: 'UTC', days: [[], [], [], [], [], [], []], off: [] };
    assert.equal(afterOpenMinutes(never, 0, 90), 90 * MINUTE_MS);
  });

  it('lies exactly that many open minutes later, for any hours and any moment', () => {
    const days = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 10, max: 139 }))
        .map(([from, length]) => [{ from, to: from + length }]),
      { minLength: 7, maxLength: 7 },
    );
    const moment = fc.integer({
      min: at('2026-01-01T00:00:00Z') / MINUTE_MS,
      max: at('2026-12-31T00:00:00Z') / MINUTE_MS,
    });
    fc.assert(
      fc.property(days, moment, fc.integer({ min: 1, max: 900 }), (spans, start, minutes) => {
        const own: OpeningHours = { zone: 'UTC', days: spans, off: [] };
        const from = start * MINUTE_MS;
        const due = afterOpenMinutes(own, from, minutes);
        assert.ok(due >= from + minutes * MINUTE_MS);
        assert.equal(openMinutesBetween(own, from, due), minutes);
        assert.ok(isOpenAt(own, due - 1));
      }),
      { numRuns: 60 },
    );
  });
});
