/** Opens all stores of the product together. */
import { statfs } from 'node:fs/promises';
import { DeskError } from '../../core/errors.js';
import type {
  DeliveryStore,
  IncidentStore,
  RecipientStore,
  SenderSecrets,
  SilenceStore,
  SourceStore,
  TeamStore,
  WeeklyStore,
} from '../../core/incident/ports.js';
import type { Clock, KeptProfile } from '../../core/ports.js';
import type { HandoverStore } from '../../core/handover/ports.js';
import type { ApiKeyStore } from '../../core/services/api/api-keys.js';
import type { SyncStates } from '../../core/services/directory/sync-source.js';
import type { NoticeStore } from '../../core/services/reports/report-notices.js';
import { withinOrThrow } from '../runtime/timeouts.js';
import { caseStore, type KeptCaseStore } from './cases/case-store.js';
import { BotStateStorage } from './conversations/bot-storage.js';
import { conversationLog, type DurableConversationLog } from './conversations/conversation-store.js';
import {
  openDatabase,
  openDatabaseReadOnly,
  type Database,
  type DatabaseOptions,
} from './engine/database.js';
import { contactNoticeStore } from './reports/contact-notice-store.js';
import { contactReportStore, type PurgeableReportStore } from './reports/contact-report-store.js';
import { directoryStore, type AuditedDirectoryStore, profileStore } from './directory/directory-store.js';
import { toldStore, type ToldStore } from './conversations/told-store.js';
import { lastCardAt } from './outages/last-card.js';
import { deliveryStore } from './outages/delivery-store.js';
import { repairFutureTimes } from './future-times.js';
import { openHandoverStore } from './handover/handover-store.js';
import { incidentHistory, type IncidentHistory, incidentStore } from './outages/incident-store.js';
import { lateTurnStore, type LateTurnStore } from './conversations/late-turn-store.js';
import { leases, type Leases } from './engine/leases.js';
import { apiKeyStore } from './api/api-key-store.js';
import { outageSourceStore, senderSecrets } from './outages/source-store.js';
import { outageRetention, type OutageRetention } from './outages/retention.js';
import { peopleStore, type PeopleStore } from './people/people-store.js';
import { lessonStore, type PurgeableLessonStore } from './answers/lesson-store.js';
import { phraseStore, type KeptPhraseStore } from './answers/phrase-store.js';
import { recipientStore } from './outages/recipient-store.js';
import { rateStore, type RateStore } from './conversations/rate-store.js';
import { referenceStore, type ReferenceStore } from './conversations/reference-store.js';
import { secretStore, type SecretStore } from './engine/secrets-store.js';
import { silenceStore, teamStore } from './outages/team-store.js';
import { syncStore } from './directory/sync-store.js';
import { openTurnStore, type TurnStore } from './conversations/turn-store.js';
import { askedOfferStore, type AskedOfferStore } from './answers/asked-offer-store.js';
import { unansweredStore, type PurgeableUnansweredStore } from './answers/unanswered-store.js';
import { insightStore, type PurgeableInsightStore } from './insights/insight-store.js';
import type { InsightDigestStore } from '../../core/services/insights/ports.js';
import { visitorStore, type VisitorStore } from './conversations/visitor-store.js';
import { weeklyStore } from './outages/weekly-store.js';
import { workerStore, type WorkerStore } from './outages/worker-store.js';

export interface Stores {
  readonly kind: 'sqlite' | 'postgres';
  /** Opened beside the processes that use the store; every write fails. */
  readonly readOnly?: boolean;
  readonly database: Database;
  readonly botState: BotStateStorage;
  readonly told: ToldStore;
  readonly directory: AuditedDirectoryStore;
  readonly profile: KeptProfile;
  readonly unanswered: PurgeableUnansweredStore;
  readonly askedOffers: AskedOfferStore;
  readonly insights: PurgeableInsightStore;
  readonly insightDigests: InsightDigestStore;
  readonly conversations: DurableConversationLog;
  readonly visitors: VisitorStore;
  readonly secrets: SecretStore;
  readonly turns: TurnStore;
  readonly lateTurns: LateTurnStore;
  readonly references: ReferenceStore;
  readonly rates: RateStore;
  readonly people: PeopleStore;
  readonly phrases: KeptPhraseStore;
  readonly lessons: PurgeableLessonStore;
  readonly leases: Leases;
  readonly syncs: SyncStates;
  readonly reports: PurgeableReportStore;
  readonly notices: NoticeStore;
  readonly cases: KeptCaseStore;
  readonly handovers: HandoverStore;
  readonly outages: OutageStores;
  readonly apiKeys: ApiKeyStore;
  /** Makes due what waits for a time from before the clock was set back. Returns the number of repaired rows. */
  repairFutureTimes(): Promise<number>;
  /** Resolves when the database answers within two seconds. @throws DeskError `store.unavailable` */
  checkReady(): Promise<void>;
  close(): Promise<void>;
}

