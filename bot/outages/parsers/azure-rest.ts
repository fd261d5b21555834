/** Azure Resource Health over REST: the list of events, and the list of the resources that an event affects. */
import { isOver, type OutageEvent, type OutageState } from '../../../core/incident/types.js';
import { azureLevel } from './azure-levels.js';
import {
  affected,
  contentKey,
  distinct,
  fields,
  history,
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
import type { SenderWords } from './types.js';

/**
 * Reads the rows of `value`. One tracking id may occur several times with different services: all of them are one
 * outage.
 */
export function restEvents(value: readonly Fields[], words: SenderWords | undefined): readonly OutageEvent[] {
  return mergeRepeated(
    value.flatMap((row) => {
      const touched = TOUCHED.exec(text(row.id))?.[1];
      return (
        (touched === undefined
          ? healthEvent(row, words)
          : touchedResource(touched, fields(row.properties))) ?? []
      );
    }),
  );
}

const TOUCHED = /\/events\/([^/]{1,200})\/impactedResources\//i;

/** True for a row about one resource that an event affects. */
export function isTouchedResource(row: Fields): boolean {
  return TOUCHED.test(text(row.id));
}

function healthEvent(row: Fields, words: SenderWords | undefined): OutageEvent | undefined {
  const given = fields(row.properties);
  const sourceId = keyOf(text(row.name, given.trackingId, row.id));
  const title = line(given.title, given.header, given.summary);
  if (sourceId === '' || title === '') return undefined;
  const planned = word(given.eventType) === 'plannedmaintenance';
  const started = time(given.impactStartTime);
  const updatedAt = latest(time(given.lastUpdateTime), started);
  const state = stateOf(word(given.status), planned, started, updatedAt);
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, updatedAt, word(given.status)),
    title,
    state,
    severity: planned ? 'maintenance' : (azureLevel(text(given.eventLevel, given.level), words) ?? 'minor'),
    startedAt: started,
    updatedAt,
    resolvedAt: isOver(state) ? time(given.impactMitigationTime) : null,
    affected: affected(impactOf(given)),
    updates: updatesOf(given, state, updatedAt),
    url: null,
    owner: 'microsoft',
  };
}

/** Work announced before its start is scheduled; `status` has no value for this state. */
function stateOf(
  status: string,
  planned: boolean,
  started: number | null,
  updated: number | null,
): OutageState {
  if (status === 'resolved') return planned ? 'completed' : 'resolved';
  if (status !== 'active') return 'unknown';
  if (!planned) return 'investigating';
  return started !== null && updated !== null && updated < started ? 'scheduled' : 'in-maintenance';
}

function impactOf(given: Fields): Partial<OutageEvent['affected']> {
  const impact = rows(given.impact);
  return {
    components: impact.map((service) => text(service.impactedService)),
    regions: impact.flatMap((service) => regionsOf(service).map((region) => text(region.impactedRegion))),
  };
}

function regionsOf(service: Fields): readonly Fields[] {
  return rows(service.impactedRegions);
}

function updatesOf(given: Fields, state: OutageState, updatedAt: number | null): OutageEvent['updates'] {
  const posts = rows(given.impact)
    .flatMap(regionsOf)
    .flatMap((region) => rows(region.updates));
  const read = posts.map((post) => ({
    at: time(post.updateDateTime),
    state: null,
    text: text(post.summary),
  }));
  const summary = { at: updatedAt, state, text: text(given.summary, given.description) };
  return history(read.length > 0 ? distinct(read) : [summary]);
}

/** A resource that an event affects. It tells the affected thing and the place, but not the state of the event. */
function touchedResource(eventId: string, given: Fields): OutageEvent {
  const event: OutageEvent = {
    sourceId: keyOf(eventId),
    dedupeKey: '',
    title: line(eventId),
    state: 'unknown',
    severity: 'none',
    startedAt: null,
    updatedAt: null,
    resolvedAt: null,
    affected: affected({ components: [text(given.resourceName)], regions: [text(given.targetRegion)] }),
    updates: [],
    url: null,
    owner: 'microsoft',
  };
  return { ...event, dedupeKey: contentKey(event) };
}
