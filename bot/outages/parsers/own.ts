/** Offer Desk's own JSON, for publishers who can send what they like: signed by Standard Webhooks or not, alone or in a list. */
import { isOver, isPlanned, OUTAGE_STATES, SEVERITIES } from '../../../core/incident/types.js';
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import {
  affected,
  contentKey,
  fields,
  history,
  isFields,
  keyOf,
  latest,
  line,
  rows,
  text,
  webAddress,
} from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, refuse, type ParseResult } from './types.js';
import { severityOf, stateOf } from './words.js';

/**
 * Reads one outage, a list, `{events: […]}`, or a Standard Webhooks envelope `{type, timestamp, data}`. Needed are
 * `id` (or `sourceId`), `title` and `state`; what `outages parse` prints is accepted too.
 */
export function parseOwn(body: unknown): ParseResult {
  const list = listOf(body);
  if (list.length === 0) return refuse('wrong-shape', 'There is no JSON object with id, title and state.');
  const found: OutageEvent[] = [];
  for (const [n, given] of list.entries()) {
    const event = isFields(given) ? eventOf(given) : 'it is not a JSON object';
    if (typeof event === 'string') return refuse('missing-field', `Outage ${String(n + 1)}: ${event}.`);
    found.push(event);
  }
  return events(found);
}

function listOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (!isFields(body)) return [];
  if (Array.isArray(body.events)) return body.events;
  if (Array.isArray(body.data)) return body.data;
  return [isFields(body.data) ? { timestamp: body.timestamp, ...body.data } : body];
}

/** The event, or what is wrong with it. */
function eventOf(given: Fields): OutageEvent | string {
  const sourceId = keyOf(text(given.sourceId, given.id));
  const title = line(given.title, given.name);
  const state = stateOf(text(given.state, given.status));
  if (sourceId === '') return 'id is missing';
  if (title === '') return 'title is missing';
  if (state === undefined) return `state is none of ${OUTAGE_STATES.join(', ')}`;
  const severity = ownSeverity(given, state);
  if (severity === undefined) return `severity is none of ${SEVERITIES.join(', ')}`;
  const event = assemble(given, sourceId, title, state, severity);
  return event.dedupeKey === '' ? { ...event, dedupeKey: contentKey(event) } : event;
}

function assemble(
  given: Fields,
  sourceId: string,
  title: string,
  state: OutageState,
  severity: Severity,
): OutageEvent {
  const updatesIn = rows(given.updates);
  const updates = history([...updatesIn.map(updateOf), ...messageOf(given, state)]);
  const updatedAt = latest(time(given.updatedAt, given.updated, given.timestamp), updates[0]?.at ?? null);
  const notice = text(given.dedupeKey, given.eventId);
  return {
    sourceId,
    dedupeKey: notice === '' ? '' : keyOf(sourceId, notice),
    title,
    state,
    severity,
    startedAt: time(given.startedAt, given.started),
    updatedAt,
    resolvedAt: isOver(state) ? time(given.resolvedAt, given.resolved) : null,
    affected: affectedBy(given),
    updates,
    url: webAddress(given.url),
    owner: null,
  };
}

function ownSeverity(given: Fields, state: OutageState): Severity | undefined {
  const word = text(given.severity, given.impact);
  return word === '' ? (isPlanned(state) ? 'maintenance' : 'minor') : severityOf(word);
}

function affectedBy(given: Fields): OutageEvent['affected'] {
  const nested = fields(given.affected);
  const both = (key: string, single: string): readonly string[] =>
    [given[key], nested[key], [given[single]]].flatMap((list) =>
      Array.isArray(list) ? list.map((v) => text(v)) : [],
    );
  return affected({
    offers: both('offers', 'offer'),
    publishers: both('publishers', 'publisher'),
    components: both('components', 'component'),
    regions: both('regions', 'region'),
  });
}

function updateOf(update: Fields): OutageEvent['updates'][number] {
  return {
    at: time(update.at, update.createdAt, update.timestamp),
    state: stateOf(text(update.state, update.status)) ?? null,
    text: text(update.text, update.message, update.body),
  };
}

/** A single message beside the outage is its newest update. */
function messageOf(given: Fields, state: OutageState): OutageEvent['updates'] {
  const message = text(given.message, given.text);
  const at = time(given.updatedAt, given.updated, given.timestamp);
  return message === '' ? [] : [{ at, state, text: message }];
}
