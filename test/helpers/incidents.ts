/** Builders of notices and incidents for tests: a test gives the facts that matter, the other facts are ordinary. */
import { applyEvent, type Arrival } from '../../core/incident/lifecycle.js';
import {
  NOTHING_AFFECTED,
  type Affected,
  type Incident,
  type OutageEvent,
} from '../../core/incident/types.js';

/** A Monday, noon UTC. */
export const NOON = Date.UTC(2026, 2, 2, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function notice(overrides: Partial<OutageEvent> = {}): OutageEvent {
  const state = overrides.state ?? 'investigating';
  const updatedAt = overrides.updatedAt === undefined ? NOON : overrides.updatedAt;
  return {
    sourceId: 'CON-1',
    dedupeKey: `CON-1|${String(updatedAt)}|${state}`,
    title: 'Sign-in fails',
    severity: 'major',
    startedAt: NOON,
    resolvedAt: null,
    affected: NOTHING_AFFECTED,
    updates: [],
    url: null,
    owner: null,
    ...overrides,
    state,
    updatedAt,
  };
}

export function affects(parts: Partial<Affected>): Affected {
  return { ...NOTHING_AFFECTED, ...parts };
}

export function arrival(event: Partial<OutageEvent> = {}, overrides: Partial<Arrival> = {}): Arrival {
  return {
    source: 'contoso',
    owner: 'publisher',
    tellsApart: true,
    newId: 'inc-1',
    ...overrides,
    event: notice(event),
  };
}

/** The incident that a notice opens. */
export function incident(event: Partial<OutageEvent> = {}, overrides: Partial<Arrival> = {}): Incident {
  const applied = applyEvent(undefined, arrival(event, overrides), event.updatedAt ?? NOON);
  if (!applied.incident) throw new Error('the notice opened nothing');
  return applied.incident;
}
