/** The storage interface of the embedded channel: conversations and their activities. */
import type { Asker } from '../../../core/terms.js';

/** The audience of a web conversation; a publisher never uses the web channel. */
export type WebAudience = Exclude<Asker, 'publisher'>;

/** An activity as JSON. The log sets `id` and `timestamp`. */
export interface WireActivity {
  readonly type: string;
  readonly id?: string;
  /** ISO 8601, strictly increasing within a conversation: the client sorts by it. */
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

export interface WebConversation {
  readonly id: string;
  /** The server chose this id when it made the token. */
  readonly userId: string;
  readonly audience: WebAudience;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Activities that a client has not seen yet, oldest first, and the watermark for the next request. */
export interface ActivityPage {
  readonly activities: readonly WireActivity[];
  readonly watermark: number;
}

/**
 * Stores conversations and activities, in memory or durably.
 *
 * The watermark is a revision counter per conversation. It rises by one with every append and every update. A client
 * that asks for "after N" therefore also gets the cards that changed since, in their old place and with their old
 * timestamp.
 */
export interface ConversationLog {
  /** Stores the conversation unless it exists. `created` is true for exactly one caller. */
  create(conversation: WebConversation): Promise<{ readonly created: boolean }>;
  get(conversationId: string): Promise<WebConversation | undefined>;
  /** Returns true for exactly one caller ever: this caller may greet. */
  claimGreeting(conversationId: string): Promise<boolean>;
  /**
   * Adds an activity. `id` becomes `<conversationId>|<position, 7 digits>`. `timestamp` becomes the later of `now` and
   * one millisecond after the last timestamp. Undefined when the conversation is unknown. Atomic.
   */
  append(conversationId: string, activity: WireActivity, now: number): Promise<WireActivity | undefined>;
  /**
   * As `append`, for a message with a client's id. A repeated message adds nothing, on any instance, and returns the
   * activity that was stored first.
   */
  appendOnce(
    conversationId: string,
    clientId: string,
    activity: WireActivity,
    now: number,
  ): Promise<{ readonly kept: WireActivity; readonly first: boolean } | undefined>;
  /** Replaces an activity and keeps its id and timestamp. Undefined when the activity does not exist. */
  update(
    conversationId: string,
    activityId: string,
    activity: WireActivity,
  ): Promise<WireActivity | undefined>;
  /** All activities added or updated after the watermark, in the order of the activities; 0 returns all. */
  after(conversationId: string, watermark: number): Promise<ActivityPage>;
  /** Forgets a conversation with all its content. From then on `create` does not restore its id. */
  delete(conversationId: string): Promise<void>;
  /** True once the conversation was deleted. */
  isForgotten(conversationId: string): Promise<boolean>;
}
