/** Grafana: unified alerting, which has Alertmanager's shape, and the legacy alerts of a single rule. */
import type { OutageState } from '../../../core/incident/types.js';
import { parseAlertmanager } from './alertmanager.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  line,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven } from './words.js';

export const grafana: OutageFormat = {
  name: 'grafana',
  aliases: ['grafana-legacy', 'grafana-alerting'],
  media: 'json',
  detect: (given) => {
    const body = fields(given);
    return isLegacy(body) || (Array.isArray(body.alerts) && 'orgId' in body);
  },
  parse: (body, context) =>
    isFields(body) && isLegacy(body) ? legacy(body, context) : parseAlertmanager(body, context),
  monitor: true,
};

function isLegacy(body: Fields): boolean {
  return 'ruleId' in body || 'ruleName' in body || ('evalMatches' in body && 'state' in body);
}

const STATES: Readonly<Record<string, OutageState>> = { alerting: 'investigating', ok: 'resolved' };

/** States of a rule that waits, is paused or has no data. */
const WAITING = new Set(['pending', 'paused', 'nodata', 'unknown', '']);

function legacy(body: Fields, { words }: ParseContext): ParseResult {
  const name = line(body.ruleName, body.title);
  const isTest = Number(body.ruleId) === 0 || /\btest notification\b/i.test(`${name} ${text(body.title)}`);
  if (isTest) return noEvent('test', 'Test received: Grafana’s test button was pressed.');
  const state = STATES[word(body.state)];
  if (!state)
    return WAITING.has(word(body.state))
      ? noEvent('set-aside', 'The rule is neither alerting nor ok: it tells of no outage.')
      : noEvent('unread', 'The state of the rule could not be read.');
  const sourceId = keyOf(text(body.ruleId), text(body.dashboardId), text(body.panelId));
  if (name === '') return refuse('missing-field', 'ruleName must be there.');
  const tags = labelled(body.tags);
  const severity = severityGiven(text(tags.severity, tags.priority, tags.level), words);
  return events([
    eventFrom({
      sourceId,
      title: name,
      state,
      severity: severity ?? 'minor',
      affected: {
        ...affectedByLabels(tags),
        components: rows(body.evalMatches).map((match) => text(match.metric)),
      },
      updates: [{ at: null, state, text: text(body.message) }],
      url: webAddress(body.ruleUrl),
    }),
  ]);
}
