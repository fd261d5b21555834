/** People of the partner on its staff's own cards: who can be reached now, and whose manager to turn to. */
import type { TurnContext } from 'botbuilder-core';
import type { Answer, ShownContact, ShownStep } from '../../core/services/answers/answer.js';
import type { KnownManager, DeskServices } from './services.js';
import { turnOf, type Turn } from './turn.js';

/** Staff alone with the bot in Teams. Whether a colleague is at work, and who leads whom, is nobody else's business. */
function mayKnow({ asker, host, scope }: Turn): boolean {
  return asker === 'partner' && host === 'teams' && scope === 'personal';
}

/** The answer with the presence of the partner's own contact; as it was for everybody else, and when nobody tells in time. */
export async function withPresence(answer: Answer, services: DeskServices, turn: Turn): Promise<Answer> {
  const own = [answer.first, ...answer.escalation].filter(isOwn);
  const upn = own.find((one) => one.contact?.upn)?.contact?.upn;
  if (!services.people || upn === undefined || !mayKnow(turn)) return answer;
  const presence = await services.people.presenceOf(upn);
  if (!presence) return answer;
  const shown = (one: ShownStep) => (one.contact?.upn === upn && isOwn(one) ? present(one, presence) : one);
  return { ...answer, first: shown(answer.first), escalation: answer.escalation.map(shown) };
}

/** A desk of the partner: the publisher's people and the provider's are in tenants of their own. */
const isOwn = ({ step }: ShownStep): boolean => step.way === 'partner-desk';

function present(step: ShownStep, presence: NonNullable<ShownContact['presence']>): ShownStep {
  return { ...step, contact: { ...step.contact, presence } };
}

/** The manager of the person who writes. Undefined for everybody but staff in their own chat, and when Microsoft Graph does not answer in time. */
export async function managerOfSpeaker(
  { people }: DeskServices,
  context: TurnContext,
): Promise<KnownManager | undefined> {
  const { aadObjectId } = context.activity.from;
  if (!people || aadObjectId === undefined || !mayKnow(turnOf(context))) return undefined;
  return people.managerOf(aadObjectId);
}
