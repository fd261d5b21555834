/**
 * Cachet, versions 2 and 3: lists of incidents and of schedules, a single incident or schedule, and the webhooks of
 * version 3.
 */
import type { OutageEvent, OutageState } from '../../../core/incident/types.js';
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
  type Fields,
} from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven, stateOf } from './words.js';

export const cachet: OutageFormat = {
  name: 'cachet',
  aliases: ['cachet-v2', 'cachet-v3'],
  media: 'json',
  detect: (given) => entriesOf(given).some(isCachet),
  parse: parseCachet,
  monitor: false,
};

function entriesOf(given: unknown): readonly Fields[] {
  const body = fields(given);
  if (text(body.event).startsWith('incident') || text(body.event).startsWith('schedule'))
    return [fields(body.body ?? body.data)];
  return isFields(body.data) ? [body.data] : rows(body.data);
}

function isCachet(entry: Fields): boolean {
  const given = isFields(entry.attributes) ? entry.attributes : entry;
  const typed = ['incidents', 'schedules'].includes(text(entry.type));
  return (
    typed ||
    'human_status' in given ||
    'latest_human_status' in given ||
    ('component_id' in given && 'status' in given) ||
    ('guid' in given && 'status' in given)
  );
}

function parseCachet(body: unknown, context: ParseContext): ParseResult {
  const entries = entriesOf(body);
  const listed = Array.isArray(fields(body).data);
  if (!listed && entries.length === 0) return refuse('wrong-shape', 'There is no data.');
  const found = entries.flatMap((entry) => entryEvent(entry, context) ?? []);
  if (!listed && found.length === 0) return refuse('missing-field', 'id and name must be there.');
  const since = earliest(...found.map((event) => event.startedAt));
  return events(found, listed ? { coverage: { since, ids: found.map((event) => event.sourceId) } } : {});
}

/** States by number: version 2 uses 0 for scheduled work; version 3 has separate schedules. */
const STATES: readonly OutageState[] = ['scheduled', 'investigating', 'identified', 'monitoring', 'resolved'];
const SCHEDULE_STATES: readonly OutageState[] = ['scheduled', 'in-maintenance', 'completed'];
/** A component's status by number: working, slow, partial outage, major outage. */
const COMPONENT = ['minor', 'none', 'minor', 'major', 'critical'] as const;

function entryEvent(entry: Fields, { words }: ParseContext): OutageEvent | undefined {
  const given: Fields = isFields(entry.attributes)
    ? { ...entry.attributes, type: entry.type, id: text(fields(entry.attributes).id, entry.id) }
    : entry;
  const sourceId = keyOf(text(given.id, given.guid));
  const title = line(given.name, given.title);
  if (sourceId === '' || title === '') return undefined;
  const planned = text(given.type) === 'schedules' || isPlannedEntry(given);
  const state = statusOf(given, planned);
  const updates = [...rows(given.updates), ...rows(given.incident_updates)];
  const startedAt = startOf(given, planned);
  const updatedAt =
    latest(
      moment(given.updated_at) ?? moment(given.updated),
      ...updates.map((one) => moment(one.created_at)),
    ) ?? (state === 'scheduled' ? null : startedAt);
  return eventFrom({
    sourceId: planned && text(given.type) === 'schedules' ? keyOf('schedule', sourceId) : sourceId,
    title,
    state,
    severity: planned ? 'maintenance' : severityFrom(given, words),
    startedAt,
    updatedAt,
    resolvedAt: moment(given.completed_at) ?? updatedAt,
    affected: {
      components: [
        text(fields(given.component).name),
        text(given.component_name),
        ...rows(given.components).map((one) => text(one.name)),
      ],
    },
    updates: [
      ...updates.map(updateOf),
      { at: moment(given.created_at) ?? startedAt, state: null, text: text(given.message) },
    ],
    url: webAddress(given.permalink),
  });
}

function startOf(given: Fields, planned: boolean): number | null {
  if (planned) return moment(given.scheduled_at);
  const known = [given.occurred_at, given.occurred, given.created_at, given.created].map(moment);
  return known.find((one) => one !== null) ?? null;
}

function isPlannedEntry(given: Fields): boolean {
  const scheduled = moment(given.scheduled_at) !== null;
  return (
    scheduled ||
    (text(given.latest_status, given.status) === '0' && stateOf(given.human_status) === 'scheduled')
  );
}

function statusOf(given: Fields, planned: boolean): OutageState {
  const status = isFields(given.status) ? given.status : {};
  const human = stateOf(text(status.human, given.latest_human_status, given.human_status));
  if (human !== undefined) return planned && human === 'resolved' ? 'completed' : human;
  const number = Number(text(status.value, given.latest_status, given.status) || 'NaN');
  return (
    (planned && text(given.type) === 'schedules' ? SCHEDULE_STATES : STATES)[number] ??
    stateOf(given.status) ??
    'unknown'
  );
}

/** Cachet incidents have no severity. The component's status is the closest value. */
function severityFrom(given: Fields, words: ParseContext['words']): OutageEvent['severity'] {
  const component = Number(text(given.component_status, fields(given.component).status) || 'NaN');
  const read = COMPONENT[component] ?? severityGiven(given.severity, words) ?? 'minor';
  return read === 'none' ? 'minor' : read;
}

function updateOf(one: Fields): OutageEvent['updates'][number] {
  const status = isFields(one.status) ? one.status : {};
  const state =
    stateOf(text(status.human, one.human_status)) ??
    STATES[Number(text(status.value, one.status) || 'NaN')] ??
    null;
  return { at: moment(one.created_at) ?? moment(one.created), state, text: text(one.message) };
}

/** Version 3 writes `{human, string}`; version 2 writes a text without a zone. */
function moment(given: unknown): number | null {
  return isFields(given) ? time(given.string, given.date) : time(given);
}
