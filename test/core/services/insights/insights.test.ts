/** The insights of a period: sums, shares, waits and outages, by examples and by property. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insightsOf, periodOf } from '../../../../core/services/insights/insights.js';
import {
  INSIGHT_EVENTS,
  WAIT_STEPS,
  waitStep,
  type InsightCount,
} from '../../../../core/services/insights/ports.js';
import { insightCsv } from '../../../../core/services/insights/read-insights.js';
import { lastWeek } from '../../../../core/services/insights/weekly-insights.js';
import { affects, incident, MINUTE, NOON } from '../../../helpers/incidents.js';

const PERIOD = { first: 100, last: 106 };
const publisherOf = (id: string) => (id === 'contoso.backup' ? 'contoso' : undefined);
const count = (over: Partial<InsightCount>): InsightCount => ({
  day: 100,
  event: 'at-once',
  about: '',
  issue: '',
  language: 'en',
  asker: 'customer',
  within: 0,
  times: 1,
  ...over,
});

describe('the insights of a period', () => {
  it('add questions, answers and what was left open up, and leave other days out', () => {
    const counts = [
      count({ times: 4 }),
      count({ event: 'asked-back', times: 3, day: 101 }),
      count({ event: 'after-asking', times: 2, day: 101 }),
      count({ times: 50, day: 99 }),
      count({ times: 50, day: 107 }),
    ];
    const { questions, answered, leftOpen, days } = insightsOf(counts, [], PERIOD, publisherOf);
    assert.deepEqual({ questions, answered, leftOpen }, { questions: 7, answered: 6, leftOpen: 1 });
    assert.equal(days.length, 7);
    assert.deepEqual(days.slice(0, 3), [
      { day: 100, answered: 4, leftOpen: 0 },
      { day: 101, answered: 2, leftOpen: 1 },
      { day: 102, answered: 0, leftOpen: 0 },
    ]);
  });

  it('share the answers out by offer, publisher, kind and language, the most asked first', () => {
    const counts = [
      count({ about: 'offer:contoso.backup', issue: 'billing', times: 2 }),
      count({ about: 'offer:contoso.backup', issue: 'billing', event: 'not-helped' }),
      count({ about: 'offer:gone.product', issue: 'technical', language: 'de', times: 3 }),
    ];
    const { offers, publishers, issues, languages } = insightsOf(counts, [], PERIOD, publisherOf);
    assert.deepEqual(offers, [
      { id: 'gone.product', answered: 3, notHelped: 0 },
      { id: 'contoso.backup', answered: 2, notHelped: 1 },
    ]);
    assert.deepEqual(
      publishers.map(({ id, answered }) => [id, answered]),
      [
        ['gone', 3],
        ['contoso', 2],
      ],
      'an offer that left the directory still counts for its publisher',
    );
    assert.deepEqual(
      issues.map(({ id }) => id),
      ['technical', 'billing'],
    );
    assert.deepEqual(
      languages.map(({ id }) => id),
      ['de', 'en'],
    );
  });

  it('say within how many minutes half and nine of ten hand-overs were taken', () => {
    const taken = (within: number, times: number) => count({ event: 'taken', within, times });
    const waits = (...counts: InsightCount[]) => insightsOf(counts, [], PERIOD, publisherOf).waits;
    assert.deepEqual(waits(taken(60, 1), taken(2, 5), taken(10, 4)), { half: 2, most: 10 });
    assert.deepEqual(waits(), { half: null, most: null });
    assert.deepEqual(waits(taken(5, 1)), { half: 5, most: 5 });
  });

  it('count outages for each publisher once, with the time of half of the first cards', () => {
    const open = (id: string, cardAfter: number | null) => ({
      incident: {
        ...incident({ affected: affects({ offers: ['contoso.backup'], publishers: ['contoso'] }) }),
        id,
        startedAt: NOON,
      },
      firstCardAt: cardAfter === null ? null : NOON + cardAfter,
    });
    const outages = [open('a', MINUTE), open('b', 9 * MINUTE), open('c', 3 * MINUTE), open('d', null)];
    const read = insightsOf([], outages, PERIOD, publisherOf);
    assert.deepEqual(read.outages, [{ publisherId: 'contoso', outages: 4, firstCardMs: 3 * MINUTE }]);
  });

  it('never lose a count: the days and the shares add up to the sums', () => {
    const anyCount = fc.record({
      day: fc.integer({ min: 100, max: 106 }),
      event: fc.constantFrom(...INSIGHT_EVENTS),
      about: fc.constantFrom('', 'offer:contoso.backup', 'offer:a.b', 'publisher:contoso'),
      issue: fc.constantFrom('', 'billing', 'technical'),
      language: fc.constantFrom('en', 'de'),
      asker: fc.constant('customer'),
      within: fc.constantFrom(0, ...WAIT_STEPS),
      times: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(anyCount, { maxLength: 30 }), (counts) => {
        const read = insightsOf(counts, [], PERIOD, publisherOf);
        const sum = (list: readonly { readonly answered: number }[]) =>
          list.reduce((all, one) => all + one.answered, 0);
        assert.equal(sum(read.days), read.answered);
        assert.equal(sum(read.languages), read.answered);
        assert.ok(sum(read.offers) <= read.answered);
        assert.equal(
          Object.values(read.times).reduce((all, one) => all + one, 0),
          counts.reduce((all, one) => all + one.times, 0),
        );
      }),
    );
  });
});

describe('the days and steps of insights', () => {
  it('end with today, and a week is Monday to Sunday in UTC', () => {
    const monday = Date.UTC(2026, 2, 9, 8);
    const day = Date.UTC(2026, 2, 9) / 86_400_000;
    assert.deepEqual(periodOf(monday, 7), { first: day - 6, last: day });
    assert.deepEqual(lastWeek(monday), { first: day - 7, last: day - 1 });
  });

  it('round a wait up to a step, and no wait is lost', () => {
    assert.deepEqual([0, 60_000, 60_001, 3_600_000, 1e12].map(waitStep), [1, 1, 2, 60, 10_080]);
  });

  it('are in the CSV as dates, without a formula', async () => {
    const rows = [
      count({ day: 20_000, about: 'offer:contoso.backup', issue: 'billing', times: 3 }),
      count({ day: 20_000, event: 'taken', within: 5, issue: '=1+1' }),
    ];
    const lines = await insightCsv({ counts: { between: () => Promise.resolve(rows) }, publisherOf }, PERIOD);
    assert.deepEqual(lines, [
      'day,event,offer,publisher,issue,language,asker,within_minutes,times',
      '2024-10-04,at-once,contoso.backup,contoso,billing,en,customer,,3',
      "2024-10-04,taken,,,'=1+1,en,customer,5,1",
    ]);
  });
});
