/** The person, the place, the services and the form input of a turn about outages. */
import type { TurnContext } from 'botbuilder-core';
import type { LedgerShown } from '../../cards/outages/outage-ledger.js';
import type { NameOf } from '../../cards/outages/outage-words.js';
import type { RecipientStore, SilenceStore, RecipientAbout, WeeklyStore } from '../../core/incident/ports.js';
import type { Severity } from '../../core/incident/types.js';
import type { ReceiveDeps } from '../../core/services/outages/receive-outage.js';
import { turnOf } from '../shared/turn.js';

/** The services that outages in the chat need from the rest of the product. */
export interface OutageServices {
  readonly receiveDeps: ReceiveDeps;
  readonly recipients: RecipientStore;
  readonly silences: SilenceStore;
  readonly weekly: Pick<WeeklyStore, 'dueAt' | 'start' | 'stop'>;
  /** The delivery counts of an incident. */
  readonly ledger: (incidentId: string) => Promise<LedgerShown>;
  /** Customers see outages from this severity on without a release; null: never. */
  readonly releaseFrom: Severity | null;
  /** Since when a status page about the offer cannot be read; null while the bot reads all of them. */
  readonly unreadableSince: (offerId: string) => Promise<number | null>;
  /** Names of people by their stable id, for their actions on an incident. */
  readonly people: {
    remember(id: string, name: string): Promise<void>;
    namesOf(ids: readonly string[]): Promise<NameOf>;
  };
}

/** The conversation for a card: in a channel the channel itself, not one thread. */
function addressOf(context: TurnContext): RecipientAbout['address'] {
  const { channelId, conversation } = context.activity;
  return { channelId, conversationId: (conversation.id.split(';messageid=')[0] ?? '').slice(0, 400) };
}

/** The recipient of this turn: the person in a personal chat, else the group or channel. */
export function recipientOf(context: TurnContext): RecipientAbout {
  const { activity } = context;
  const turn = turnOf(context);
  const address = addressOf(context);
  const personal = turn.scope === 'personal';
  return {
    id: personal ? `p|${activity.from.id}` : `c|${address.conversationId}`,
    kind: personal ? 'person' : 'channel',
    tenantId: tenantOf(context),
    language: turn.language,
    zone: zoneOf(context),
    address,
  };
}

/** Outage cards follow the language of the person, or of the channel. */
export async function outagesInLanguage(
  context: TurnContext,
  { outages, now }: { readonly outages?: Pick<OutageServices, 'recipients'>; readonly now: () => number },
): Promise<void> {
  const about = recipientOf(context);
  const known = await outages?.recipients.byId(about.id);
  if (known && known.language !== about.language)
    await outages?.recipients.know({ ...about, zone: about.zone === '' ? known.zone : about.zone }, now());
}

export function tenantOf({ activity }: TurnContext): string {
  const data = activity.channelData as { tenant?: { id?: unknown } } | undefined;
  const tenant: unknown = activity.conversation.tenantId ?? data?.tenant?.id;
  return typeof tenant === 'string' ? tenant.toLowerCase() : '';
}

/** Teams gives the zone as a field of the activity, or among its entities. */
function zoneOf({ activity }: TurnContext): string {
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  const info = entities.find((one) => (one as { type?: unknown } | null)?.type === 'clientInfo') as
    { timezone?: unknown } | undefined;
  const zone: unknown = activity.localTimezone ?? info?.timezone;
  return typeof zone === 'string' ? zone.slice(0, 60) : '';
}

/** One field of the form with the button, cut to a length; empty when the person left it empty. */
export function fieldOf({ activity }: TurnContext, name: string, most = 1000): string {
  const value = activity.value as Record<string, unknown> | undefined;
  const action = value?.action as { data?: Record<string, unknown> } | undefined;
  const given: unknown = action?.data?.[name] ?? value?.[name];
  return typeof given === 'string' ? given.trim().slice(0, most) : '';
}
