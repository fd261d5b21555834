/**
 * Lists managers with default subscriptions of their team, and managers whom the bot cannot reach because they
 * have no chat with it.
 */
import { decideAudience, type Recipient } from '../../core/incident/audience.js';
import type { TeamDefault } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';

const MOST_NAMED = 20;

/**
 * Managers who miss a card about an incident: their team follows the affected offer, but the bot cannot write to them.
 */
export function unreachedBy(
  incident: Incident,
  defaults: readonly TeamDefault[],
  publisherOf: (offerId: string) => string | undefined,
): readonly string[] {
  const away = defaults.filter((one) => one.readerId === null);
  const recipients = away.map(({ managerId, topics }): Recipient => ({
    id: managerId,
    kind: 'person',
    tenantId: '',
    subscriptions: topics,
    optedOut: false,
    reachable: true,
    quiet: null,
  }));
  // Decides as if the outage had just begun, and lists those who would have been told and were not.
  const begun: Incident = { ...incident, state: 'investigating', severity: incident.worst };
  const facts = {
    now: incident.updatedAt,
    silences: [],
    openIncidents: [],
    publisherOf,
    hasCard: () => false,
  };
  return decideAudience(begun, recipients, facts).flatMap((one) =>
    one.verdict === 'skip' ? [] : [one.readerId],
  );
}

/** Lines of `outages report`; none when every such manager has the bot. */
export function unreachedLines(managers: readonly string[]): readonly string[] {
  if (managers.length === 0) return [];
  return [
    `managers of teams that follow this who have not installed the bot ${managers.length}`,
    ...named(managers),
    'They cannot be written to: install the app for them, or ask them to.',
  ];
}

/** `people teams`. */
export function teamLines(defaults: readonly TeamDefault[]): readonly string[] {
  if (defaults.length === 0) return ['No manager has defaults: nobody of a team follows anything yet.'];
  return defaults.map(({ managerId, readerId, topics }) =>
    [managerId, `${topics.length} topics`, readerId === null ? 'has not installed the bot' : 'is told'].join(
      '\t',
    ),
  );
}

/** One manager with named fields. */
export function teamFields({ managerId, readerId, topics }: TeamDefault) {
  return { manager: managerId, topics: topics.length, hasBot: readerId !== null };
}

function named(ids: readonly string[]): readonly string[] {
  const shown = ids.slice(0, MOST_NAMED).map((id) => `    ${id}`);
  return ids.length > MOST_NAMED ? [...shown, `    and ${ids.length - MOST_NAMED} more`] : shown;
}
