/** Builders and short forms of outage events for tests. */
import { OWN_SOURCE } from '../../core/incident/scope.js';
import type { OutageSource } from '../../core/incident/ports.js';
import type { OutageEvent } from '../../core/incident/types.js';

/** A registered sender of Contoso's outages. No token is right, until `over` gives one. */
export function outageSource(over: Partial<OutageSource> = {}): OutageSource {
  return {
    id: 'contoso-status',
    publisherId: 'contoso',
    ...OWN_SOURCE,
    auth: { kind: 'url-token', hashes: [] },
    ...over,
  };
}

/** The form of an event in a golden file: the facts, and 60 characters of each update. */
export interface ShortEvent {
  readonly sourceId: string;
  readonly title: string;
  readonly state: string;
  readonly severity: string;
  readonly started: string | null;
  readonly updated: string | null;
  readonly resolved: string | null;
  readonly components: readonly string[];
  readonly regions: readonly string[];
  readonly updates: readonly {
    readonly at: string | null;
    readonly state: string | null;
    readonly text: string;
  }[];
  /** The number of all updates. When set, `updates` holds only the newest and the oldest. */
  readonly updateCount?: number;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The short form of an event, in the same form as the expected event. */
export function short(event: OutageEvent, expected?: ShortEvent): ShortEvent {
  const all = event.updates.map((update) => ({
    at: iso(update.at),
    state: update.state,
    text: [...update.text.replace(/\s+/g, ' ')].slice(0, 60).join(''),
  }));
  const ends = all.length > 1 ? [all[0], all[all.length - 1]].flatMap((update) => update ?? []) : all;
  const base = {
    sourceId: event.sourceId,
    title: event.title,
    state: event.state,
    severity: event.severity,
    started: iso(event.startedAt),
    updated: iso(event.updatedAt),
    resolved: iso(event.resolvedAt),
    components: event.affected.components,
    regions: event.affected.regions,
  };
  return expected?.updateCount === undefined
    ? { ...base, updates: all }
    : { ...base, updates: ends, updateCount: all.length };
}
