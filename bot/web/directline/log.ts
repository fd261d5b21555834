/** The storage interface of the embedded channel: conversations and their activities. */
import type { Asker } from '../../../core/terms.js';

/** Whom a web conversation speaks with; a publisher never comes through the web channel. */
export type WebAudience = Exclude<Asker, 'publisher'>;

/** An activity as it travels as JSON. The log sets `id` and `timestamp`. */
export interface WireActivity {
  readonly type: string;
  readonly id?: string;
  /** ISO 8601, strictly increasing within a conversation: the client sorts by it. */
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

export interface WebConversation {
  readonly id: string;
  /** Chosen by the server when the token was made. */
  readonly userId: string;
  readonly audience: WebAudience;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Activities a client has not seen yet, oldest first, and the watermark to ask with next time. */
export interface ActivityPage {
  readonly activities: readonly WireActivity[];
  readonly watermark: number;
}

/**
 * Keeps conversations and activities, durable or not.
 *
 * The watermark is a revision counter per conversation that rises by one with every append and every update, so that a
 * client which asks "after N" also gets the cards that changed since, in their old place and with their old timestamp.
 */
export interface ConversationLog {
  /** Keeps the conversation unless it exists. `created` is true for exactly one caller. */
  create(conversation: WebConversation): Promise<{ readonly created: boolean }>;
  get(conversationId: string): Promise<WebConversation | undefined>;
  /** True for exactly one caller ever: who may greet. */
  claimGreeting(conversationId: string): Promise<boolean>;
  /**
   * Adds an activity: `id` becomes `<conversationId>|<position, 7 digits>`, `timestamp` the later of `now` and one
   * millisecond after the last. Undefined when the conversation is unknown. Atomic.
   */
  append(conversationId: string, activity: WireActivity, now: number): Promise<WireActivity | undefined>;
  /**
   * As `append`, for a message its client gave an id: the same one again adds nothing, on whichever instance it arrives,
   * and gives what was kept at first.
   */
  appendOnce(
    conversationId: string,
    clientId: string,
    activity: WireActivity,
    now: number,
  ): Promise<{ readonly kept: WireActivity; readonly first: boolean } | undefined>;
  /** Replaces an activity and keeps its id and timestamp. Undefined when there is none. */
  update(
    conversationId: string,
    activityId: string,
    activity: WireActivity,
  ): Promise<WireActivity | undefined>;
  /** Everything appended or updated after the watermark, in the order of the activities; 0 gives all. */
  after(conversationId: string, watermark: number): Promise<ActivityPage>;
  /** Forgets a conversation with all it holds; from now on `create` does not bring its id back. */
  delete(conversationId: string): Promise<void>;
  /** True once the conversation was deleted. */
  isForgotten(conversationId: string): Promise<boolean>;
}
