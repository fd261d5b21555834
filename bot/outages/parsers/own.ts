/**
 * Offer Desk's own JSON, for publishers who can choose their format: with or without a Standard Webhooks signature,
 * alone or in a list.
 */
import {
  isPlanned,
  OUTAGE_STATES,
  type OutageEvent,
  type OutageState,
} from '../../../core/incident/types.js';
import {
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

export const own: OutageFormat = {
  name: 'own',
  aliases: ['json', 'offer-desk'],
  media: 'json',
  detect: isOwn,
  parse: parseOwn,
  monitor: false,
  authentication: 'standard-webhooks',
};

export const standardWebhooks: OutageFormat = {
  ...own,
  name: 'standard-webhooks',
  aliases: ['standardwebhooks', 'svix'],
  detect: () => false,
};

function isOwn(given: unknown): boolean {
  const first = listOf(given)[0];
  return isFields(first) && text(first.sourceId, first.id) !== '' && text(first.state, first.status) !== '';
}

/**
 * Reads one outage, a list, `{events: […]}`, or a Standard Webhooks envelope `{type, timestamp, data}`. Required are
 * `id` (or `sourceId`), `title` and `state`. Also accepts the output of `outages parse`.
 */
function parseOwn(body: unknown, context: ParseContext): ParseResult {
  const list = listOf(body);
  if (list.length === 0) return refuse('wrong-shape', 'There is no JSON object with id, title and state.');
  const found: OutageEvent[] = [];
  for (const [n, given] of list.entries()) {
    const event = isFields(given) ? eventOf(given, context) : 'it is not a JSON object';
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

/** The event, or the error in it. A later notice about a known outage needs only its id and the changes. */
function eventOf(given: Fields, { words }: ParseContext): OutageEvent | string {
  const sourceId = keyOf(text(given.sourceId, given.id));
  const state = stateOf(text(given.state, given.status), words);
  if (sourceId === '') return 'id is missing';
  if (state === undefined) return `state is none of ${OUTAGE_STATES.join(', ')}`;
  const title = line(given.title, given.name);
  const severity = severityGiven(text(given.severity, given.impact, given.priority), words);
  const omitted = [
    ...(title === '' ? ['title' as const] : []),
    ...(severity === undefined ? ['severity' as const] : []),
  ];
  const updates = [...rows(given.updates).map(updateOf), ...messageOf(given, state)];
  const notice = text(given.dedupeKey, given.eventId);
  return eventFrom({
    sourceId,
    dedupeKey: notice === '' ? '' : keyOf(sourceId, notice),
    title,
    state,
    severity: severity ?? (isPlanned(state) ? 'maintenance' : 'minor'),
    startedAt: time(given.startedAt, given.started),
    updatedAt: latest(
      time(given.updatedAt, given.updated, given.timestamp),
      ...updates.map((update) => update.at),
    ),
    resolvedAt: time(given.resolvedAt, given.resolved),
    affected: affectedBy(given),
    updates,
    url: webAddress(given.url),
    ...(omitted.length > 0 && { omitted }),
  });
}

function affectedBy(given: Fields): Partial<OutageEvent['affected']> {
  const nested = fields(given.affected);
  const both = (key: string, single: string): readonly string[] =>
    [given[key], nested[key], [given[single]]].flatMap((list) =>
      Array.isArray(list) ? list.map((v: unknown) => text(v)) : [],
    );
  return {
    offers: both('offers', 'offer'),
    publishers: both('publishers', 'publisher'),
    components: both('components', 'component'),
    regions: both('regions', 'region'),
  };
}

function updateOf(update: Fields): OutageEvent['updates'][number] {
  return {
    at: time(update.at, update.createdAt, update.timestamp),
    state: stateOf(text(update.state, update.status)) ?? null,
    text: text(update.text, update.message, update.body),
  };
}

/** A single message beside the outage becomes its newest update. */
function messageOf(given: Fields, state: OutageState): OutageEvent['updates'] {
  const message = text(given.message, given.text);
  const at = time(given.updatedAt, given.updated, given.timestamp);
  return message === '' ? [] : [{ at, state, text: message }];
}