/** The stores of the outage feature. */
export interface OutageStores {
  readonly sources: SourceStore;
  readonly secrets: SenderSecrets;
  readonly incidents: IncidentStore;
  readonly history: IncidentHistory;
  readonly deliveries: DeliveryStore;
  /** When a recipient last got something about an outage, in milliseconds; 0 before. */
  readonly lastCardAt: (readerId: string) => Promise<number>;
  readonly recipients: RecipientStore;
  readonly silences: SilenceStore;
  readonly teams: TeamStore;
  readonly weekly: WeeklyStore;
  readonly workers: WorkerStore;
  readonly retention: OutageRetention;
}

const READY_MS = 2000;

/** Opens the database (see `openDatabase` for what it throws) and every store on it. */
export async function openStores(options: DatabaseOptions): Promise<Stores> {
  return storesOn(await openDatabase(options), options);
}

/** Opens the stores beside running servers; every write fails. @throws DeskError `store.damaged`, `store.unavailable` */
export async function openReadOnly(options: DatabaseOptions): Promise<Stores> {
  return { ...(await storesOn(await openDatabaseReadOnly(options), options)), readOnly: true };
}

async function storesOn(database: Database, options: DatabaseOptions): Promise<Stores> {
  const { kysely, engine } = database;
  const botState = new BotStateStorage(kysely, options.now);
  const turns = await openTurnStore({ kysely, engine, botState, now: options.now });
  return {
    kind: engine.kind,
    database,
    botState,
    directory: directoryStore(kysely, engine),
    profile: profileStore(kysely, engine),
    unanswered: unansweredStore(kysely, options.now),
    askedOffers: askedOfferStore(kysely),
    insights: insightStore(kysely, turns.storage),
    insightDigests: weeklyStore(kysely, engine, 'insight_digests'),
    conversations: conversationLog(kysely, options.now),
    visitors: visitorStore(kysely, options.now),
    secrets: secretStore(kysely, options.now),
    lateTurns: lateTurnStore(kysely),
    turns,
    told: toldStore(botState, options.now),
    references: referenceStore(kysely, options.now),
    rates: rateStore(kysely, options.now),
    people: peopleStore(kysely, options.now),
    phrases: phraseStore(kysely),
    lessons: lessonStore(kysely),
    leases: leases(kysely, engine),
    syncs: syncStore(kysely),
    reports: contactReportStore(kysely),
    notices: contactNoticeStore(kysely),
    cases: caseStore(kysely, engine, options.now),
    handovers: await openHandoverStore(kysely, engine),
    outages: outageStores(kysely, engine),
    apiKeys: apiKeyStore(kysely),
    repairFutureTimes: () => repairFutureTimes(kysely, options.now()),
    checkReady: () => checkReady(database, options.dataDir, options.now),
    close: () => database.close(),
  };
}

function outageStores(kysely: Database['kysely'], engine: Database['engine']): OutageStores {
  return {
    sources: outageSourceStore(kysely),
    secrets: senderSecrets(kysely),
    incidents: incidentStore(kysely, engine),
    history: incidentHistory(kysely),
    deliveries: deliveryStore(kysely, engine),
    lastCardAt: (readerId) => lastCardAt(kysely, readerId),
    recipients: recipientStore(kysely),
    silences: silenceStore(kysely),
    teams: teamStore(kysely),
    weekly: weeklyStore(kysely, engine, 'weekly_summaries'),
    workers: workerStore(kysely, engine),
    retention: outageRetention(kysely),
  };
}

/** The least free space for a ready store: a turn or an import must still fit. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

/** Writes one row, because a full or read-only disk can still be read. */
async function checkReady({ kysely, sqlite }: Database, dataDir: string, now: Clock): Promise<void> {
  const probe = async () => {
    const value = Math.floor(now() / 1000);
    await kysely
      .insertInto('counters')
      .values({ name: 'readiness-probe', value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    if (sqlite && !(await hasRoom(dataDir, LEAST_FREE_BYTES)))
      throw new DeskError('store.unavailable', `The disk of ${dataDir} is nearly full`);
  };
  await withinOrThrow(
    READY_MS,
    probe(),
    () => new DeskError('store.unavailable', `The database gave no answer within ${READY_MS} ms`),
  );
}

/** True when the directory's disk has at least this many free bytes. */
export async function hasRoom(dataDir: string, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize >= bytes;
}
