/** Stores the conversation reference of every turn, because the service URL of a conversation may change. */
import { type Activity, TurnContext } from 'botbuilder';
import type { RecipientProfile, RecipientStore } from '../../core/incident/ports.js';
import type { Clock } from '../../core/ports.js';

export interface KeeperDeps {
  readonly references: {
    save(reference: {
      readonly channelId: string;
      readonly conversationId: string;
      readonly userId: string;
      readonly tenantId?: string;
      readonly reference: Readonly<Record<string, unknown>>;
    }): Promise<boolean>;
    deactivate(channelId: string, conversationId: string): Promise<number>;
  };
  readonly recipients: Pick<RecipientStore, 'byId' | 'know' | 'setReachable'>;
  readonly now: Clock;
}

/** A recently saved reference is not saved again: a busy chat would write the same row on every turn. */
const FRESH_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;

/** The sender of the activity. `unsure`: the platform could not say who it is. */
export type Standing = 'staff' | 'not-staff' | 'unsure';

/** Stores the reference of one activity. Passes on the store's errors; the turn does not depend on them. */
export type KeepReference = (activity: Activity, standing: Standing) => Promise<void>;

export function referenceKeeper(deps: KeeperDeps): KeepReference {
  const saved = new Map<string, { readonly serviceUrl: string; readonly at: number }>();
  return async (activity, standing) => {
    if (activity.channelId !== 'msteams' || !activity.from?.id || !activity.conversation?.id) return;
    const conversationId = activity.conversation.id.split(';messageid=')[0] ?? '';
    if (isRemoval(activity)) {
      saved.delete(conversationId);
      return removed(deps, activity, conversationId);
    }
    if (standing !== 'staff') {
      if (standing === 'not-staff' && isPersonal(activity)) await left(deps, activity, conversationId);
      saved.delete(conversationId);
      return;
    }
    const known = saved.get(conversationId);
    const now = deps.now();
    // After the clock was set back, the last save may lie in the future.
    const isFresh = known?.serviceUrl === activity.serviceUrl && Math.abs(now - known.at) < FRESH_MS;
    const recipient = await deps.recipients.byId(readerId(activity, conversationId));
    // Only the recipient's record shows that a person blocked the bot and came back after the last save.
    if (isFresh && !isInstallation(activity) && recipient?.reachable !== false) return;
    await keep(deps, activity, conversationId, recipient);
    if (saved.size >= MOST_REMEMBERED) saved.clear();
    saved.set(conversationId, { serviceUrl: activity.serviceUrl, at: now });
  };
}

function isRemoval(activity: Activity): boolean {
  const { type, action } = activity as { type: string; action?: string };
  return type === 'installationUpdate' && (action ?? '').startsWith('remove');
}

/** The bot was added to the conversation: the stored data about the conversation is out of date. */
function isInstallation(activity: Activity): boolean {
  return ['installationUpdate', 'conversationUpdate'].includes(activity.type);
}

function isPersonal({ conversation }: Activity): boolean {
  return (
    conversation.conversationType === 'personal' || (!conversation.conversationType && !conversation.isGroup)
  );
}

/** The recipient id of an activity's conversation; the dialogs build the same id. */
function readerId(activity: Activity, conversationId: string): string {
  return isPersonal(activity) ? `p|${activity.from.id}` : `c|${conversationId}`;
}

async function keep(
  deps: KeeperDeps,
  activity: Activity,
  conversationId: string,
  recipient: RecipientProfile | undefined,
): Promise<void> {
  const reference = TurnContext.getConversationReference(activity);
  await deps.references.save({
    channelId: activity.channelId,
    conversationId,
    userId: isPersonal(activity) ? activity.from.id : '',
    tenantId: activity.conversation.tenantId,
    reference,
  });
  if (!recipient) return;
  const { id, kind, tenantId, language, zone } = recipient;
  const address = { channelId: activity.channelId, conversationId };
  const about = { id, kind, tenantId, language, zone: activity.localTimezone ?? zone, address };
  await deps.recipients.know(about, deps.now());
}

/** A person who was staff is a guest now: outage cards show what only staff may see. */
async function left(deps: KeeperDeps, activity: Activity, conversationId: string): Promise<void> {
  const id = readerId(activity, conversationId);
  await deps.references.deactivate(activity.channelId, conversationId);
  if ((await deps.recipients.byId(id))?.reachable)
    await deps.recipients.setReachable(id, false, 'not-staff', deps.now());
}

async function removed(deps: KeeperDeps, activity: Activity, conversationId: string): Promise<void> {
  await deps.references.deactivate(activity.channelId, conversationId);
  await deps.recipients.setReachable(readerId(activity, conversationId), false, 'uninstalled', deps.now());
}

/** Returns the reference with no name and no directory id. The conversation's id is stored separately. */
export function referenceOf(activity: Partial<Activity>): Readonly<Record<string, unknown>> {
  const { serviceUrl, channelId, bot, user, conversation } = TurnContext.getConversationReference(activity);
  return {
    serviceUrl,
    channelId,
    bot,
    user: { id: user?.id },
    conversation: {
      conversationType: conversation?.conversationType,
      isGroup: conversation?.isGroup,
      tenantId: conversation?.tenantId,
    },
  };
}
