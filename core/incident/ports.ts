/** What the outage feature needs from outside. Stores implement these on both databases; tests have hand-written fakes. */
import type { Language } from '../terms.js';
import type { Recipient, Silence, Subscription } from './audience.js';
import type { Delivery } from './delivery.js';
import type { SendResult } from './delivery-outcome.js';
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
    /** SHA-256 of the token in the URL; two while it is changed. */
    | { readonly kind: 'url-token'; readonly hashes: readonly string[] }
    /** Asked, never asking: a page, feed or Graph. */
    | { readonly kind: 'polled'; readonly url: string; readonly everyMs: number }
    /** The form card of authorised staff. */
    | { readonly kind: 'staff' };
  /** From this severity on a person must confirm the sender's report before all recipients get it; null: never. */
  readonly confirmAt: Severity | null;
  /** Where the fields of its bodies are, for the format `mapped`. */
  readonly mapping?: FieldMapping;
  /** Its own words for states and severities, folded. */
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
  /** The sender's words, folded, where they are not the usual ones. */
  readonly states?: Readonly<Record<string, OutageState>>;
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** How a polled source answers. */
export interface SourceHealth {
  /** When it was last read; null for never. */
  readonly okAt: number | null;
  /** Since when it has not answered; null while it answers. */
  readonly failingSince: number | null;
  /** Why it could not be read, or what of it could not be read. */
  readonly reason: string | null;
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
  /** How the polled sources answer, by source id. */
  health(): Promise<ReadonlyMap<string, SourceHealth>>;
  noteHealth(id: string, health: SourceHealth, at: number): Promise<void>;
}

/** Everything one notice changes, committed together or not at all. */
export interface IncidentChange {
  /** Notice keys to remember: `source|webhook-id` and `source|dedupeKey`. */
  readonly seen: readonly string[];
  readonly incident: Incident;
  /** The incident the change was computed from, as it was loaded; undefined for a new one. */
  readonly before: Incident | undefined;
  /** Decides what becomes of the cards of some recipients; undefined where no card changes. */
  readonly plan: PlanPage | undefined;
  /** What the change is worth interrupting for. */
  readonly announce: Announce;
  readonly at: number;
}

/** Some recipients of an incident, with their deliveries of it by recipient id. */
export interface PlanPart {
  /** As it is now: a plan that began earlier goes on with the newest version. */
  readonly incident: Incident;
  readonly announce: Announce;
  readonly recipients: readonly Recipient[];
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** The new and changed deliveries of some recipients. Called inside a transaction, for all recipients a page at a time. */
export type PlanPage = (part: PlanPart) => readonly Delivery[];

/** What came of one page: there are more; it was the last; another instance is at it. */
export type PageDone = 'more' | 'done' | 'busy';

export interface IncidentStore {
  byId(id: string): Promise<Incident | undefined>;
  /** Incidents with a mark of this sender's outage, newest first, and open ones that share a group key. */
  candidates(source: string, sourceId: string, groupKeys: readonly string[]): Promise<readonly Incident[]>;
  open(): Promise<readonly Incident[]>;
  /** Open outages that concern an offer or its publisher: what an answer shows first. */
  openFor(offerId: string | null, publisherId: string | null): Promise<readonly Incident[]>;
  /** True when one of the keys was committed within the last days: the notice is a repetition. */
  wasSeen(keys: readonly string[]): Promise<boolean>;
  /** Runs work on incidents one after the other, over all instances: two first notices together make one incident. */
  inOrder<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Stores the incident, the first page of its recipients' cards, and how far its plan has come: a large audience is planned
   * page by page afterwards, and a process that dies goes on where it was. `conflict` when the incident is no longer as
   * `before`: load again and apply again. Notices seen long ago are forgotten.
   */
  commit(change: IncidentChange): Promise<'committed' | 'conflict' | 'seen-before'>;
  /** Ids of incidents whose recipients are not all decided yet, the one that has waited longest first. */
  planning(): Promise<readonly string[]>;
  /** Plans the next page of an incident's recipients, in a transaction of its own. */
  planNext(incidentId: string, plan: PlanPage, at: number): Promise<PageDone>;
  /** Plans these recipients at once, in their turn or before it. */
  planRecipients(incidentId: string, readerIds: readonly string[], plan: PlanPage): Promise<void>;
  /** Recipients of the incident who are not decided yet. */
  undecided(incidentId: string): Promise<number>;
}

export interface DeliveryStore {
  /** Those of an incident, for a change or the report. Streams, so that a large audience is never in memory at once. */
  ofIncident(incidentId: string): AsyncIterable<Delivery>;
  one(incidentId: string, readerId: string): Promise<Delivery | undefined>;
  /** How many deliveries of an incident stand where: cheap, from an index, whatever the audience. */
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
  /** Rows held for quiet hours that are over: decided anew, with a digest for their recipients. */
  claimHeld(now: number, limit: number, leaseMs: number): Promise<readonly Delivery[]>;
  /** Rows left `sending` by a process that died: their lease has ended. */
  claimAbandoned(now: number, limit: number): Promise<readonly Delivery[]>;
  /** Rows an operator may replay: dead and stopped ones of an incident, up to `limit`. */
  failed(incidentId: string, limit: number): Promise<readonly Delivery[]>;
  /** Stores `after` if the row is still as `before` was read; false otherwise. Ends the claim unless a request goes out. */
  replace(before: Delivery, after: Delivery): Promise<boolean>;
}

/** Where and how a recipient is told, beside what the rules need. */
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
    /** What the recipient stopped: no default for a team brings it back. */
    readonly declined?: readonly Subscription['what'][];
  };

export interface RecipientStore {
  /** All that could be told, a page at a time, with subscriptions and quiet hours. */
  all(): AsyncIterable<Recipient>;
  byId(id: string): Promise<RecipientProfile | undefined>;
  /** Makes a recipient known, or brings language, zone and address up to date; subscriptions stay. */
  know(about: RecipientAbout, at: number): Promise<void>;
  subscribe(readerId: string, subscription: Subscription, at: number): Promise<void>;
  /** Ends it and remembers that the recipient does not want it. */
  unsubscribe(readerId: string, what: Subscription['what'], at: number): Promise<void>;
  /** Puts the defaults for a manager's team in place of the former ones. True when that changed anything. */
  setTeamTopics(readerId: string, topics: readonly Subscription[], at: number): Promise<boolean>;
  setOptedOut(readerId: string, optedOut: boolean, at: number): Promise<void>;
  setReachable(readerId: string, reachable: boolean, code: string | null, at: number): Promise<void>;
  setQuiet(readerId: string, quiet: QuietHours | null, at: number): Promise<void>;
}

/** What a manager's team follows, and whom it is told: null where the manager has no chat with the bot. */
export interface TeamDefault {
  /** Object id in the directory of people. */
  readonly managerId: string;
  readonly readerId: string | null;
  readonly topics: readonly Subscription[];
}

export interface TeamStore {
  all(): Promise<readonly TeamDefault[]>;
  /** Puts these in place of all former ones. */
  replace(defaults: readonly TeamDefault[], at: number): Promise<void>;
}

export interface SilenceStore {
  active(now: number): Promise<readonly Silence[]>;
  add(silence: Silence): Promise<void>;
  end(id: string, actor: string, at: number): Promise<void>;
}

/** Sends for the queue, without retries of its own, within a time-out, and never throws. */
export interface CardSender {
  create(delivery: Delivery, incident: Incident): Promise<SendResult>;
  update(delivery: Delivery, incident: Incident): Promise<SendResult>;
  reply(delivery: Delivery, incident: Incident): Promise<SendResult>;
}
