/** The stores that the outage feature needs. Both databases implement them; tests have hand-written fakes. */
import type { Language } from '../terms.js';
import type { Recipient, Silence, Subscription } from './audience.js';
import type { Delivery } from './delivery.js';
import type { SendResult } from './delivery-outcome.js';
import type { Failing } from './doubt.js';
import type { PartCount } from './ledger.js';
import type { Announce } from './lifecycle.js';
import type { QuietHours } from './quiet.js';
import type { SourceScope } from './scope.js';
import type { Incident, OutageState, Severity } from './types.js';

/** A registered sender of outage notices. */
export interface OutageSource extends SourceScope {
  /** Format name or alias of its parser. */
  readonly format: string;
  readonly active: boolean;
  /** True for status pages, which tell incidents apart; false for monitors. */
  readonly tellsApart: boolean;
  readonly auth:
    | { readonly kind: 'standard-webhooks'; readonly secretRefs: readonly string[] }
    | { readonly kind: 'instatus'; readonly secretRefs: readonly string[] }
    | { readonly kind: 'pagerduty'; readonly secretRefs: readonly string[] }
    /** SHA-256 of the token in the URL; two hashes while the operator changes the token. */
    | { readonly kind: 'url-token'; readonly hashes: readonly string[] }
    /** A source that the server polls: a page, feed or Graph. */
    | { readonly kind: 'polled'; readonly url: string; readonly everyMs: number }
    /** The form card of authorised staff. */
    | { readonly kind: 'staff' };
  /** From this severity on a person must confirm the sender's report before all recipients get it; null: never. */
  readonly confirmAt: Severity | null;
  /** The places of the fields in its bodies, for the format `mapped`. */
  readonly mapping?: FieldMapping;
  /** The sender's own words for states and severities, folded. */
  readonly words?: {
    readonly states?: Readonly<Record<string, OutageState>>;
    readonly severities?: Readonly<Record<string, Severity>>;
  };
}

