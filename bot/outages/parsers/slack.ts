/** Slack's status API: `current`, and the history, which lists the same incidents. */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import {
  earliest,
  eventFrom,
  fields,
  isFields,
  keyOf,
  latest,
  line,
  names,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { stateOf } from './words.js';

export const slack: OutageFormat = {
  name: 'slack',
  aliases: ['slack-status'],
  media: 'json',
  detect: (body) =>
    listOf(body).some((one) => 'active_incidents' in one || ('date_created' in one && 'notes' in one)),
  parse: parseSlack,
  monitor: false,
};

function listOf(body: unknown): readonly Fields[] {
  return Array.isArray(body) ? rows(body) : isFields(body) ? [body] : [];
}

function parseSlack(body: unknown, context: ParseContext): ParseResult {
  const current = fields(body);
  if (!Array.isArray(body) && !Array.isArray(current.active_incidents) && !('date_created' in current))
    return refuse('wrong-shape', 'There is no list of incidents.');
  const list = Array.isArray(current.active_incidents) ? rows(current.active_incidents) : listOf(body);
  const found = list.flatMap((one) => incidentEvent(one, context) ?? []);
  const since = Array.isArray(body) ? earliest(...found.map((event) => event.startedAt)) : null;
  return events(found, { coverage: { since, ids: found.map((event) => event.sourceId) } });
}

const SEVERITY: Readonly<Record<string, Severity>> = {
  outage: 'critical',
  incident: 'major',
  notice: 'minor',
  maintenance: 'maintenance',
};

function incidentEvent(one: Fields, context: ParseContext): OutageEvent | undefined {
  const sourceId = keyOf(text(one.id, one.url));
  const title = line(one.title);
  if (sourceId === '' || title === '') return undefined;
  const planned = word(one.type) === 'maintenance';
  const notes = rows(one.notes).map((note) => ({
    at: time(note.date_created),
    state: null,
    text: text(note.body),
  }));
  const updatedAt = latest(time(one.date_updated), ...notes.map((note) => note.at));
  return eventFrom({
    sourceId,
    title,
    state: stateFrom(one, planned, context),
    severity: SEVERITY[word(one.type)] ?? 'minor',
    startedAt: time(one.date_started, one.date_created),
    updatedAt,
    resolvedAt: updatedAt,
    affected: { components: names(one.services) },
    updates: notes,
    url: webAddress(one.url),
  });
}

function stateFrom(one: Fields, planned: boolean, { words }: ParseContext): OutageState {
  const state = stateOf(one.status, words) ?? 'unknown';
  if (!planned) return state === 'completed' ? 'resolved' : state;
  return state === 'resolved' ? 'completed' : state === 'investigating' ? 'in-maintenance' : state;
}
