/** Who is asking: from channel, tenant and verified identity, never from what somebody types (S-06). */
import type { Activity } from 'botbuilder';
import type { Asker } from '../../core/terms.js';

export interface AskerRules {
  /** Entra tenants whose members are partner staff. Lower case. */
  readonly partnerTenants: ReadonlySet<string>;
  /** Local mode without a bot registration: a Teams emulator has no real tenant, and its person is staff. */
  readonly local: boolean;
}

export interface AskerDecision {
  readonly asker: Asker;
  /** Why, for the log and the operator. */
  readonly reason: 'staff-tenant' | 'local-teams' | 'guest' | 'other-tenant' | 'no-tenant' | 'web';
}

/** The asker of an activity that came over `/api/messages`. Everything doubtful is a customer. */
export function askerOf(activity: Partial<Activity>, rules: AskerRules): AskerDecision {
  if (activity.channelId !== 'msteams') return { asker: 'customer', reason: 'web' };
  if (rules.local) return { asker: 'partner', reason: 'local-teams' };
  const home = tenantOf(activity);
  if (!home) return { asker: 'customer', reason: 'no-tenant' };
  if (!rules.partnerTenants.has(home)) return { asker: 'customer', reason: 'other-tenant' };
  return isGuest(activity)
    ? { asker: 'customer', reason: 'guest' }
    : { asker: 'partner', reason: 'staff-tenant' };
}

function tenantOf(activity: Partial<Activity>): string | undefined {
  const inChannel = (activity.channelData as { tenant?: { id?: unknown } } | undefined)?.tenant?.id;
  const tenant: unknown = activity.conversation?.tenantId ?? inChannel;
  return typeof tenant === 'string' && tenant !== '' ? tenant.toLowerCase() : undefined;
}

/** A guest's Teams account carries its home tenant, or the role of an anonymous or federated user. */
function isGuest(activity: Partial<Activity>): boolean {
  const from = activity.from as { tenantId?: unknown; userRole?: unknown; aadObjectId?: unknown } | undefined;
  if (typeof from?.tenantId === 'string' && from.tenantId.toLowerCase() !== tenantOf(activity)) return true;
  if (from?.userRole === 'guest' || from?.userRole === 'anonymous') return true;
  return typeof from?.aadObjectId !== 'string';
}
