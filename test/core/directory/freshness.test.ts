/** A verification date gets old, and a missing date never counts as fresh. */
import assert from 'node:assert/strict';
import { freshnessOf, STALE_AFTER_DAYS } from '../../../core/directory/check.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);

describe('freshness of a contact', () => {
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['today', daysAgo(0), 'fresh'],
    ['at the limit', daysAgo(STALE_AFTER_DAYS), 'fresh'],
    ['a day past the limit', daysAgo(STALE_AFTER_DAYS + 1), 'stale'],
    ['in the future', '2030-01-01', 'fresh'],
    ['never', undefined, 'never'],
    ['unreadable', 'last spring', 'never'],
  ];
  for (const [what, verifiedOn, kind] of cases) {
    it(`reads a verification date (${what}) as ${kind}`, () => {
      assert.equal(freshnessOf(verifiedOn, NOW).kind, kind);
    });
  }

  it('gives the age, and accepts another limit', () => {
    assert.deepEqual(freshnessOf(daysAgo(31), NOW, 30), {
      kind: 'stale',
      verifiedOn: daysAgo(31),
      ageDays: 31,
    });
  });
});
