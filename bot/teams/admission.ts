/**
 * Decides which activities of `/api/messages` the bot accepts, and identifies the asker by channel, tenant and verified
 * identity.
 */
import type { Activity } from 'botbuilder';
import type { Asker } from '../../core/terms.js';
import type { MembershipOf } from './members.js';

export interface AdmissionRules {
  readonly channels: ReadonlySet<string>;
  /** Entra tenants served in Teams, lower case; empty: all of them. */
  readonly tenants: ReadonlySet<string>;
}

/** Channels whose identities this bot understands. */
export const CHANNELS: readonly string[] = ['msteams', 'directline', 'webchat'];
/** The channels of local mode, which include the emulator. */
export const LOCAL_CHANNELS: readonly string[] = [...CHANNELS, 'emulator', 'test'];

type Admission =
  { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly reason: 'channel' | 'tenant' };

/** Decides only by fields that the channel sets, never by headers or by text that a person typed. */
export function admit(activity: Partial<Activity>, rules: AdmissionRules): Admission {
  if (!rules.channels.has(activity.channelId ?? '')) return { kind: 'refused', reason: 'channel' };
  if (activity.channelId !== 'msteams' || rules.tenants.size === 0) return { kind: 'admitted' };
  const named = tenantsOf(activity);
  const served = named.length > 0 && named.every((tenant) => rules.tenants.has(tenant.toLowerCase()));
  return served ? { kind: 'admitted' } : { kind: 'refused', reason: 'tenant' };
}

/** All tenants that the activity names for its conversation. If two of them differ, neither is trusted. */
function tenantsOf({ conversation, channelData }: Partial<Activity>): readonly string[] {
  const inChannel = (channelData as { tenant?: { id?: unknown } } | undefined)?.tenant?.id;
  return [conversation?.tenantId, inChannel].filter(
    (one) => typeof one === 'string' && one !== '',
  ) as string[];
}

interface AskerRules {
  /** Entra tenants whose members are partner staff, in lower case. */
  readonly partnerTenants: ReadonlySet<string>;
  /** Local mode without a bot registration: a Teams emulator has no real tenant, and its user counts as staff. */
  readonly local: boolean;
  /** Asks the platform about the sender. */
  readonly membershipOf: MembershipOf;
}

export interface AskerDecision {
  readonly asker: Asker;
  /** The reason, for the log and the operator. */
  readonly reason:
    'staff-tenant' | 'local-teams' | 'guest' | 'member-unknown' | 'other-tenant' | 'no-tenant' | 'web';
}

/**
 * The asker of an activity from `/api/messages`. The sender is staff only when the platform confirms the membership: an
 * activity often has no guest mark, and a missing mark proves nothing. If in doubt, the asker is a customer.
 */
export async function askerOf(activity: Partial<Activity>, rules: AskerRules): Promise<AskerDecision> {
  if (activity.channelId !== 'msteams') return { asker: 'customer', reason: 'web' };
  if (rules.local) return { asker: 'partner', reason: 'local-teams' };
  const home = tenantOf(activity);
  if (!home) return { asker: 'customer', reason: 'no-tenant' };
  if (!rules.partnerTenants.has(home)) return { asker: 'customer', reason: 'other-tenant' };
  if (isGuest(activity)) return { asker: 'customer', reason: 'guest' };
  switch (await rules.membershipOf(activity, home)) {
    case 'member':
      return { asker: 'partner', reason: 'staff-tenant' };
    case 'guest':
      return { asker: 'customer', reason: 'guest' };
    case 'unknown':
      return { asker: 'customer', reason: 'member-unknown' };
  }
}

function tenantOf(activity: Partial<Activity>): string | undefined {
  const inChannel = (activity.channelData as { tenant?: { id?: unknown } } | undefined)?.tenant?.id;
  const tenant: unknown = activity.conversation?.tenantId ?? inChannel;
  return typeof tenant === 'string' && tenant !== '' ? tenant.toLowerCase() : undefined;
}

/** True for an activity that itself shows a guest: another home tenant, a guest's role, or no Entra id. */
function isGuest(activity: Partial<Activity>): boolean {
  const from = activity.from as { tenantId?: unknown; userRole?: unknown; aadObjectId?: unknown } | undefined;
  if (typeof from?.tenantId === 'string' && from.tenantId.toLowerCase() !== tenantOf(activity)) return true;
  if (from?.userRole === 'guest' || from?.userRole === 'anonymous') return true;
  return typeof from?.aadObjectId !== 'string';
}
