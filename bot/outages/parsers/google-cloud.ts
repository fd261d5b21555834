/** Google Cloud and Google Workspace: `incidents.json` of the service health page. */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import {
  earliest,
  eventFrom,
  fields,
  isFields,
  keyOf,
  latest,
  line,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { ownWord, severityGiven } from './words.js';

export const googleCloud: OutageFormat = {
  name: 'google-cloud',
  aliases: ['gcp', 'google', 'google-workspace', 'gcloud'],
  media: 'json',
  detect: (body) => listOf(body).some((one) => 'external_desc' in one || 'external-desc' in one),
  parse: parseGoogle,
  monitor: false,
};

function listOf(body: unknown): readonly Fields[] {
  return Array.isArray(body) ? rows(body) : isFields(body) ? [body] : [];
}

function parseGoogle(body: unknown, context: ParseContext): ParseResult {
  const list = listOf(body);
  if (!Array.isArray(body) && !list.some((one) => 'external_desc' in one))
    return refuse('wrong-shape', 'There is no list of incidents.');
  const found = list.flatMap((one) => incidentEvent(one, context) ?? []);
  const since = earliest(...found.map((event) => event.startedAt));
  return events(found, { coverage: { since, ids: found.map((event) => event.sourceId) } });
}

function incidentEvent(one: Fields, { words }: ParseContext): OutageEvent | undefined {
  const sourceId = keyOf(text(one.id, one.number));
  const title = line(one.external_desc, one['external-desc']);
  if (sourceId === '' || title === '') return undefined;
  const newest = fields(one.most_recent_update ?? one['most-recent-update']);
  const end = time(one.end);
  const state = end === null ? stateFrom(word(newest.status)) : 'resolved';
  const updatedAt = latest(time(one.modified), time(newest.when), end);
  return eventFrom({
    sourceId,
    title,
    state,
    severity: severityFrom(one, words),
    startedAt: time(one.begin, one.created),
    updatedAt,
    resolvedAt: end ?? updatedAt,
    affected: {
      components: [
        ...rows(one.affected_products).map((product) => text(product.title)),
        text(one.service_name),
      ],
      regions: regionsOf(one, newest),
    },
    updates: rows(one.updates).map((update) => ({
      at: time(update.when, update.created),
      state: null,
      text: text(update.text),
    })),
    url: webAddress(one.uri),
  });
}

/** An incident without an update yet has begun and has not ended. */
const STATES: Readonly<Record<string, OutageState>> = {
  '': 'investigating', serviceinformation: 'investigating', servicedisruption: 'investigating', serviceoutage: 'investigating',
  available: 'resolved',
}; // prettier-ignore

function stateFrom(status: string): OutageState {
  return ownWord(STATES, status) ?? 'unknown';
}

/** The presently affected things. For an ended incident, the previously affected things. */
function regionsOf(one: Fields, newest: Fields): readonly string[] {
  const lists = [
    one.currently_affected_locations,
    newest.affected_locations,
    one.previously_affected_locations,
  ];
  const found = lists.map(rows).find((list) => list.length > 0) ?? [];
  return found.map((location) => text(location.title, location.id));
}

/** A service outage is worse than a disruption. Google's own severity describes the reach. */
function severityFrom(one: Fields, words: ParseContext['words']): Severity {
  const reach = severityGiven(one.severity, words) ?? 'minor';
  switch (word(one.status_impact)) {
    case 'serviceoutage':
      return reach === 'major' || reach === 'critical' ? 'critical' : 'major';
    case 'serviceinformation':
      return 'minor';
    default:
      return reach === 'none' ? 'minor' : reach;
  }
}
