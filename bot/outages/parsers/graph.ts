/** Microsoft Graph service health: issues of Microsoft's own services, in a list, in expanded overviews, or alone. */
import { isOver, type OutageEvent, type OutageState, type Severity } from '../../../core/incident/types.js';
import {
  affected,
  fields,
  history,
  isFields,
  keyOf,
  latest,
  line,
  mergeRepeated,
  rows,
  text,
  word,
} from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseResult } from './types.js';

export const graph: OutageFormat = {
  name: 'graph',
  aliases: ['graph-service-health', 'microsoft-graph', 'm365-service-health'],
  media: 'json',
  detect: isGraph,
  parse: parseGraph,
  monitor: false,
};

function isGraph(given: unknown): boolean {
  const body = fields(given);
  const issue = rows(body.value)[0] ?? body;
  const context = text(body['@odata.context']).toLowerCase();
  return (
    context.includes('serviceannouncement') || 'impactDescription' in issue || 'lastModifiedDateTime' in issue
  );
}

/** Graph's `serviceHealthStatus`, folded: its documentation writes camelCase, its answers often PascalCase. */
const STATES: Readonly<Record<string, OutageState>> = {
  reported: 'investigating', investigating: 'investigating', servicedegradation: 'investigating',
  serviceinterruption: 'investigating', investigationsuspended: 'investigating',
  confirmed: 'identified', restoringservice: 'identified',
  extendedrecovery: 'monitoring', verifyingservice: 'monitoring', mitigated: 'monitoring',
  servicerestored: 'resolved', serviceoperational: 'resolved', postincidentreviewpublished: 'resolved',
  falsepositive: 'resolved', resolved: 'resolved', resolvedexternal: 'resolved', mitigatedexternal: 'resolved',
}; // prettier-ignore

/** Reads `/admin/serviceAnnouncement/issues`, `/healthOverviews?$expand=issues`, or one issue. */
function parseGraph(body: unknown): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  const listed = Array.isArray(body.value) ? rows(body.value) : [body];
  if (!Array.isArray(body.value) && text(body.id) === '')
    return refuse('wrong-shape', 'There is no value list.');
  const issues = listed.flatMap((row) => (Array.isArray(row.issues) ? rows(row.issues) : [row]));
  return events(mergeRepeated(issues.flatMap((issue) => issueEvent(issue) ?? [])));
}

/** An overview row alone (`{id, service, status}`) names no outage, so it gives no event. */
function issueEvent(issue: Fields): OutageEvent | undefined {
  const sourceId = keyOf(text(issue.id));
  const title = line(issue.title, issue.impactDescription);
  if (sourceId === '' || title === '') return undefined;
  const state = stateOf(issue);
  const updatedAt = latest(time(issue.lastModifiedDateTime), time(issue.startDateTime));
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, updatedAt, word(issue.status)),
    title,
    state,
    severity: severityOf(issue),
    startedAt: time(issue.startDateTime),
    updatedAt,
    resolvedAt: isOver(state) ? time(issue.endDateTime) : null,
    affected: affected({ components: [text(issue.service)] }),
    updates: history(rows(issue.posts).map(postOf)),
    url: null,
    owner: word(issue.origin) === 'microsoft' || text(issue.origin) === '' ? 'microsoft' : null,
  };
}

function stateOf(issue: Fields): OutageState {
  if (issue.isResolved === true) return 'resolved';
  return STATES[word(issue.status)] ?? 'unknown';
}

/**
 * By Microsoft's definition, an advisory has a limited reach and an incident does not. A stopped service is the worst
 * case.
 */
function severityOf(issue: Fields): Severity {
  if (issue.highImpact === true) return 'critical';
  if (word(issue.status) === 'serviceinterruption') return 'critical';
  return word(issue.classification) === 'incident' ? 'major' : 'minor';
}

function postOf(post: Fields): OutageEvent['updates'][number] {
  return { at: time(post.createdDateTime), state: null, text: text(fields(post.description).content) };
}
