/** Opening hours: read and written back, open or closed by local time, also when summer time changes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatHours,
  hoursInZone,
  isOpenAt,
  openState,
  parseHours,
  type OpeningHours,
} from '../../../core/directory/hours.js';
import { localTime, offsetOf } from '../../../core/time.js';

const at = (iso: string) => Date.parse(iso);
const hours = (text: string): OpeningHours => {
  const parsed = parseHours(text);
  assert.ok(parsed, text);
  return parsed;
};
const OFFICE = 'Europe/Berlin; Mo-Fr 09:00-17:00; Sa 10:00-14:00; off 12-25, 2026-12-31';

describe('opening hours', () => {
  const cases: readonly (readonly [string, string, object])[] = [
    [
      'open on a weekday until the evening',
      '2026-11-23T10:00:00Z',
      { kind: 'open', until: at('2026-11-23T16:00:00Z') },
    ],
    [
      'closed before the morning',
      '2026-11-23T07:00:00Z',
      { kind: 'closed', opensAt: at('2026-11-23T08:00:00Z') },
    ],
    [
      'open at the very minute it opens',
      '2026-11-23T08:00:00Z',
      { kind: 'open', until: at('2026-11-23T16:00:00Z') },
    ],
    [
      'closed at the very minute it closes',
      '2026-11-23T16:00:00Z',
      { kind: 'closed', opensAt: at('2026-11-24T08:00:00Z') },
    ],
    [
      'closed from Saturday noon to Monday',
      '2026-11-21T13:30:00Z',
      { kind: 'closed', opensAt: at('2026-11-23T08:00:00Z') },
    ],
    [
      'closed on a day off of every year',
      '2026-12-25T10:00:00Z',
      { kind: 'closed', opensAt: at('2026-12-26T09:00:00Z') },
    ],
    [
      'closed on a day off of one year',
      '2026-12-31T10:00:00Z',
      { kind: 'closed', opensAt: at('2027-01-01T08:00:00Z') },
    ],
    [
      'open an hour earlier in summer time',
      '2026-07-06T07:00:00Z',
      { kind: 'open', until: at('2026-07-06T15:00:00Z') },
    ],
  ];
  for (const [name, now, expected] of cases) {
    it(name, () => assert.deepEqual(openState(hours(OFFICE), at(now)), expected));
  }

  it('run past midnight into a day that is otherwise closed', () => {
    const night = hours('Asia/Taipei; Fr 22:00-06:00');
    assert.deepEqual(openState(night, at('2026-11-20T18:00:00Z')), {
      kind: 'open',
      until: at('2026-11-20T22:00:00Z'),
    });
  });

  it('never close a round-the-clock desk', () => {
    assert.deepEqual(openState(hours('UTC; 24/7'), at('2026-11-22T03:00:00Z')), { kind: 'open' });
  });

  it('close a round-the-clock desk only on its day off', () => {
    const state = openState(hours('UTC; 24/7; off 12-25'), at('2026-12-24T12:00:00Z'));
    assert.deepEqual(state, { kind: 'open', until: at('2026-12-25T00:00:00Z') });
  });

  it('open right after the gap when the clocks skip the opening time', () => {
    const early = hours('Europe/Berlin; Su 02:30-05:00');
    const state = openState(early, at('2026-03-29T00:00:00Z'));
    assert.deepEqual(state, { kind: 'closed', opensAt: at('2026-03-29T01:00:00Z') });
  });

  it('give the right end of a night that began on the day of a clock change', () => {
    const night = hours('America/New_York; Sa,Su 00:02-00:01');
    const end = at('2026-03-09T04:01:00Z');
    assert.deepEqual(openState(night, end - 60_000), { kind: 'open', until: end });
  });

  for (const text of [
    '',
    'Mo-Fr 09:00-17:00',
    'Europe/Berlin',
    'Europe/Atlantis; Mo 09:00-10:00',
    'Europe/Berlin; Mo 9-17',
    'CET; Mo 09:00-17:00',
    'Europe/Berlin; Mo 25:00-26:00',
    'Europe/Berlin; Mo 09:60-10:00',
    'Europe/Berlin; Xx 09:00-10:00',
    'Europe/Berlin; Mo 09:00-09:00',
    'Europe/Berlin; Mo 09:00-17:00; off 02-30',
    'Europe/Berlin; Mo 09:00-17:00; weekdays',
    `UTC; Mo 09:00-10:00; off ${'12-25, '.repeat(100)}12-25`,
  ]) {
    it(`reject "${text.slice(0, 50)}"`, () => assert.equal(parseHours(text), undefined));
  }
});

const minute = fc.integer({ min: 0, max: 1439 });
const clock = (value: number) =>
  `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
const rule = fc
  .record({ day: fc.constantFrom('Mo', 'Tu-Th', 'Fr-Mo', 'Sa,Su', 'Mo-Su'), from: minute, to: minute })
  .filter(({ from, to }) => from !== to)
  .map(({ day, from, to }) => `${day} ${clock(from)}-${clock(to)}`);
const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Taipei',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/St_Johns',
);
const anyHours = fc
  .record({
    zone,
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    off: fc.subarray(['12-25', '2026-10-25', '03-29']),
  })
  .map(({ zone: name, rules, off }) =>
    [name, ...rules, ...(off.length > 0 ? [`off ${off.join(', ')}`] : [])].join('; '),
  );
/** Times near the days when clocks change in these zones in 2026. */
const moment = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-09-27',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    ),
    fc.integer({ min: -3000, max: 3000 }),
  )
  .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * 60_000);

