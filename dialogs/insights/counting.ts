/** Counts what becomes of a question: answered at once, asked back, answered after that, did not help. */
import type { TurnContext } from 'botbuilder-core';
import type { InsightEvent } from '../../core/services/insights/ports.js';
import type { RouteState } from '../question/route-state.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';

/** Counts one event of this turn's person. The offer and the issue are those of the state. */
export async function countEvent(
  services: Pick<DeskServices, 'insights'>,
  context: TurnContext,
  event: InsightEvent,
  { offerId, issue }: Pick<RouteState, 'offerId' | 'issue'> = {},
): Promise<void> {
  const { language, asker } = turnOf(context);
  const about = typeof offerId === 'string' ? { about: `offer:${offerId}` } : {};
  await services.insights?.count({ event, ...about, ...(issue && { issue }), language, asker });
}

/** The event of a card that asks for a fact, and the state after it. A card before the first words counts nothing. */
export function askedBack(state: RouteState): { readonly state: RouteState; readonly event?: InsightEvent } {
  if (state.counted !== undefined || !hasBegun(state)) return { state };
  const { offerId, issue } = state;
  return { state: { ...state, counted: { kind: 'asked-back', offerId, issue } }, event: 'asked-back' };
}

function hasBegun({ order, issue, offerView, issueView }: RouteState): boolean {
  const isNamed = offerView !== undefined && offerView.kind !== 'suggested';
  return order.length > 0 || issue !== undefined || isNamed || issueView?.kind === 'nearest';
}

/** The event of an answer, and the state after it. The same answer again, after a correction, counts nothing. */
export function answered(state: RouteState): { readonly state: RouteState; readonly event?: InsightEvent } {
  const { counted, offerId = null, issue } = state;
  const isSame = counted?.kind === 'answered' && counted.offerId === offerId && counted.issue === issue;
  if (isSame) return { state };
  const event = isAbout(state) ? 'after-asking' : 'at-once';
  return { state: { ...state, counted: { kind: 'answered', offerId, issue } }, event };
}

/** True when the bot asked back about this question: another offer or issue is another question. */
function isAbout({ counted, offerId, issue }: RouteState): boolean {
  if (counted?.kind !== 'asked-back') return false;
  const isSameOffer = counted.offerId === undefined || counted.offerId === offerId;
  return isSameOffer && (counted.issue === undefined || counted.issue === issue);
}

/** The event of an answer that did not help, once for each answer, and the state after it. */
export function didNotHelp(state: RouteState): { readonly state: RouteState; readonly event?: InsightEvent } {
  const { counted } = state;
  if (counted?.kind !== 'answered' || counted.notHelped) return { state };
  return { state: { ...state, counted: { ...counted, notHelped: true } }, event: 'not-helped' };
}
