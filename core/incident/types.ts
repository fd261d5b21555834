/** An outage as read from a notice, and the incident made of such notices. Times are milliseconds since the epoch. */
import type { Party } from '../terms.js';

/**
 * The state of an outage. `unknown`: the notice gives no state (a list of affected resources, for example), so it may
 * add detail but never open, move or close an incident.
 */
export const OUTAGE_STATES = [
  'unknown',
  'scheduled',
  'in-maintenance',
  'completed',
  'investigating',
  'identified',
  'monitoring',
  'resolved',
] as const;
export type OutageState = (typeof OUTAGE_STATES)[number];

/**
 * The severity. `maintenance` is planned work; it ranks with `none` when senders disagree. `unknown`: the sender's word
 * could not be read; it ranks as minor, because an unread word must not silence an outage.
 */
export const SEVERITIES = ['none', 'maintenance', 'unknown', 'minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What is affected. `offers` and `publishers` are directory ids; the rest are the sender's words. */
export interface Affected {
  readonly offers: readonly string[];
  readonly publishers: readonly string[];
  readonly components: readonly string[];
  readonly regions: readonly string[];
}
export const NOTHING_AFFECTED: Affected = { offers: [], publishers: [], components: [], regions: [] };

/** Sentences of this product in an incident's history, in the language of each reader. */
export type OwnRemark = 'no-longer-listed' | 'no-end-reported';

/** One line of an incident's history. `state` is null where the sender gave a remark without a state. */
export interface OutageUpdate {
  readonly at: number | null;
  readonly state: OutageState | null;
  /** Plain text: without tags, with entities decoded, cut to a limit. */
  readonly text: string;
  /** This product's own sentence in place of the sender's text. */
  readonly remark?: OwnRemark;
}

/** One notice about one outage, from any sender and in any format. */
export interface OutageEvent {
  /** The sender's own id of the outage; the same in every notice about the outage. */
  readonly sourceId: string;
  /** The same for two deliveries of one notice, different for two notices. Unique within a source. */
  readonly dedupeKey: string;
  readonly title: string;
  readonly state: OutageState;
  readonly severity: Severity;
  readonly startedAt: number | null;
  /** When the sender last changed the notice. Null when the notice has no time at all. */
  readonly updatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly affected: Affected;
  /** Newest first. */
  readonly updates: readonly OutageUpdate[];
  /** A web page about this outage, or null. */
  readonly url: string | null;
  /**
   * The owner of the service, when the notice names one (Azure, Graph); null: the publisher or offer of the registered
   * source.
   */
  readonly owner: Party | null;
  /** Named offers that the directory does not know. */
  readonly unrecognised?: readonly string[];
  /** Other ids that the sender used for the same outage before. */
  readonly aliases?: readonly string[] | undefined;
  /** Fields that a later notice left out: the known values stay. */
  readonly omitted?: readonly ('title' | 'severity')[];
  /** True when `affected` is everything that the outage affects now, so that it replaces the sender's earlier list. */
  readonly whole?: boolean;
  /** True when the notice names no offer and `affected.offers` are all offers of its sender. */
  readonly impliedOffers?: boolean;
  /** The sender may never report the end: without a later notice the outage ends after this time. */
  readonly endsAfterMs?: number;
  /** The source of a flood: many outages of the source in one. The card names the source instead of the title. */
  readonly manyFrom?: string;
}

/** One sender's last word about one incident. It keeps a late or repeated notice from moving the incident backwards. */
export interface SenderMark {
  /** The registered source. */
  readonly source: string;
  readonly sourceId: string;
  readonly state: OutageState;
  readonly severity: Severity;
  /** The sender's time of its newest notice, or the time of receipt. */
  readonly updatedAt: number;
  /** Newest dedupe keys, bounded; older ones are older than `updatedAt` and fall to that rule. */
  readonly seen: readonly string[];
  /** What the sender's newest notice affects, where that notice named everything. */
  readonly affected?: Affected;
  /** When the sender's outage ends without a later notice. */
  readonly endsAt?: number;
}

/** An action of the partner's staff on the incident. */
export interface StaffAct {
  readonly kind:
    | 'acknowledged'
    | 'note'
    | 'release-asked'
    | 'released'
    | 'confirmed'
    | 'dismissed'
    | 'closed'
    | 'joined'
    | 'split';
  /** Stable id of the person; names are looked up where they are shown. */
  readonly by: string;
  readonly at: number;
  /** The note, the reason of a close or dismissal, the title of the joined incident; empty for the other kinds. */
  readonly text: string;
}

/** Another incident that a person joined into this one. */
export interface JoinedIncident {
  readonly id: string;
  /** What this incident affected before, so that a person can split the two again. */
  readonly before: Affected;
}

/** One real event, from one or more senders. `version` counts the changes a recipient can see, from 1. */
export interface Incident {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly state: OutageState;
  readonly severity: Severity;
  /** The worst severity so far; only a rise above it sends an alert again. */
  readonly worst: Severity;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly resolvedAt: number | null;
  readonly affected: Affected;
  /** Newest first. */
  readonly updates: readonly IncidentUpdate[];
  readonly url: string | null;
  readonly owner: Party;
  /** The times at which the incident was reopened, oldest first. */
  readonly reopenedAt: readonly number[];
  /** The first one is the sender that opened the incident and gave its title. */
  readonly marks: readonly SenderMark[];
  readonly acts: readonly StaffAct[];
  /** Offers named by the sender that the directory does not know. */
  readonly unrecognised?: readonly string[];
  /** The incidents that a person joined into this one. */
  readonly joined?: readonly JoinedIncident[];
  /** The incident into which a person joined this one. Its senders' later notices belong there. */
  readonly joinedInto?: { readonly id: string; readonly title: string };
  /** The source of a flood that is one incident. */
  readonly manyFrom?: string;
  /**
   * Present while the incident is unconfirmed: only a sender without a signature reports it, and no person has
   * confirmed it.
   */
  readonly unconfirmed?: {
    readonly source: string;
    /** Ids of the recipients who are asked to confirm the incident. */
    readonly asked: readonly string[];
  };
}
export interface IncidentUpdate extends OutageUpdate {
  readonly at: number;
  /** The registered source of the report. */
  readonly source: string;
}

/** True when no further news is expected: the outage is over or the work is done. */
export function isOver(state: OutageState): boolean {
  return state === 'resolved' || state === 'completed';
}

/** True for planned work, before, during and after. */
export function isPlanned(state: OutageState): boolean {
  return state === 'scheduled' || state === 'in-maintenance' || state === 'completed';
}

/** Negative when `a` is milder than `b`, positive when `a` is worse, 0 when they rank alike. */
export function compareSeverity(a: Severity, b: Severity): number {
  return RANK[a] - RANK[b];
}

/** 0 for the mildest severities, 3 for the worst. */
export function severityRank(severity: Severity): number {
  return RANK[severity];
}
const RANK: Readonly<Record<Severity, number>> = {
  none: 0,
  maintenance: 0,
  unknown: 1,
  minor: 1,
  major: 2,
  critical: 3,
};
