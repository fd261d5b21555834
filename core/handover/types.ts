/** A hand-over: a visitor of the partner's site who wants a person, what staff are told about it, and what both said. */
import type { Issue, Language, Party, PurchaseChannel } from '../terms.js';

/** Who is told something. */
export const SIDES = ['visitor', 'staff'] as const;
export type Side = (typeof SIDES)[number];

/**
 * Where a hand-over stands. `asked`: kept, and not yet seen in the staff's channel. `waiting`: staff have its card.
 * `taken`: one of them looks after it. `closed`: over. `forgotten`: the visitor had it deleted; only what is needed to
 * take it out of the staff's channel is left.
 */
export type HandoverStatus = 'asked' | 'waiting' | 'taken' | 'closed' | 'forgotten';
export type ClosedBy = Side | 'time';

/** How the visitor wants to be reached after leaving the page. Never logged. */
export interface VisitorContact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/** What staff are told. Free text is as the visitor wrote it: whoever shows it escapes it. */
export interface HandoverTopic {
  /** The visitor's first words to the bot, and what they wrote for staff; empty where there are none. */
  readonly question: string;
  readonly message: string;
  readonly contact: VisitorContact | null;
  readonly issue: Issue | null;
  readonly offerName: string | null;
  readonly purchase: PurchaseChannel | null;
  /** Who is responsible by the answer the visitor got; null where there was none. */
  readonly responsible: { readonly party: Party; readonly name: string } | null;
  /** Whom the answer named, first the first contact. */
  readonly named: readonly { readonly party: Party; readonly name: string }[];
  /** True when the visitor said that the answer did not help. */
  readonly notHelped: boolean;
}

export interface HandoverVisitor {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly language: Language;
  /** IANA zone; empty where the page did not say. */
  readonly zone: string;
  /** What the channel needs to be written to later, as it gave it. */
  readonly reference: Readonly<Record<string, unknown>>;
}

export interface Handover {
  readonly id: string;
  readonly status: HandoverStatus;
  readonly visitor: HandoverVisitor;
  readonly topic: HandoverTopic;
  /** Stable id of the member of staff who looks after it. */
  readonly takenBy: string | null;
  readonly closedBy: ClosedBy | null;
  /** Whom the visitor's typed words go to while it is open. */
  readonly writesTo: 'staff' | 'bot';
  /** Entries ever made. */
  readonly entries: number;
  /** Rises when what a side's card says changes. */
  readonly face: Readonly<Record<Side, number>>;
  readonly openedAt: number;
  /** Of the last act of a person, in milliseconds since the epoch. */
  readonly lastAt: number;
}

/** What one entry of the transcript is. */
export type EntryWhat =
  | { readonly kind: 'text'; readonly text: string }
  /** Staff are there from now on. */
  | { readonly kind: 'taken' }
  /** Staff wrote while the visitor was busy with the bot: what the visitor writes goes to staff again. */
  | { readonly kind: 'turned' }
  | { readonly kind: 'closed'; readonly by: ClosedBy };

/** An entry that is to be made. Entries with a key already there are the same entry, sent twice. */
export interface NewEntry {
  readonly key: string;
  readonly to: Side;
  readonly what: EntryWhat;
  /** The member of staff behind it. */
  readonly by: string | null;
}

/** `due`: not shown yet. `sent`: accepted by the channel. `failed`: the channel will never take it. */
export type EntryState = 'due' | 'sent' | 'failed';

export interface Entry extends NewEntry {
  readonly handoverId: string;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly at: number;
  readonly state: EntryState;
  /** The message it became. */
  readonly activityId: string | null;
}

/** How far one side is told, as state. */
export interface Line {
  readonly handoverId: string;
  readonly side: Side;
  /** The conversation the card stands in; empty before there is one. */
  readonly place: string;
  /** The message that is the card, and the face it is known to show; null and 0 before there is one. */
  readonly activityId: string | null;
  readonly shown: number;
  /** Tries that failed since the last that went well. */
  readonly attempts: number;
  /** Rises with everything new for this side, so that a worker that ends its work misses nothing. */
  readonly wake: number;
}

/** The staff's place for hand-overs. */
export interface StaffPlace {
  readonly channelId: string;
  readonly conversationId: string;
  readonly tenantId: string;
  /** In a channel each hand-over is a thread; a group chat has none. */
  readonly kind: 'channel' | 'group';
  readonly language: Language;
  readonly zone: string;
  readonly reference: Readonly<Record<string, unknown>>;
}

/** True while there is somebody to write to. */
export function isOpen({ status }: Pick<Handover, 'status'>): boolean {
  return status === 'asked' || status === 'waiting' || status === 'taken';
}
