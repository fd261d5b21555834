/** The store of hand-overs, as the core uses it. */
import type { Act } from './life.js';
import type { Entry, EntryState, Handover, Line, Side, StaffChannel } from './types.js';

/** A side of a hand-over that a worker has claimed for a limited time. */
export interface Claim {
  readonly handoverId: string;
  readonly side: Side;
}

/** The state of one side, read in one transaction. */
export interface SideState {
  readonly handover: Handover;
  readonly line: Line;
  /** The entries that `nextSend` needs. */
  readonly entries: readonly Entry[];
}

/** What a card shows besides the hand-over itself. */
export interface Tail {
  /** The newest entries with text, oldest first. */
  readonly entries: readonly Entry[];
  /** For each side, how many entries could not be delivered so far. */
  readonly stuck: Readonly<Record<Side, number>>;
}

/** The recorded result of one send. */
export type Recorded =
  | {
      readonly kind: 'card';
      readonly place: string;
      readonly activityId: string;
      readonly shown: number;
    }
  | { readonly kind: 'card-lost' }
  | { readonly kind: 'shown'; readonly shown: number }
  | {
      readonly kind: 'entry';
      readonly seq: number;
      readonly state: EntryState;
      readonly activityId: string | null;
    }
  | { readonly kind: 'removed'; readonly seq: number };

export interface HandoverStore {
  /** The present staff channel; undefined when none was chosen. */
  staffChannel(): Promise<StaffChannel | undefined>;
  /** A channel that is or was the staff channel. Cards posted there continue to work. */
  staffChannelAt(conversationId: string): Promise<StaffChannel | undefined>;
  setStaffChannel(channel: StaffChannel | undefined, by: string, at: number): Promise<void>;
  /** Stores a new hand-over, or returns the open one of the same conversation. */
  begin(handover: Handover): Promise<{ readonly handover: Handover; readonly created: boolean }>;
  byId(id: string): Promise<Handover | undefined>;
  /** The open hand-over of a visitor's conversation. */
  openOf(channelId: string, conversationId: string): Promise<Handover | undefined>;
  /** The number of hand-overs that a conversation has begun since then. */
  countSince(channelId: string, conversationId: string, since: number): Promise<number>;
  /** The hand-over whose card in the staff channel is this message. */
  byCard(conversationId: string, activityId: string): Promise<Handover | undefined>;
  /**
   * Applies an act to the present hand-over in one transaction. `repeated`: an entry with this key exists already, so
   * nothing is changed. Undefined for an unknown hand-over.
   */
  change(
    id: string,
    act: (handover: Handover) => Act,
    options: { readonly at: number; readonly key?: string },
  ): Promise<Act | { readonly kind: 'repeated'; readonly handover: Handover } | undefined>;
  /** Open hand-overs whose last act was before this, at most 100. */
  silentSince(before: number): Promise<readonly Handover[]>;
  /** Removes the visitor's data from all hand-overs of a conversation, or from those whose last act was before this. Returns how many. */
  forget(which: { readonly conversationId: string } | { readonly before: number }): Promise<number>;

  /** Claims up to `limit` sides with something to send, for `leaseMs`. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly Claim[]>;
  /** Extends a claim. */
  hold(claim: Claim, until: number): Promise<void>;
  state(claim: Claim): Promise<SideState | undefined>;
  tail(handoverId: string, most: number): Promise<Tail>;
  record(claim: Claim, what: Recorded): Promise<void>;
  /** Gives a claim back. Without `nextAt` the side waits for something new; it is due at once if something came since `wake`. */
  release(
    claim: Claim,
    back: { readonly wake: number; readonly attempts: number; readonly nextAt?: number },
    now: number,
  ): Promise<void>;
  /** Marks both cards for an update, because a side became unreachable or reachable again. */
  refresh(handoverId: string, now: number): Promise<void>;
  /** Deletes a forgotten hand-over. */
  drop(handoverId: string): Promise<void>;
}
