/** The partner's own people on cards for staff: who can be reached now, and the reader's manager. */
import type { TurnContext } from 'botbuilder-core';
import type { Answer, ShownContact, ShownStep } from '../../core/services/answers/answer.js';
import type { KnownManager, DeskServices } from './services.js';
import { turnOf, type Turn } from './turn.js';

/** True for staff alone with the bot in Teams. Others must not see a colleague's presence or manager, or a customer. */
export function mayKnow({ asker, host, scope }: Turn): boolean {
  return asker === 'partner' && host === 'teams' && scope === 'personal';
}

/**
 * The answer with the presence of the partner's own contact; unchanged for others, and when Graph does not answer in
 * time.
 */
export async function withPresence(answer: Answer, services: DeskServices, turn: Turn): Promise<Answer> {
  const own = [answer.first, ...answer.escalation].filter(isOwn);
  const upn = own.find((one) => one.contact?.upn)?.contact?.upn;
  if (!services.people || upn === undefined || !mayKnow(turn)) return answer;
  const presence = await services.people.presenceOf(upn);
  if (!presence) return answer;
  const shown = (one: ShownStep) => (one.contact?.upn === upn && isOwn(one) ? present(one, presence) : one);
  return { ...answer, first: shown(answer.first), escalation: answer.escalation.map(shown) };
}

/** A desk of the partner: the people of the publisher and the provider are in other tenants. */
const isOwn = ({ step }: ShownStep): boolean => step.way === 'partner-desk';

function present(step: ShownStep, presence: NonNullable<ShownContact['presence']>): ShownStep {
  return { ...step, contact: { ...step.contact, presence } };
}

/**
 * The writer's manager. Undefined for everybody except staff in a personal chat, and when Microsoft Graph does not
 * answer in time.
 */
export async function managerOfSpeaker(
  { people }: DeskServices,
  context: TurnContext,
): Promise<KnownManager | undefined> {
  const { aadObjectId } = context.activity.from;
  if (!people || aadObjectId === undefined || !mayKnow(turnOf(context))) return undefined;
  return people.managerOf(aadObjectId);
}
