/**
 * Asks the platform whether the sender of a Teams activity is a member of the tenant. Only then does a sender count as
 * staff.
 */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import { withinOrThrow } from '../runtime/timeouts.js';
import type { ConnectorFor } from './proactive-connectors.js';

/** `unknown`: the lookup failed, or the answer does not prove either. */
export type Membership = 'member' | 'guest' | 'unknown';
export type MembershipOf = (activity: Partial<Activity>, tenantId: string) => Promise<Membership>;

interface MemberDeps {
  readonly connectorFor: ConnectorFor;
  readonly now: Clock;
  readonly log: Log;
}

/** How long an answer is used. A failure is used only briefly, so that an outage does not cost a request per turn. */
const KEEP_MS: Readonly<Record<Membership, number>> = {
  member: 4 * 3_600_000,
  guest: 600_000,
  unknown: 15_000,
};
/** The maximum number of remembered people. */
const MOST = 10_000;
const LOOKUP_MS = 3_000;

const Account = z.looseObject({
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
  userPrincipalName: z.string().optional(),
});

interface Kept {
  readonly from: number;
  readonly until: number;
  readonly answer: Promise<Membership>;
}

/** Looks up each person once and caches the answer for a limited time. */
export function membershipOf(deps: MemberDeps): MembershipOf {
  const known = new Map<string, Kept>();
  return (activity, tenantId) => {
    const key = `${tenantId}|${activity.from?.aadObjectId ?? ''}|${activity.from?.id ?? ''}`;
    const found = known.get(key);
    const now = deps.now();
    // After the clock was set back, an answer would otherwise be used for longer than its time.
    if (found && found.from <= now && now < found.until) return found.answer;
    const answer = lookUp(deps, activity, tenantId);
    if (known.size >= MOST) known.delete(known.keys().next().value ?? '');
    known.delete(key);
    known.set(key, { from: now, until: now + LOOKUP_MS, answer });
    void answer.then((membership) => {
      if (known.get(key)?.answer === answer)
        known.set(key, { from: deps.now(), until: deps.now() + KEEP_MS[membership], answer });
    });
    return answer;
  };
}

async function lookUp(
  { connectorFor, log }: MemberDeps,
  activity: Partial<Activity>,
  tenantId: string,
): Promise<Membership> {
  const { serviceUrl = '', from } = activity;
  try {
    const ask = async (): Promise<unknown> => {
      const { conversations } = await connectorFor(serviceUrl);
      return conversations.getConversationMember(conversationOf(activity), from?.id ?? '');
    };
    const late = () => new Error('The lookup of the member took too long');
    return judge(await withinOrThrow(LOOKUP_MS, ask(), late), from?.aadObjectId, tenantId);
  } catch (error) {
    log.warn('turn.member-not-looked-up', { error });
    return 'unknown';
  }
}

/** The tenant, the role and a user principal name of the tenant, all of the same person, prove a member. */
function judge(told: unknown, personId: string | undefined, tenantId: string): Membership {
  const account = Account.safeParse(told);
  if (!account.success) return 'unknown';
  const { aadObjectId, objectId, tenantId: home, userRole, userPrincipalName } = account.data;
  const ids = [aadObjectId, objectId].filter((id) => id !== undefined);
  const isSender = ids.every((id) => id.toLowerCase() === personId?.toLowerCase());
  if (ids.length === 0 || !isSender) return 'unknown';
  if (userRole !== undefined && userRole.toLowerCase() !== 'user') return 'guest';
  if (userPrincipalName !== undefined && /#ext#/i.test(userPrincipalName)) return 'guest';
  if (home !== undefined && home.toLowerCase() !== tenantId) return 'guest';
  return userRole === undefined || !userPrincipalName || home === undefined ? 'unknown' : 'member';
}

/** The platform knows the members of a team, not those of one thread in its channel. */
function conversationOf({ conversation, channelData }: Partial<Activity>): string {
  const team = (channelData as { team?: { id?: unknown } } | undefined)?.team?.id;
  if (typeof team === 'string' && team !== '') return team;
  return (conversation?.id ?? '').split(';messageid=', 1)[0] ?? '';
}
