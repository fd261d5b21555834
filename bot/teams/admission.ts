/** Which activities of `/api/messages` are for this bot at all: by channel and by tenant (S-05, S-06). */
import type { Activity } from 'botbuilder';

export interface AdmissionRules {
  readonly channels: ReadonlySet<string>;
  /** Entra tenants served in Teams, lower case; empty: all of them. */
  readonly tenants: ReadonlySet<string>;
}

/** Channels whose identities this bot understands. */
export const CHANNELS: readonly string[] = ['msteams', 'directline', 'webchat'];
/** In local mode also the emulator. */
export const LOCAL_CHANNELS: readonly string[] = [...CHANNELS, 'emulator', 'test'];

export type Admission =
  { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly reason: 'channel' | 'tenant' };

/** Decides by what the channel vouches for; headers and what a person may type count for nothing. */
export function admit(activity: Partial<Activity>, rules: AdmissionRules): Admission {
  if (!rules.channels.has(activity.channelId ?? '')) return { kind: 'refused', reason: 'channel' };
  if (activity.channelId !== 'msteams' || rules.tenants.size === 0) return { kind: 'admitted' };
  const named = tenantsOf(activity);
  const served = named.length > 0 && named.every((tenant) => rules.tenants.has(tenant.toLowerCase()));
  return served ? { kind: 'admitted' } : { kind: 'refused', reason: 'tenant' };
}

/** Every tenant the activity names for its conversation: two that differ are not a reason to trust either. */
function tenantsOf({ conversation, channelData }: Partial<Activity>): readonly string[] {
  const inChannel = (channelData as { tenant?: { id?: unknown } } | undefined)?.tenant?.id;
  return [conversation?.tenantId, inChannel].filter(
    (one) => typeof one === 'string' && one !== '',
  ) as string[];
}