/** Paths to the fields of a sender's JSON: `a.b`, `a[0].b`, `a.*.b`. */
export interface FieldMapping {
  /** The list of outages; absent: the body is one outage. */
  readonly items?: string;
  readonly id: string;
  readonly title?: string;
  readonly state: string;
  readonly severity?: string;
  readonly startedAt?: string;
  readonly updatedAt?: string;
  readonly resolvedAt?: string;
  readonly components?: string;
  readonly regions?: string;
  readonly offers?: string;
  readonly message?: string;
  readonly url?: string;
  /** The sender's words, folded, where they differ from the usual ones. */
  readonly states?: Readonly<Record<string, OutageState>>;
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** The last results of a polled source. */
export interface SourceHealth {
  /** When it was last read; null for never. */
  readonly okAt: number | null;
  /** Time of the first failed poll in a row; null while the source answers. */
  readonly failingSince: number | null;
  /** The error of the last poll, or the parts that could not be read. */
  readonly reason: string | null;
  /** When administrators last read about the source. */
  readonly toldAt?: number;
}

/** The shared secrets of senders, by reference. */
export interface SenderSecrets {
  read(reference: string): Promise<string | undefined>;
  write(reference: string, secret: string, at: number): Promise<void>;
  remove(reference: string): Promise<void>;
}

export interface SourceStore {
  byId(id: string): Promise<OutageSource | undefined>;
  list(): Promise<readonly OutageSource[]>;
  save(source: OutageSource, actor: string, at: number): Promise<void>;
  /** The results of the polled sources, by source id. */
  health(): Promise<ReadonlyMap<string, SourceHealth>>;
  noteHealth(id: string, health: SourceHealth, at: number): Promise<void>;
}

/** Everything that one notice changes; the store commits all of it or nothing. */
export interface IncidentChange {
  /** Notice keys to remember: `source|webhook-id` and `source|dedupeKey`. */
  readonly seen: readonly string[];
  readonly incident: Incident;
  /** The loaded incident on which the change is based; undefined for a new one. */
  readonly before: Incident | undefined;
  /** Decides about the cards of some recipients; undefined where no card changes. */
  readonly plan: PlanPage | undefined;
  /** The alert of the change. */
  readonly announce: Announce;
  readonly at: number;
}

/** Some recipients of an incident, with their deliveries of it by recipient id. */
export interface PlanPart {
  /** The incident as it is now: a plan that began earlier continues with the newest version. */
  readonly incident: Incident;
  readonly announce: Announce;
  readonly recipients: readonly Recipient[];
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** The new and changed deliveries of some recipients. Called inside a transaction, for all recipients a page at a time. */
export type PlanPage = (part: PlanPart) => readonly Delivery[];

/** The result of one page: there are more; it was the last; another instance is working on it. */
export type PageDone = 'more' | 'done' | 'busy';

export interface IncidentStore {
  byId(id: string): Promise<Incident | undefined>;
  /** Incidents with a mark of this sender's outage, newest first, and open incidents that share a group key. */
  candidates(source: string, sourceId: string, groupKeys: readonly string[]): Promise<readonly Incident[]>;
  open(): Promise<readonly Incident[]>;
  /** Open outages of an offer or its publisher, which an answer shows first. */
  openFor(offerId: string | null, publisherId: string | null): Promise<readonly Incident[]>;
  /** True when one of the keys was committed within the last days: the notice is a repetition. */
  wasSeen(keys: readonly string[]): Promise<boolean>;
  /** Runs work on incidents one after the other, over all instances, so that two first notices make one incident. */
  inOrder<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Stores the incident, the first page of its recipients' cards, and the progress of its plan. A large audience is
   * planned page by page afterwards, and another process continues after a crash. `conflict` when the stored incident
   * is not `before`: load again and apply again. Notices from long ago are deleted.
   */
  commit(change: IncidentChange): Promise<'committed' | 'conflict' | 'seen-before'>;
  /** Ids of incidents with recipients still to decide; the one that has waited longest comes first. */
  planning(): Promise<readonly string[]>;
  /** Plans the next page of an incident's recipients, in a separate transaction. */
  planNext(incidentId: string, plan: PlanPage, at: number): Promise<PageDone>;
  /** Plans these recipients at once, whatever their place in the order. */
  planRecipients(incidentId: string, readerIds: readonly string[], plan: PlanPage): Promise<void>;
  /** Recipients of the incident without a decision so far. */
  undecided(incidentId: string): Promise<number>;
}

export interface DeliveryStore {
  /**
   * Deliveries of an incident, for a change or the report. Streams, so that a large audience never fills the memory.
   */
  ofIncident(incidentId: string): AsyncIterable<Delivery>;
  one(incidentId: string, readerId: string): Promise<Delivery | undefined>;
  /** The number of deliveries in each place. Cheap for any audience, because an index counts them. */
  counts(incidentId: string): Promise<readonly PartCount[]>;
  /**
   * Up to `limit` rows that are due, claimed for `leaseMs` so that no other worker takes them (SKIP LOCKED where there
   * is such a thing). Each tenant gets its part, the oldest first; paused tenants are left out.
   */
  claimDue(
    now: number,
    limit: number,
    leaseMs: number,
    pausedTenants: readonly string[],
  ): Promise<readonly Delivery[]>;
  /** Held rows whose quiet hours are over: they are decided again, with a digest for their recipients. */
  claimHeld(now: number, limit: number, leaseMs: number): Promise<readonly Delivery[]>;
  /** Rows left `sending` by a process that died: their lease has ended. */
  claimAbandoned(now: number, limit: number): Promise<readonly Delivery[]>;
  /** Rows that an operator may replay: dead and stopped ones of an incident, up to `limit`. */
  failed(incidentId: string, limit: number): Promise<readonly Delivery[]>;
  /** Stores `after` if the row still equals `before`; false otherwise. Ends the claim unless a request starts. */
  replace(before: Delivery, after: Delivery): Promise<boolean>;
}

/** The address and settings of a recipient, besides the data for the rules. */
export interface RecipientAbout {
  readonly id: string;
  readonly kind: Recipient['kind'];
  readonly tenantId: string;
  readonly language: Language;
  /** IANA zone the recipient's times are shown in; empty where the channel gave none. */
  readonly zone: string;
  /** The conversation the card goes to. */
  readonly address: { readonly channelId: string; readonly conversationId: string };
}
export type RecipientProfile = Recipient &
  RecipientAbout & {
    /** Topics that the recipient stopped: no default for a team restores them. */
    readonly declined?: readonly Subscription['what'][];
    /** Cards that were given up without a documented reason; absent after an accepted card. */
    readonly failing?: Failing;
  };

export interface RecipientStore {
  /** All recipients, page by page, with subscriptions and quiet hours. */
  all(): AsyncIterable<Recipient>;
  byId(id: string): Promise<RecipientProfile | undefined>;
  /** Adds a recipient, or updates language, zone and address; subscriptions stay. */
  know(about: RecipientAbout, at: number): Promise<void>;
  subscribe(readerId: string, subscription: Subscription, at: number): Promise<void>;
  /** Ends a subscription, and remembers that the recipient does not want it. */
  unsubscribe(readerId: string, what: Subscription['what'], at: number): Promise<void>;
  /** Replaces the former defaults for a manager's team. True when that changed anything. */
  setTeamTopics(readerId: string, topics: readonly Subscription[], at: number): Promise<boolean>;
  setOptedOut(readerId: string, optedOut: boolean, at: number): Promise<void>;
  setReachable(readerId: string, reachable: boolean, code: string | null, at: number): Promise<void>;
  /** A card was given up without a documented reason. True when that ended the recipient. */
  doubt(readerId: string, at: number): Promise<boolean>;
  /** The platform accepted a card: earlier failures no longer count. */
  trust(readerId: string, at: number): Promise<void>;
  /** Ids of the reachable recipients with failures. */
  doubted(): Promise<readonly string[]>;
  setQuiet(readerId: string, quiet: QuietHours | null, at: number): Promise<void>;
}

/** The topics of a manager's team, and the recipient: null where the manager has no chat with the bot. */
export interface TeamDefault {
  /** Object id in the organisation's directory of people. */
  readonly managerId: string;
  readonly readerId: string | null;
  readonly topics: readonly Subscription[];
}

export interface TeamStore {
  all(): Promise<readonly TeamDefault[]>;
  /** Replaces all former ones by these. */
  replace(defaults: readonly TeamDefault[], at: number): Promise<void>;
}

export interface SilenceStore {
  active(now: number): Promise<readonly Silence[]>;
  add(silence: Silence): Promise<void>;
  end(id: string, actor: string, at: number): Promise<void>;
}

/** Which recipients want the weekly summary, and when each is due. */
export interface WeeklyStore {
  /** When the recipient's next summary is due; undefined for a recipient who does not want it. */
  dueAt(readerId: string): Promise<number | undefined>;
  /** Turns the summary on. A recipient who has it keeps the time. */
  start(readerId: string, dueAt: number): Promise<void>;
  stop(readerId: string): Promise<void>;
  /** Up to `limit` summaries that are due, claimed for `leaseMs` so that no other worker takes them. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly DueWeekly[]>;
  /** Moves a claimed summary to its next time, unless the recipient has turned it off since. */
  moveOn(due: DueWeekly, dueAt: number): Promise<void>;
}

export interface DueWeekly {
  readonly readerId: string;
  readonly dueAt: number;
}

/** Sends for the queue, without retries, within a time-out; never throws. */
export interface CardSender {
  create(delivery: Delivery, incident: Incident): Promise<SendResult>;
  update(delivery: Delivery, incident: Incident): Promise<SendResult>;
  reply(delivery: Delivery, incident: Incident): Promise<SendResult>;
}
