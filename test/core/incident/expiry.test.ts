/** The end of outages whose sender may never report the end. */
import assert from 'node:assert/strict';
import { expire, isExpired } from '../../../core/incident/expiry.js';
import { applyEvent } from '../../../core/incident/lifecycle.js';
import type { Incident, OutageEvent } from '../../../core/incident/types.js';
import { affects, arrival, HOUR, incident, MINUTE, NOON } from '../../helpers/incidents.js';

const DAY = 24 * HOUR;
const stateless = incident({ endsAfterMs: DAY });

function after(
  known: Incident,
  event: Partial<OutageEvent>,
  source = 'contoso',
  now = NOON + HOUR,
): Incident {
  const applied = applyEvent(known, arrival(event, { source }), now);
  assert.ok(applied.incident);
  return applied.incident;
}

describe('an outage without a reported end', () => {
  it('ends after its time, and the history says why', () => {
    assert.equal(isExpired(stateless, NOON + DAY - 1), false);
    assert.equal(expire(stateless, NOON + DAY - 1).kind, 'no-change');
    assert.equal(isExpired(stateless, NOON + DAY), true);
    const ended = expire(stateless, NOON + DAY);
    assert.equal(ended.kind, 'done');
    const { state, resolvedAt, version, updates, severity } = ended.incident;
    assert.deepEqual([state, resolvedAt, version, severity], ['resolved', NOON + DAY, 2, 'major']);
    assert.deepEqual(updates[0], {
      at: NOON + DAY,
      state: null,
      text: '',
      remark: 'no-end-reported',
      source: 'contoso',
    });
    assert.equal(isExpired(ended.incident, NOON + 9 * DAY), false, 'an outage ends once');
  });

  it('lasts longer after each later notice', () => {
    const again = after(stateless, { updatedAt: NOON + HOUR, endsAfterMs: DAY });
    assert.equal(isExpired(again, NOON + DAY), false);
    assert.equal(isExpired(again, NOON + DAY + HOUR), true);
  });

  it('never ends by age once its sender reports states', () => {
    const told = after(stateless, { updatedAt: NOON + HOUR, state: 'identified' });
    assert.equal(isExpired(told, NOON + 99 * DAY), false);
    const page = incident({});
    assert.equal(isExpired(page, NOON + 99 * DAY), false);
  });

  it('stays open while another sender reports the outage', () => {
    const both = after(stateless, { sourceId: 'P-1', updatedAt: NOON + HOUR }, 'page');
    const ended = expire(both, NOON + DAY);
    assert.equal(ended.kind, 'done');
    assert.deepEqual(
      [ended.incident.state, ended.incident.resolvedAt, ended.incident.marks.map((mark) => mark.state)],
      ['investigating', null, ['resolved', 'investigating']],
    );
  });

  it('completes planned work', () => {
    const planned = incident({ state: 'scheduled', severity: 'maintenance', endsAfterMs: HOUR });
    assert.equal(expire(planned, NOON + HOUR).incident.state, 'completed');
  });
});

describe('the affected offers of a group of alerts', () => {
  const group = (offers: readonly string[], minutes: number): Partial<OutageEvent> => ({
    affected: affects({ offers, publishers: ['contoso'] }),
    updatedAt: NOON + minutes * MINUTE,
    whole: true,
  });
  const both = incident(group(['contoso.backup', 'contoso.crm'], 0));

  it('lose an offer that no longer fires', () => {
    const one = after(both, group(['contoso.crm'], 5));
    assert.deepEqual([one.affected.offers, one.version], [['contoso.crm'], 2]);
  });

  it('stay as they were when the group ends', () => {
    const over = after(both, { ...group([], 5), state: 'resolved' });
    assert.deepEqual(over.affected.offers, ['contoso.backup', 'contoso.crm']);
  });

  it('are those of all groups of the same outage together', () => {
    const two = after(both, { ...group(['contoso.pay'], 5), sourceId: 'G-2' });
    assert.deepEqual(two.affected.offers, ['contoso.backup', 'contoso.crm', 'contoso.pay']);
    const shrunk = after(two, { ...group(['contoso.crm'], 6) });
    assert.deepEqual(shrunk.affected.offers, ['contoso.crm', 'contoso.pay']);
    const ended = after(shrunk, { ...group([], 7), sourceId: 'G-2', state: 'resolved' });
    assert.deepEqual(ended.affected.offers, ['contoso.crm']);
  });

  it('only grow when another sender does not name everything', () => {
    const page = after(both, { sourceId: 'P-1', updatedAt: NOON + MINUTE }, 'page');
    assert.deepEqual(after(page, group(['contoso.crm'], 5)).affected.offers, [
      'contoso.backup',
      'contoso.crm',
    ]);
  });
});
