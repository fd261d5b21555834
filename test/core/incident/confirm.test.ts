/** The word of a sender that signs nothing: a few are asked, everybody is told once somebody has confirmed it. */
import assert from 'node:assert/strict';
import { close, confirm, dismiss, isReleased, release } from '../../../core/incident/acts.js';
import { decideAudience, type AudienceFacts, type Reader } from '../../../core/incident/audience.js';
import { believedTo, doubted, type Believed } from '../../../core/incident/confirm.js';
import { applyEvent } from '../../../core/incident/lifecycle.js';
import type { Incident, OutageEvent } from '../../../core/incident/types.js';
import { affects, arrival, incident as opened, MINUTE, NOON } from '../../helpers/incidents.js';

const unsigned: Believed = { id: 'page', confirmAt: 'critical' };
const signed: Believed = { id: 'probe', confirmAt: null };
const critical = opened({ severity: 'critical', affected: affects({ offers: ['contoso.ledger'] }) });
const first = (incident: Incident, sender: Believed) =>
  doubted(undefined, { incident, announce: 'new', visible: true }, sender);
const waiting = first(critical, unsigned).incident;

/** What becomes of an incident when a sender says something more. */
function after(before: Incident, event: Partial<OutageEvent>, sender: Believed, source = 'contoso') {
  const applied = applyEvent(before, arrival({ ...event }, { source }), NOON + 60 * MINUTE);
  assert.ok('announce' in applied || applied.outcome === 'unchanged', applied.outcome);
  const announce = 'announce' in applied ? applied.announce : 'none';
  const visible = applied.outcome !== 'unchanged';
  return doubted(before, { incident: applied.incident, announce, visible }, sender);
}
const later = (minutes: number, more: Partial<OutageEvent> = {}): Partial<OutageEvent> => ({
  updatedAt: NOON + minutes * MINUTE,
  severity: 'critical',
  ...more,
});

describe('what only an unsigned sender says', () => {
  it('waits from the severity set for the source on, and not below', () => {
    assert.deepEqual(waiting.unconfirmed, { source: 'page', asked: [] });
    assert.equal(first(opened({ severity: 'major' }), unsigned).incident.unconfirmed, undefined);
    assert.equal(first(critical, signed).incident.unconfirmed, undefined);
  });

  it('waits too when a mild outage grows grave, and then interrupts nobody', () => {
    const grown = after(opened({ severity: 'minor' }), later(5), unsigned);
    assert.deepEqual([grown.incident.unconfirmed, grown.announce], [{ source: 'page', asked: [] }, 'none']);
    const again = after(opened({ severity: 'critical' }), later(5, { state: 'identified' }), unsigned);
    assert.equal(again.incident.unconfirmed, undefined, 'what was believed stays believed');
  });

  it('is believed when a second sender says the same, even where the card shows nothing new of it', () => {
    const second = after(
      waiting,
      later(5, { sourceId: 'P-1', dedupeKey: 'p', startedAt: null }),
      signed,
      'probe',
    );
    assert.equal(second.incident.unconfirmed, undefined);
    assert.deepEqual([second.visible, second.incident.version], [true, waiting.version + 1]);
  });

  it('is not believed for being said twice, and needs nobody any more when it turns out mild', () => {
    assert.ok(after(waiting, later(5, { state: 'identified' }), unsigned).incident.unconfirmed);
    assert.equal(after(waiting, later(5, { severity: 'minor' }), unsigned).incident.unconfirmed, undefined);
  });

  it('is confirmed once, for good, and by nobody when there is nothing to confirm', () => {
    const sure = confirm(waiting, 'ann', NOON);
    assert.deepEqual([sure.kind, sure.incident.unconfirmed], ['done', undefined]);
    assert.equal(sure.kind === 'done' && sure.announce, 'severity-rise');
    assert.deepEqual(
      [sure.incident.version, sure.incident.acts.at(-1)?.kind],
      [waiting.version + 1, 'confirmed'],
    );
    assert.equal(confirm(sure.incident, 'bo', NOON).kind, 'no-change');
    const more = after(sure.incident, later(9, { state: 'identified' }), unsigned);
    assert.equal(more.incident.unconfirmed, undefined);
  });

  it('is dismissed with a reason only, which ends it; what comes after is asked about again', () => {
    assert.equal(dismiss(waiting, 'ann', ' ', NOON).kind, 'no-change');
    assert.equal(dismiss(critical, 'ann', 'x', NOON).kind, 'no-change');
    const gone = dismiss(waiting, 'ann', 'a test of theirs', NOON + 20 * MINUTE).incident;
    assert.deepEqual([gone.state, gone.acts.at(-1)?.text], ['resolved', 'a test of theirs']);
    const back = after(gone, later(30), unsigned);
    assert.deepEqual([back.incident.state, back.announce], ['investigating', 'none']);
    assert.ok(back.incident.unconfirmed);
  });

  it('is shown to no customer, however grave and whoever released it', () => {
    const both = release(release(waiting, 'ann', NOON).incident, 'bo', NOON).incident;
    assert.deepEqual([isReleased(waiting, 'minor'), isReleased(both, null)], [false, false]);
    assert.equal(isReleased(confirm(waiting, 'ann', NOON).incident, 'critical'), true);
  });

  it('waits from where customers would see it at once, if that is milder, and never for a sender that is believed', () => {
    assert.equal(believedTo(unsigned, 'major').confirmAt, 'major');
    assert.equal(believedTo({ id: 'page', confirmAt: 'minor' }, 'major').confirmAt, 'minor');
    assert.equal(believedTo(unsigned, null).confirmAt, 'critical');
    assert.equal(believedTo(signed, 'minor').confirmAt, null);
  });

  it('may be closed like any other', () => {
    assert.equal(close(waiting, 'ann', 'over', NOON).kind, 'done');
  });
});

