/** What hand-overs need from outside. One store implements it on both databases; tests have hand-written fakes. */
import type { Act } from './life.js';
import type { Entry, EntryState, Handover, Line, Side, StaffPlace } from './types.js';

/** A line a worker holds for a while. */
export interface Claim {
  readonly handoverId: string;
  readonly side: Side;
}

/** A side as it stands, read in one moment. */
export interface SideState {
  readonly handover: Handover;
  readonly line: Line;
  /** See `nextStep`. */
  readonly entries: readonly Entry[];
}

/** What the card of a side says beside the hand-over itself. */
export interface Tail {
  /** The newest entries with words, oldest first. */
  readonly entries: readonly Entry[];
  /** How many entries each side has not been shown yet although it was tried. */
  readonly stuck: Readonly<Record<Side, number>>;
}

/** What a try to send recorded. */
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
  /** The staff's place; undefined where none was chosen. */
  place(): Promise<StaffPlace | undefined>;
  /** A place that was chosen at some time: cards that stand there go on. */
  placeAt(conversationId: string): Promise<StaffPlace | undefined>;
  setPlace(place: StaffPlace | undefined, by: string, at: number): Promise<void>;
  /** Keeps a new hand-over; the open one of the same conversation where there is one already. */
  begin(handover: Handover): Promise<{ readonly handover: Handover; readonly created: boolean }>;
  byId(id: string): Promise<Handover | undefined>;
  /** The visitor's open one. */
  openOf(channelId: string, conversationId: string): Promise<Handover | undefined>;
  /** How many a conversation has begun since then. */
  countSince(channelId: string, conversationId: string, since: number): Promise<number>;
  /** The one whose card in the staff's channel is this message. */
  byCard(conversationId: string, activityId: string): Promise<Handover | undefined>;
  /**
   * Applies an act to the hand-over as it is now; nobody else changes it meanwhile. `repeated`: an entry with this key
   * was made before, so nothing is done. Undefined for a hand-over that is not there.
   */
  change(
    id: string,
    act: (handover: Handover) => Act,
    options: { readonly at: number; readonly key?: string },
  ): Promise<Act | { readonly kind: 'repeated'; readonly handover: Handover } | undefined>;
  /** Open ones whose last act was before this, at most 100. */
  silentSince(before: number): Promise<readonly Handover[]>;
  /** All of a conversation, or those whose last act was before this: nothing of the visitor stays. Returns how many. */
  forget(which: { readonly conversationId: string } | { readonly before: number }): Promise<number>;

  /** Up to `limit` lines with something to do, held for `leaseMs`. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly Claim[]>;
  /** Holds a line for longer. */
  hold(claim: Claim, until: number): Promise<void>;
  state(claim: Claim): Promise<SideState | undefined>;
  tail(handoverId: string, most: number): Promise<Tail>;
  record(claim: Claim, what: Recorded): Promise<void>;
  /** Gives a line back. `nextAt` undefined: when something new comes; at once if it came since `wake`. */
  release(
    claim: Claim,
    back: { readonly wake: number; readonly attempts: number; readonly nextAt?: number },
    now: number,
  ): Promise<void>;
  /** Both cards have something new to say: a side cannot be reached, or can be again. */
  refresh(handoverId: string, now: number): Promise<void>;
  /** Deletes a forgotten one. */
  drop(handoverId: string): Promise<void>;
}