describe('opening hours at every moment', () => {
  it('are read back the same after writing', () => {
    fc.assert(
      fc.property(anyHours, (text) => {
        const read = hours(text);
        assert.deepEqual(parseHours(formatHours(read)), read);
      }),
    );
  });

  it('change at the stated minute, with and without summer time', () => {
    fc.assert(
      fc.property(anyHours, moment, (text, now) => {
        const read = hours(text);
        const state = openState(read, now);
        const open = isOpenAt(read, now);
        assert.equal(state.kind === 'open', open);
        const change =
          state.kind === 'open' ? state.until : state.kind === 'closed' ? state.opensAt : undefined;
        const horizon = Math.min(change ?? Infinity, now + 26 * 3_600_000);
        for (let t = now; t < horizon; t += 60_000)
          assert.equal(isOpenAt(read, t), open, new Date(t).toISOString());
        if (change !== undefined) assert.notEqual(isOpenAt(read, change), open);
      }),
      { numRuns: 60 },
    );
  });

  it('follow local time', () => {
    fc.assert(
      fc.property(zone, moment, (name, now) => {
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: name,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        });
        assert.equal(clock(localTime(name, now).minute), shown.format(now));
      }),
    );
  });
});

describe('opening hours in another zone', () => {
  it('are open at the same moments', () => {
    const zones = ['UTC', 'Asia/Taipei', 'Asia/Kolkata', 'America/Phoenix'];
    const texts = ['Mo-Fr 09:00-17:30', 'Sa 22:00-06:00', 'Mo 00:00-12:00, 13:00-24:00; Su 10:00-11:00'];
    const zone = fc.constantFrom(...zones);
    const quarter = fc.integer({ min: 0, max: 7 * 96 - 1 });
    fc.assert(
      fc.property(zone, zone, fc.constantFrom(...texts), quarter, (from, to, rules, step) => {
        const own = hours(`${from}; ${rules}`);
        const now = at('2026-11-23T00:00:00Z') + step * 900_000;
        assert.equal(isOpenAt(hoursInZone(own, to, now), now), isOpenAt(own, now));
      }),
    );
  });

  it('keep whole days in their own zone', () => {
    const own = hours('America/Phoenix; Sa-Su 00:00-24:00');
    assert.deepEqual(hoursInZone(own, 'Asia/Taipei', at('2026-11-23T00:00:00Z')), own);
  });
});

describe('the offset of a zone', () => {
  /** As the machine prints it: `GMT+5:45`. */
  const printed = (zone: string, moment: number): number => {
    const shown = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = shown.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hour = '0', minute = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
    return Number(`${sign}1`) * (Number(hour) * 60 + Number(minute)) * 60_000;
  };

  it('is the right one at every moment, also beside a moment that was asked for before', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const moment = fc.integer({ min: at('1999-12-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
    const beside = fc.integer({ min: -3_600_000, max: 3_600_000 });
    fc.assert(
      fc.property(zone, moment, beside, (one, first, step) => {
        for (const now of [first, first + step]) assert.equal(offsetOf(one, now), printed(one, now));
      }),
    );
  });

  it('changes in the minute in which clocks change', () => {
    const change = at('2026-03-29T01:00:00Z');
    const offsets = [change - 1, change, change - 60_000].map((now) => offsetOf('Europe/Berlin', now));
    assert.deepEqual(offsets, [3_600_000, 7_200_000, 3_600_000]);
  });
});
