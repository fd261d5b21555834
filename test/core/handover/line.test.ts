/** What goes to a side next. */
import assert from 'node:assert/strict';
import { nextStep } from '../../../core/handover/line.js';
import type { Line, Side } from '../../../core/handover/types.js';
import { entry, handover } from '../../helpers/handover-views.js';

const line = (over: Partial<Line> = {}): Line => ({
  handoverId: 'h-1',
  side: 'staff',
  place: 'c',
  activityId: 'card',
  shown: 1,
  attempts: 0,
  wake: 1,
  ...over,
});
const entries = [entry(1), entry(2)];
const step = (over: Partial<Line>, due = entries, status: 'waiting' | 'forgotten' = 'waiting') =>
  nextStep(handover({ status, face: { visitor: 2, staff: 2 } }), line(over), due).kind;

describe('what goes to a side next', () => {
  it('is the card, then the entries in their order, then the card as it is now, then nothing', () => {
    assert.equal(step({ activityId: null, shown: 0 }), 'card');
    const first = nextStep(handover(), line(), entries);
    assert.deepEqual(first.kind === 'entry' && first.entry.seq, 1);
    assert.equal(step({}, []), 'update');
    assert.equal(step({ shown: 2 }, []), 'rest');
  });

  it('of a forgotten one is taking back what was posted, the card last, until nothing is left', () => {
    assert.equal(step({ shown: 2 }, entries, 'forgotten'), 'remove');
    assert.equal(step({}, [], 'forgotten'), 'update');
    assert.equal(step({ shown: 2 }, [], 'forgotten'), 'drop');
    assert.equal(step({ activityId: null, shown: 0 }, [], 'forgotten'), 'drop');
  });

  it('is never a card or a word for the visitor of a forgotten one', () => {
    const side: Side = 'visitor';
    assert.equal(step({ side }, entries, 'forgotten'), 'rest');
    assert.equal(step({ side, activityId: null }, [], 'forgotten'), 'rest');
  });
});