describe('who is asked to confirm', () => {
  const reader = (id: string, over: Partial<Reader> = {}): Reader => ({
    id, kind: 'person', tenantId: 't', optedOut: false, reachable: true, quiet: null,
    subscriptions: [{ what: { kind: 'everything' }, from: 'minor', by: 'reader' }], ...over,
  }); // prettier-ignore
  const facts = (over: Partial<AudienceFacts> = {}): AudienceFacts => ({
    now: NOON, silences: [], openIncidents: [], publisherOf: () => undefined, hasCard: () => false, ...over,
  }); // prettier-ignore
  const many = Array.from({ length: 40 }, (_, n) => reader(`r${String(n).padStart(2, '0')}`));
  const told = (incident: Incident, over: Partial<AudienceFacts>, readers = many) =>
    decideAudience(incident, readers, facts(over))
      .filter((one) => one.verdict === 'tell')
      .map((one) => one.readerId);

  const asking = (...asked: string[]): Incident => ({ ...waiting, unconfirmed: { source: 'page', asked } });

  it('those chosen and no others, until it is confirmed', () => {
    assert.deepEqual(told(asking('r03', 'r07'), {}), ['r03', 'r07']);
    assert.equal(told(confirm(asking('r03'), 'ann', NOON).incident, {}).length, many.length);
  });

  it('everybody, where nobody could be chosen: a doubt makes no outage silent', () => {
    assert.equal(told(asking(), {}).length, many.length);
  });

  it('the others are told why they are not', () => {
    const [, second] = decideAudience(asking('r00'), many, facts());
    assert.ok(second?.verdict === 'skip');
    assert.deepEqual(second.reason, { kind: 'unconfirmed' });
  });

  it('a publisher-wide outage nobody confirmed keeps no part of it quiet', () => {
    const wide = first(
      opened({ severity: 'critical', affected: affects({ publishers: ['contoso'] }) }, { newId: 'wide' }),
      unsigned,
    );
    const part = {
      ...critical,
      id: 'part',
      affected: affects({ offers: ['contoso.ledger'], publishers: ['contoso'] }),
    };
    const open = (whole: Incident) => told(part, { openIncidents: [whole] }).length;
    assert.deepEqual([open(wide.incident), open(confirm(wide.incident, 'ann', NOON).incident)], [40, 0]);
  });
});
