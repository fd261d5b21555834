/** A conversation log in memory: the reference for tests of the durable log, and the log for tests of the protocol. */
import type {
  ActivityPage,
  ConversationLog,
  WebConversation,
  WireActivity,
} from '../../bot/web/directline/log.js';

interface Entry {
  clientId?: string;
  activity: WireActivity;
  revision: number;
}

interface Kept {
  readonly conversation: WebConversation;
  readonly entries: Entry[];
  greeted: boolean;
  revision: number;
  lastAt: number;
}

export class MemoryConversationLog implements ConversationLog {
  private readonly kept = new Map<string, Kept>();
  private readonly forgotten = new Set<string>();

  create(conversation: WebConversation): Promise<{ readonly created: boolean }> {
    const created = !this.kept.has(conversation.id) && !this.forgotten.has(conversation.id);
    if (created)
      this.kept.set(conversation.id, { conversation, entries: [], greeted: false, revision: 0, lastAt: 0 });
    return Promise.resolve({ created });
  }

  get(conversationId: string): Promise<WebConversation | undefined> {
    return Promise.resolve(this.kept.get(conversationId)?.conversation);
  }

  claimGreeting(conversationId: string): Promise<boolean> {
    const kept = this.kept.get(conversationId);
    const claimed = kept !== undefined && !kept.greeted;
    if (claimed) kept.greeted = true;
    return Promise.resolve(claimed);
  }

  append(conversationId: string, activity: WireActivity, now: number): Promise<WireActivity | undefined> {
    const kept = this.kept.get(conversationId);
    if (!kept) return Promise.resolve(undefined);
    kept.lastAt = Math.max(now, kept.lastAt + 1);
    const id = `${conversationId}|${String(kept.entries.length).padStart(7, '0')}`;
    const placed = { ...activity, id, timestamp: new Date(kept.lastAt).toISOString() };
    kept.entries.push({ activity: placed, revision: ++kept.revision });
    return Promise.resolve(placed);
  }

  async appendOnce(conversationId: string, clientId: string, activity: WireActivity, now: number) {
    const entries = this.kept.get(conversationId)?.entries;
    const known = entries?.find((entry) => entry.clientId === clientId);
    if (known) return { kept: known.activity, first: false };
    const appended = this.append(conversationId, activity, now);
    const last = entries?.at(-1);
    if (last) last.clientId = clientId;
    const kept = await appended;
    return kept && { kept, first: true };
  }

  update(
    conversationId: string,
    activityId: string,
    activity: WireActivity,
  ): Promise<WireActivity | undefined> {
    const kept = this.kept.get(conversationId);
    const entry = kept?.entries.find((candidate) => candidate.activity.id === activityId);
    if (!kept || !entry) return Promise.resolve(undefined);
    entry.activity = { ...activity, id: activityId, timestamp: entry.activity.timestamp ?? '' };
    entry.revision = ++kept.revision;
    return Promise.resolve(entry.activity);
  }

  after(conversationId: string, watermark: number): Promise<ActivityPage> {
    const kept = this.kept.get(conversationId);
    const activities = (kept?.entries ?? []).filter((entry) => entry.revision > watermark);
    return Promise.resolve({
      activities: activities.map((entry) => entry.activity),
      watermark: kept?.revision ?? 0,
    });
  }

  delete(conversationId: string): Promise<void> {
    this.kept.delete(conversationId);
    this.forgotten.add(conversationId);
    return Promise.resolve();
  }

  isForgotten(conversationId: string): Promise<boolean> {
    return Promise.resolve(this.forgotten.has(conversationId));
  }
}
