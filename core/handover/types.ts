/** A hand-over: a visitor of the partner's site asks for a person, and staff answer in Teams. */
import type { Issue, Language, Party, PurchaseChannel } from '../terms.js';

/** The two sides of a hand-over. */
export const SIDES = ['visitor', 'staff'] as const;
export type Side = (typeof SIDES)[number];

/**
 * The state of a hand-over. `asked`: stored, but not posted in the staff channel yet. `waiting`: the card is posted.
 * `taken`: a member of staff has taken it. `closed`: it has ended. `forgotten`: the visitor had it deleted, and only the
 * data needed to delete its messages from the staff channel is left.
 */
export type HandoverStatus = 'asked' | 'waiting' | 'taken' | 'closed' | 'forgotten';
export type ClosedBy = Side | 'time';

/** How the visitor wants to be reached after leaving the page. Never logged. */
export interface VisitorContact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/** What staff see. The free text is the visitor's own, so every place that shows it must escape it. */
export interface HandoverTopic {
  /** The visitor's first question to the bot, and the message for staff. Empty when there is none. */
  readonly question: string;
  readonly message: string;
  readonly contact: VisitorContact | null;
  readonly issue: Issue | null;
  /** Absent in older records, and without an offer. */
  readonly offerId?: string;
  /** The plain name at that time, like the names below. */
  readonly offerName: string | null;
  readonly purchase: PurchaseChannel | null;
  /** The responsible party in the answer that the visitor got; null without an answer. */
  readonly responsible: { readonly party: Party; readonly name: string } | null;
  /** The contacts that the answer named, in their order. */
  readonly named: readonly { readonly party: Party; readonly name: string }[];
  /** True when the visitor said that the answer did not help. */
  readonly notHelped: boolean;
}

export interface HandoverVisitor {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly language: Language;
  /** IANA zone; empty when the page did not send one. */
  readonly zone: string;
  /** The conversation reference, for later messages. */
  readonly reference: Readonly<Record<string, unknown>>;
}

export interface Handover {
  readonly id: string;
  readonly status: HandoverStatus;
  readonly visitor: HandoverVisitor;
  readonly topic: HandoverTopic;
  /** Stable id of the member of staff who has taken it. */
  readonly takenBy: string | null;
  readonly closedBy: ClosedBy | null;
  /** Who gets the visitor's messages while the hand-over is open. */
  readonly writesTo: 'staff' | 'bot';
  /** The number of entries so far. */
  readonly entries: number;
  /** For each side, the version of the card. It rises when the card must change. */
  readonly face: Readonly<Record<Side, number>>;
  readonly openedAt: number;
  /** Time of the last act of a person, in milliseconds since the epoch. */
  readonly lastAt: number;
}

/** The content of one entry of the transcript. */
export type EntryWhat =
  | { readonly kind: 'text'; readonly text: string }
  /** A member of staff has taken the hand-over. */
  | { readonly kind: 'taken' }
  /** Staff wrote while the visitor talked to the bot, so the visitor's messages go to staff again. */
  | { readonly kind: 'turned' }
  | { readonly kind: 'closed'; readonly by: ClosedBy };

/** A new entry. An entry with the same key is the same entry, sent again. */
export interface NewEntry {
  readonly key: string;
  readonly to: Side;
  readonly what: EntryWhat;
  /** The member of staff behind it. */
  readonly by: string | null;
}

/** `due`: not sent yet. `sent`: accepted by the channel. `failed`: refused by the channel for good. */
export type EntryState = 'due' | 'sent' | 'failed';

export interface Entry extends NewEntry {
  readonly handoverId: string;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly at: number;
  readonly state: EntryState;
  /** The message with this entry. */
  readonly activityId: string | null;
}

/** What one side has received so far. */
export interface Line {
  readonly handoverId: string;
  readonly side: Side;
  /** The conversation with the card; empty before the card is posted. */
  readonly place: string;
  /** The message with the card, and the version that it shows; null and 0 before the card is posted. */
  readonly activityId: string | null;
  readonly shown: number;
  /** Failed sends since the last successful one. */
  readonly attempts: number;
  /** Rises with everything new for this side, so that a worker that gives its claim back misses nothing. */
  readonly wake: number;
}

/** The channel or group chat in which staff receive hand-overs. */
export interface StaffChannel {
  readonly channelId: string;
  readonly conversationId: string;
  readonly tenantId: string;
  /** In a channel each hand-over is a thread. A group chat has no threads. */
  readonly kind: 'channel' | 'group';
  readonly language: Language;
  readonly zone: string;
  readonly reference: Readonly<Record<string, unknown>>;
}

/** True until the hand-over is closed or forgotten. */
export function isOpen({ status }: Pick<Handover, 'status'>): boolean {
  return status === 'asked' || status === 'waiting' || status === 'taken';
}
