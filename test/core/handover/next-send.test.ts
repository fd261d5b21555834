/** The next message that the bot sends to one side of a hand-over. */
import assert from 'node:assert/strict';
import { nextSend } from '../../../core/handover/life.js';
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
  nextSend(handover({ status, face: { visitor: 2, staff: 2 } }), line(over), due).kind;

describe('the next message to one side', () => {
  it('is the card first, then each entry in order, then an update of the card', () => {
    assert.equal(step({ activityId: null, shown: 0 }), 'card');
    const first = nextSend(handover(), line(), entries);
    assert.deepEqual(first.kind === 'entry' && first.entry.seq, 1);
    assert.equal(step({}, []), 'update');
    assert.equal(step({ shown: 2 }, []), 'rest');
  });

  it('deletes the posted messages of a forgotten hand-over, and the card last', () => {
    assert.equal(step({ shown: 2 }, entries, 'forgotten'), 'remove');
    assert.equal(step({}, [], 'forgotten'), 'update');
    assert.equal(step({ shown: 2 }, [], 'forgotten'), 'drop');
    assert.equal(step({ activityId: null, shown: 0 }, [], 'forgotten'), 'drop');
  });

  it('does not exist for the visitor of a forgotten hand-over', () => {
    const side: Side = 'visitor';
    assert.equal(step({ side }, entries, 'forgotten'), 'rest');
    assert.equal(step({ side, activityId: null }, [], 'forgotten'), 'rest');
  });
});
