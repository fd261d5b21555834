/** An unconfirmed outage: the bot asks a few recipients, and tells all recipients after one of them confirms. */
import assert from 'node:assert/strict';
import { close, confirm, dismiss, isReleased, release } from '../../../core/incident/acts.js';
import { decideAudience, type AudienceFacts, type Recipient } from '../../../core/incident/audience.js';
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

/** The incident after one more notice from a sender. */
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

describe('a report from a sender without a signature', () => {
  it('waits for a person from the severity that is set for the sender', () => {
    assert.deepEqual(waiting.unconfirmed, { source: 'page', asked: [] });
    assert.equal(first(opened({ severity: 'major' }), unsigned).incident.unconfirmed, undefined);
    assert.equal(first(critical, signed).incident.unconfirmed, undefined);
  });

  it('waits when a mild outage becomes severe, and alerts no recipient', () => {
    const grown = after(opened({ severity: 'minor' }), later(5), unsigned);
    assert.deepEqual([grown.incident.unconfirmed, grown.announce], [{ source: 'page', asked: [] }, 'none']);
    const again = after(opened({ severity: 'critical' }), later(5, { state: 'identified' }), unsigned);
    assert.equal(again.incident.unconfirmed, undefined, 'what was believed stays believed');
  });

  it('is confirmed when a second sender reports the same, even if the card shows no difference', () => {
    const second = after(
      waiting,
      later(5, { sourceId: 'P-1', dedupeKey: 'p', startedAt: null }),
      signed,
      'probe',
    );
    assert.equal(second.incident.unconfirmed, undefined);
    assert.deepEqual([second.visible, second.incident.version], [true, waiting.version + 1]);
  });

  it('is not confirmed by a repetition, and needs no person after it becomes milder', () => {
    assert.ok(after(waiting, later(5, { state: 'identified' }), unsigned).incident.unconfirmed);
    assert.equal(after(waiting, later(5, { severity: 'minor' }), unsigned).incident.unconfirmed, undefined);
  });

  it('is confirmed once; a confirmed report cannot be confirmed again', () => {
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

  it('ends when a person dismisses it with a reason; a later report waits again', () => {
    assert.equal(dismiss(waiting, 'ann', ' ', NOON).kind, 'no-change');
    assert.equal(dismiss(critical, 'ann', 'x', NOON).kind, 'no-change');
    const gone = dismiss(waiting, 'ann', 'a test of theirs', NOON + 20 * MINUTE).incident;
    assert.deepEqual([gone.state, gone.acts.at(-1)?.text], ['resolved', 'a test of theirs']);
    const back = after(gone, later(30), unsigned);
    assert.deepEqual([back.incident.state, back.announce], ['investigating', 'none']);
    assert.ok(back.incident.unconfirmed);
  });

  it('is never shown to customers', () => {
    const both = release(release(waiting, 'ann', NOON).incident, 'bo', NOON).incident;
    assert.deepEqual([isReleased(waiting, 'minor'), isReleased(both, null)], [false, false]);
    assert.equal(isReleased(confirm(waiting, 'ann', NOON).incident, 'critical'), true);
  });

  it('waits from the severity that customers see at once, and never waits for a trusted sender', () => {
    assert.equal(believedTo(unsigned, 'major').confirmAt, 'major');
    assert.equal(believedTo({ id: 'page', confirmAt: 'minor' }, 'major').confirmAt, 'minor');
    assert.equal(believedTo(unsigned, null).confirmAt, 'critical');
    assert.equal(believedTo(signed, 'minor').confirmAt, null);
  });

  it('can be closed like any other outage', () => {
    assert.equal(close(waiting, 'ann', 'over', NOON).kind, 'done');
  });
});

describe('the confirmation of an unconfirmed outage', () => {
  const recipient = (id: string, over: Partial<Recipient> = {}): Recipient => ({
    id, kind: 'person', tenantId: 't', optedOut: false, reachable: true, quiet: null,
    subscriptions: [{ what: { kind: 'everything' }, from: 'minor', by: 'reader' }], ...over,
  }); // prettier-ignore
  const facts = (over: Partial<AudienceFacts> = {}): AudienceFacts => ({
    now: NOON, silences: [], openIncidents: [], publisherOf: () => undefined, hasCard: () => false, ...over,
  }); // prettier-ignore
  const many = Array.from({ length: 40 }, (_, n) => recipient(`r${String(n).padStart(2, '0')}`));
  const told = (incident: Incident, over: Partial<AudienceFacts>, recipients = many) =>
    decideAudience(incident, recipients, facts(over))
      .filter((one) => one.verdict === 'tell')
      .map((one) => one.readerId);

  const asking = (...asked: string[]): Incident => ({ ...waiting, unconfirmed: { source: 'page', asked } });

  it('asks the chosen recipients and no others until the report is confirmed', () => {
    assert.deepEqual(told(asking('r03', 'r07'), {}), ['r03', 'r07']);
    assert.equal(told(confirm(asking('r03'), 'ann', NOON).incident, {}).length, many.length);
  });

  it('asks everybody if no recipient could be chosen', () => {
    assert.equal(told(asking(), {}).length, many.length);
  });

  it('gives the reason why the other recipients get no card', () => {
    const [, second] = decideAudience(asking('r00'), many, facts());
    assert.ok(second?.verdict === 'skip');
    assert.deepEqual(second.reason, { kind: 'unconfirmed' });
  });

  it('does not let an unconfirmed publisher-wide outage silence other outages', () => {
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
