/** How well contacts answer: counts, the median, and which of two contacts answers better. */
import assert from 'node:assert/strict';
import type { Attempt } from '../../../../core/services/cases/case.js';
import {
  answersBetter,
  qualityOf,
  type ContactQuality,
} from '../../../../core/services/cases/contact-quality.js';

const KEY = 'offer:fabrikam.backup';
const outcome = (kind: Attempt['outcome'], minutes = 60, key = KEY): Attempt => ({
  key,
  way: 'publisher-support',
  outcome: kind,
  minutes,
  at: 1,
});
const figures = (answered: number, unanswered: number): ContactQuality => ({
  key: KEY,
  way: 'publisher-support',
  answered,
  unanswered,
  wrong: 0,
});

describe('the figures of a contact', () => {
  it('count each outcome, and give the median of the answers', () => {
    const all = [
      ...[30, 300, 600].map((minutes) => outcome('answered', minutes)),
      outcome('unanswered', 9_000),
      outcome('wrong', 5),
      outcome('answered', 1, 'publisher:fabrikam'),
    ];
    assert.deepEqual(qualityOf(all).get(`publisher-support|${KEY}`), {
      ...figures(3, 1),
      wrong: 1,
      medianMinutes: 300,
    });
  });

  it('have no median without an answer', () => {
    assert.equal(
      qualityOf([outcome('unanswered')]).get(`publisher-support|${KEY}`)?.medianMinutes,
      undefined,
    );
  });
});

describe('a contact of equal standing', () => {
  for (const [name, other, usual, expected] of [
    ['answers clearly more often', figures(8, 2), figures(3, 7), true],
    ['answers a little more often', figures(8, 2), figures(7, 3), false],
    ['has too few outcomes', figures(4, 0), figures(0, 10), false],
    ['is compared with one of too few outcomes', figures(10, 0), figures(0, 4), false],
    ['is compared with one without outcomes', figures(10, 0), undefined, false],
  ] as const)
    it(`${expected ? 'comes' : 'does not come'} first when it ${name}`, () => {
      assert.equal(answersBetter(other, usual), expected);
    });
});
