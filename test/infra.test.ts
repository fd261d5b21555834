/** The alert rules use metrics that exist, and send the operator on call to a chapter that exists. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as prometheus from 'prom-client';
import { openMeters } from '../bot/metrics/meters.js';
import { findRootDir } from '../bot/runtime/root-dir.js';

const root = findRootDir();
const rules = readFileSync(path.join(root, 'infra/alerts.yaml'), 'utf8');
/** Metrics of Prometheus itself, or metrics that the composition reads from the store. */
const ELSEWHERE = new Set([
  'up',
  'offer_desk_outbox_oldest_age_seconds',
  'offer_desk_outbox_pending',
  'offer_desk_directory_version',
  'offer_desk_set_up_needed',
  'offer_desk_outbox_given_up',
  'offer_desk_directory_sources_stopped',
  'offer_desk_outage_senders_silent',
  'offer_desk_handovers_waiting',
  'offer_desk_handovers_waiting_oldest_age_seconds',
  'offer_desk_database_connections_used',
  'offer_desk_database_connections_limit',
  'offer_desk_database_requests_waiting',
]);
const FUNCTIONS = new Set([
  'sum',
  'rate',
  'max',
  'avg_over_time',
  'changes',
  'or',
  'offset',
  'increase',
  'by',
  'source',
  'queue',
  'min_over_time',
]);

function expressions(): string[] {
  return [...rules.matchAll(/expr:(?: >-)?\s+(.+)/g)].map((found) => found[1] ?? '');
}

describe('the alert rules and the dashboard', () => {
  it('use in the rules only metrics that the server measures', () => {
    const meters = openMeters(prometheus, '0.0.0');
    const known = new Set(meters.registry.getMetricsAsArray().map((metric) => metric.name));
    const asked = expressions().flatMap((text) =>
      [...text.replace(/\{[^}]*\}|\[[^\]]*\]/g, '').matchAll(/[a-z_]{2,}/g)].map(([word]) => word),
    );
    const names = asked.filter((word) => !FUNCTIONS.has(word));
    assert.ok(names.length >= 5);
    for (const name of names) assert.ok(known.has(name) || ELSEWHERE.has(name), name);
    assert.ok(known.size > 10);
  });

  it('include a rule for each event that operators must know', () => {
    for (const name of [
      'OutageCardsLate',
      'TurnsFail',
      'ManyRejected',
      'NotReady',
      'OutageSourceUnreadable',
      'OutageSenderRefused',
      'OutageSenderSilent',
      'DirectoryNotSynced',
      'DirectorySourceStopped',
      'RetentionFails',
      'RetentionAbsent',
      'HandoverWaits',
      'DeadLetters',
      'DatabasePoolExhausted',
    ]) {
      assert.match(rules, new RegExp(`alert: ${name}\\n`));
    }
  });

  it('use in the dashboard only metrics that the server measures', () => {
    const meters = openMeters(prometheus, '0.0.0');
    const known = new Set(meters.registry.getMetricsAsArray().map((metric) => metric.name));
    const dashboard = readFileSync(path.join(root, 'infra/grafana/dashboards/offer-desk.json'), 'utf8');
    const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
    assert.ok(panels.length >= 8);
    const asked = panels.flatMap((panel) =>
      panel.targets.flatMap(({ expr }) => expr.match(/offer_desk_[a-z_]+/g) ?? []),
    );
    for (const name of asked.map((one) => one.replace(/_bucket$/, '')))
      assert.ok(known.has(name) || ELSEWHERE.has(name), name);
  });

  it('link to existing chapters of the operators’ document', () => {
    const links = [...rules.matchAll(/runbook: (\S+)#(\S+)/g)];
    assert.equal(links.length, expressions().length);
    for (const [, file = '', anchor = ''] of links) {
      const headings = [...readFileSync(path.join(root, file), 'utf8').matchAll(/^#+ (.+)$/gm)];
      const anchors = headings.map(([, text = '']) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
      assert.ok(anchors.includes(anchor), anchor);
    }
  });
});
