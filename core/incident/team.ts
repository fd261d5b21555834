/** A manager's default topics: everything that the people of the team follow, except what the manager declined. */
import type { Subscription } from './audience.js';
import { compareSeverity } from './types.js';

type Topic = Subscription['what'];

/**
 * The default for a manager: every topic of the team once, from the mildest severity that anybody of the team wants.
 */
export function teamTopics(team: readonly (readonly Subscription[])[]): readonly Subscription[] {
  const found = new Map<string, Subscription>();
  for (const { what, from, by } of team.flat()) {
    // A default goes to one manager, not to that manager's managers.
    if (by !== 'reader') continue;
    const key = topicKey(what);
    const known = found.get(key);
    if (!known || compareSeverity(from, known.from) < 0) found.set(key, { what, from, by: 'team-default' });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, topic]) => topic);
}

/**
 * A recipient's subscriptions with these defaults in place of the former ones, never with a topic that the recipient
 * set or declined.
 */
export function withTeamTopics(
  subscriptions: readonly Subscription[],
  declined: readonly Topic[],
  topics: readonly Subscription[],
): readonly Subscription[] {
  const own = subscriptions.filter((one) => one.by === 'reader');
  const taken = new Set([...own.map((one) => one.what), ...declined].map(topicKey));
  return [...topics.filter((one) => !taken.has(topicKey(one.what))), ...own];
}

/** The same text for the same topic. */
export function topicKey(what: Topic): string {
  switch (what.kind) {
    case 'offer':
      return `offer:${what.offerId}`;
    case 'publisher':
      return `publisher:${what.publisherId}`;
    case 'everything':
      return 'everything';
  }
}
