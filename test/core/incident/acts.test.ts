/** Acts of staff on an incident: each act counts once, and one person alone never shows an incident to customers. */
import assert from 'node:assert/strict';
import { acknowledge, addNote, close, isReleased, NOTE_LIMIT, release } from '../../../core/incident/acts.js';
import { applyEvent } from '../../../core/incident/lifecycle.js';
import { arrival, HOUR, incident, MINUTE, NOON } from '../../helpers/incidents.js';

const open = incident();

describe('acts of staff on an incident', () => {
  it('keep one acknowledgement for each person and update the card', () => {
    const first = acknowledge(open, 'ann', NOON).incident;
    assert.deepEqual([first.version, first.acts[0]?.by], [2, 'ann']);
    assert.equal(acknowledge(first, 'ann', NOON + 1).kind, 'no-change');
    assert.equal(acknowledge(first, 'bo', NOON + 1).incident.acts.length, 2);
  });

  it('trim and limit a note, and keep the note once after a double click', () => {
    const first = addNote(open, 'ann', `  ${'x'.repeat(600)}`, NOON).incident;
    assert.equal(first.acts[0]?.text.length, NOTE_LIMIT);
    assert.equal(addNote(first, 'ann', 'x'.repeat(600), NOON + 1).kind, 'no-change');
    assert.equal(addNote(first, 'ann', 'x'.repeat(600), NOON + 2 * MINUTE).kind, 'done');
    assert.equal(addNote(open, 'ann', '   ', NOON).kind, 'no-change');
  });

  it('show an outage to customers after two people release it, not after two clicks of one person', () => {
    const asked = release(open, 'ann', NOON).incident;
    assert.equal(isReleased(asked, null), false);
    const twice = release(asked, 'ann', NOON + 1);
    assert.deepEqual([twice.kind, isReleased(twice.incident, null)], ['no-change', false]);
    assert.equal(isReleased(release(asked, 'bo', NOON + 2).incident, null), true);
  });

  it('show an outage to customers at once from the severity that the partner set', () => {
    assert.equal(isReleased(open, 'major'), true);
    assert.equal(isReleased(open, 'critical'), false);
  });

  it('close an outage for every sender, until a new notice opens it again', () => {
    const closed = close(open, 'ann', 'sender is gone', NOON + HOUR).incident;
    assert.deepEqual([closed.state, closed.resolvedAt], ['resolved', NOON + HOUR]);
    const old = applyEvent(closed, arrival({ updatedAt: NOON + MINUTE, state: 'identified' }), NOON + HOUR);
    assert.equal(old.outcome, 'older');
    const fresh = applyEvent(closed, arrival({ updatedAt: NOON + 2 * HOUR }), NOON + 2 * HOUR);
    assert.equal(fresh.outcome, 'reopened');
    assert.equal(close(closed, 'bo', '', NOON + 2 * HOUR).kind, 'no-change');
  });
});
