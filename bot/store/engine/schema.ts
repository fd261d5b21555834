/** The tables as queries see them. Times are milliseconds since the epoch; JSON is text on both engines. */
import type { Generated } from 'kysely';

export interface Schema {
  /** One row per state document of the bot SDK. */
  bot_state: { key: string; body: string; etag: string; updated_at: number };
  /** Counters that give numbers in order. */
  counters: { name: string; value: number };
  /** One row per import into the directory; its rows count only once `state` is `committed`. */
  directory_batches: {
    batch: number;
    source: string;
    actor: string;
    at: number;
    state: BatchState;
    version: number | null;
    swept: number;
  };
  /** `body` null: removed by this batch. */
  directory_rows: { source: string; row_key: string; batch: number; body: string | null };
  directory_audit: {
    batch: number;
    row_key: string;
    change: string;
    before: string | null;
    after: string | null;
  };
  partner_profile: {
    version: number;
    body: string;
    actor: string;
    at: number;
    /** 1: the fictional sample, or an edit of it. */
    sample: Generated<number>;
  };
  /** `asker`: a keyed hash of the person's id in the channel; empty in old rows. */
  unanswered: {
    id: string;
    at: number;
    missing: string;
    text: string;
    language: string;
    asker: Generated<string>;
  };
  /** Answers about an offer on one day, counted from the epoch. */
  asked_offers: { offer_id: string; day: number; times: number };
  /** What became of questions on one day. Empty texts and 0 mean: none. `waited`: at most this many minutes. */
  insight_counts: {
    day: number;
    event: string;
    about: string;
    issue: string;
    language: string;
    asker: string;
    waited: number;
    times: number;
  };
  /** Until `lease_until`, a worker owns the row. */
  insight_digests: { reader_id: string; due_at: number; lease_until: number };
  /** `mark`: a keyed hash of a client and a window. `full_at`: when its allowance is full again. */
  client_rates: { mark: string; full_at: number };
  /** The ids of a person whose reference is gone. `mark`: a keyed hash of the Entra id. */
  person_links: { mark: string; user_id: string; conversation_id: string; at: number };
  conversations: {
    id: string;
    user_id: string;
    audience: string;
    created_at: number;
    last_at: number;
    greeted: number;
    /** The number of activities ever added; also the position of the next activity. */
    positions: number;
    /** Rises with every addition and update. Clients use it as their watermark. */
    revision: number;
  };
  conversation_activities: {
    conversation_id: string;
    position: number;
    activity_id: string;
    revision: number;
    at: number;
    body: string;
    /** The client's own id of its message, if it gave one. Null for the bot's messages. */
    client_id: Generated<string | null>;
  };
  secrets: { name: string; value: string; created_at: number };
  turn_claims: {
    channel_id: string;
    conversation_id: string;
    activity_id: string;
    state: 'running' | 'done';
    claimed_at: number;
  };
  /** PostgreSQL only: the queue of each conversation, in order of arrival, across all instances. */
  turn_tickets: { id: Generated<number>; key: string; instance: string; expires_at: number };
  conversation_references: {
    channel_id: string;
    conversation_id: string;
    user_id: string;
    tenant_id: string | null;
    body: string;
    active: number;
    updated_at: number;
  };
  people: { channel_id: string; user_id: string; body: string; updated_at: number };
  leases: { name: string; holder: string; expires_at: number };
  directory_syncs: {
    source: string;
    tried_at: number;
    succeeded_at: number | null;
    outcome: string;
    detail: string;
    cursor: string | null;
    fingerprint: string;
    /** Names of columns, as a JSON list. */
    ignored: Generated<string>;
  };
  /**
   * `offer_id`: the owner's key; `contact_kind`: the way that leads to the owner; `mark`: the reported contact value.
   */
  contact_reports: {
    id: string;
    at: number;
    offer_id: string;
    contact_kind: string;
    reason: string;
    reporter: string;
    mark: string;
    settled_at: number | null;
    settled_by: string | null;
    note: string;
    asker: string;
    language: string;
    channel_id: string;
    conversation_id: string;
    settlement: string;
    settle_note: string;
    /** The SDK's conversation reference, for channels that need one to be written to. */
    reference: string | null;
    /** When the messages to all administrators were stored. */
    planned_at: number | null;
  };
  contact_notices: {
    id: string;
    report_id: string;
    purpose: 'task' | 'thanks';
    channel_id: string;
    conversation_id: string;
    user_id: string;
    since: number;
    due_at: number;
    attempts: number;
    ended_at: number | null;
    outcome: string | null;
  };
  /** `ended_at`: since then the phrase is only a record. */
  phrases: {
    phrase: string;
    issue: string;
    actor: string;
    at: number;
    ended_at: Generated<number | null>;
    ended_by: Generated<string | null>;
  };
  /** `read` and `chosen`: an issue or an offer id. */
  lessons: {
    id: string;
    at: number;
    reason: string;
    about: string;
    text: string;
    language: string;
    asker: string;
    read: string | null;
    chosen: string | null;
    user_id: string;
    conversation_id: string;
  };
  outage_sources: { id: string; body: string; actor: string; updated_at: number };
  outage_seen: { key: string; at: number };
  outage_source_health: { id: string; body: string; updated_at: number };
  incidents: { id: string; open: number; started_at: number; body: string };
  /** Group keys and sender's marks by which an incident is found. */
  incident_keys: { key: string; incident_id: string };
  outage_readers: { id: string; opted_out: number; reachable: number; body: string; updated_at: number };
  outage_silences: {
    id: string;
    until_at: number;
    ended_at: number | null;
    ended_by: string | null;
    body: string;
  };
  /** Until `lease_until`, a worker owns the row. */
  weekly_summaries: { reader_id: string; due_at: number; lease_until: number };
  /** `manager_id`: the manager's id in the directory of people; `reader_id`: null without a chat with the bot. */
  team_defaults: { manager_id: string; reader_id: string | null; topics: string; at: number };
  /** An incident whose recipients are being planned: recipients after `after_reader` are still undecided. */
  outage_plans: { incident_id: string; rings: number; after_reader: string; touched_at: number };
  /** Until `lease_until`, a worker owns the row. `standing` and `suspected` are for counting. */
  deliveries: {
    incident_id: string;
    reader_id: string;
    tenant_id: string;
    status: string;
    due_at: number;
    lease_until: number;
    standing: string;
    suspected: number;
    body: string;
  };
  /** `customer`: a mark that distinguishes the partner's customers. Their ids are not stored. */
  web_visitors: {
    conversation_id: string;
    customer: string;
    tenant_id: string | null;
    country: string | null;
    offers: string;
    at: number;
  };
  /** `manager_mark`: a keyed hash of the Entra id of the holder's manager. */
  cases: {
    id: string;
    click_key: string;
    channel_id: string;
    conversation_id: string;
    user_id: string;
    manager_mark: string | null;
    version: number;
    opened_at: number;
    due_at: number;
    lease_until: number;
    closed_at: number | null;
    body: string;
  };
  /** Outcomes of contacts, without a person. `minutes`: of the contact's working hours. */
  contact_attempts: {
    id: string;
    owner_key: string;
    way: string;
    outcome: string;
    minutes: number;
    at: number;
  };
  forgotten_conversations: { id: string; at: number };
  outage_workers: { instance: string; expires_at: number };
  handover_places: { id: string; body: string; actor: string; at: number };
  handovers: {
    id: string;
    open: number;
    channel_id: string;
    conversation_id: string;
    user_id: string;
    taken_by: string | null;
    last_at: number;
    /** Rises with every change. Written first, because the write locks the row. */
    version: number;
    body: string;
  };
  /**
   * One side's entries: `due`, `sent` or `failed`. `user_id` is the visitor's id; `staff_id` is the staff member's id.
   */
  handover_entries: {
    handover_id: string;
    seq: number;
    entry_key: string;
    user_id: string;
    staff_id: string | null;
    side: string;
    state: string;
    at: number;
    activity_id: string | null;
    body: string;
  };
  /** `hash`: of the secret part of the key. `scopes`: names between spaces. One key in use has each name. */
  api_keys: {
    id: string;
    name: string;
    hash: string;
    audience: string;
    scopes: string;
    per_minute: number;
    created_at: number;
    created_by: string;
    revoked_at: number | null;
    revoked_by: string | null;
    used_at: number | null;
  };
  /** Unchanged activities that the server acknowledged before their turn ended. */
  late_turns: { channel_id: string; conversation_id: string; activity_id: string; at: number; body: string };
  /** `place`: the conversation that contains the card. */
  handover_lines: {
    handover_id: string;
    side: string;
    place: string;
    activity_id: string | null;
    shown: number;
    attempts: number;
    wake: number;
    due_at: number;
    lease_until: number;
  };
}

/** `abandoned`: the writer died or failed. The next commit deletes its rows. */
export type BatchState = 'staging' | 'committed' | 'abandoned';
