/** Lets a shared card show each of a few people their own view: Teams asks for it by itself, for sixty at most (P-11). */
import { encodeAction } from './actions.js';
import type { Element } from './elements.js';
import type { CardAction } from './action-table.js';
import type { RenderContext } from './types.js';

/** Teams refreshes a card for at most this many people by itself. */
export const MAX_REFRESHED = 60;

/** Ids of Teams people; anything else makes Teams refuse the whole card. */
const TEAMS_PERSON = /^(?:29:|8:orgid:)\S{1,200}$/;

/** The card with a refresh for these people; everybody else sees it as it is, and may still click. */
export function refreshedFor(
  card: Element,
  action: CardAction,
  userIds: readonly string[],
  ctx: RenderContext,
): Element {
  const people = [...new Set(userIds)].filter((id) => TEAMS_PERSON.test(id)).slice(0, MAX_REFRESHED);
  if (people.length === 0) return card;
  const { verb } = action;
  return {
    ...card,
    refresh: { action: { type: 'Action.Execute', verb, data: encodeAction(action, ctx) }, userIds: people },
  };
}
