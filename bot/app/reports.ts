/** Joins reports of wrong contacts with the rest of the product. */
import { randomUUID } from 'node:crypto';
import { ADMIN_SOURCE, contactMark } from '../../core/directory/correction.js';
import { contactKindOf, type ContactAbout } from '../../core/services/reports/contact-about.js';
import { aboutId, doubts, type ContactReportStore } from '../../core/services/reports/report-contact.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import { MOST_OPEN } from '../../dialogs/reports/contact-reports.js';
import { languageOf, type Speech } from '../../dialogs/shared/speech.js';
import { markNow } from '../../dialogs/reports/report-view.js';
import { WakeSignal } from '../runtime/wake-signal.js';
import type { Stores } from '../store/stores.js';
import { proactive } from '../teams/proactive.js';
import { referenceOf } from '../teams/reference-keeper.js';
import { toEveryChannel, toldIn } from './bot.js';
import type { AppContext, AppServices } from './context.js';
import type { LiveOptions } from './live-values.js';
import { administratorsOf, postNotice } from './report-messages.js';
import { settlingOf, startReportWorker } from './report-worker.js';
import { passedSince } from '../../core/time.js';

interface ReportDeps extends Pick<AppContext, 'stores' | 'directory' | 'now' | 'log'> {
  readonly profile: AppServices['profile'];
  /** Reads the directory and the profile again. */
  readonly refresh: () => Promise<void>;
}

/** The chat's report service, over the stores. */
export async function openReports(deps: ReportDeps): Promise<AppServices['reports']> {
  const { stores, directory, profile, refresh, now, log } = deps;
  const disputed = await openDoubts(stores.reports, { now, log });
  const wake = new WakeSignal();
  const changed = async (): Promise<void> => {
    await disputed.refresh();
    wake.wake();
  };
  const mark = markNow({ view: directory.view, profile });
  const settling = settlingOf({
    reports: stores.reports,
    markNow: mark,
    refresh,
    isCorrected: (about) => isCorrected(stores, about, mark(about)),
    onSettled: changed,
    now,
  });
  return {
    store: stores.reports,
    newId: randomUUID,
    doubted: disputed.of,
    referenceOf,
    changed,
    settleChanged: () => settling.settleNow(),
    settling,
    wake,
  };
}

/** Starts the worker that tells administrators and reporters; it ends with the server. */
export function startReports(
  context: Pick<
    AppContext,
    'config' | 'stores' | 'services' | 'gates' | 'web' | 'outward' | 'spans' | 'now' | 'log' | 'server'
  >,
): void {
  const { config, stores, services, gates, now, log, server } = context;
  const post = {
    services,
    reports: stores.reports,
    references: stores.references,
    proactive: proactive({ ...toEveryChannel(context), spans: context.spans, now, told: toldIn(context) }),
    languageOf: (userId: string) => keptLanguage(stores, userId),
    defaultLanguage: config.defaultLanguage,
  };
  const nobody = config.registration !== undefined && config.admins.length + config.adminGroups.length === 0;
  const { settling, wake } = services.reports;
  const worker = startReportWorker({
    settling,
    wake,
    notices: stores.notices,
    leases: stores.leases,
    administrators: async () =>
      nobody ? { chats: [], sure: true } : administratorsOf(stores.references, gates),
    send: (notice) => postNotice(post, notice),
    now,
    log,
  });
  server.onClose(() => worker.stop());
}

/** Contacts that several people reported as wrong. On other instances they may be a few seconds old. */
interface Doubts {
  /** The number of reporters, once it is high enough for a warning to everybody. Reading it is cheap. */
  readonly of: (about: ContactAbout) => number | undefined;
  /** Reads the contacts now. Throws the store's errors. */
  refresh(): Promise<void>;
}

/** The age in milliseconds after which they are read again. */
const STALE_MS = 3_000;

/** Reads the contacts, and reads them again on use. A failed read keeps the last good contacts. */
export async function openDoubts(
  store: Pick<ContactReportStore, 'open'>,
  { now, log }: LiveOptions,
): Promise<Doubts> {
  const read = async () => doubts(await store.open(MOST_OPEN));
  let current = await read();
  let readAt = now();
  const refresh = async (): Promise<void> => {
    readAt = now();
    current = await read();
  };
  return {
    of: (about) => {
      if (passedSince(readAt, now()) >= STALE_MS)
        refresh().catch((error: unknown) => log.warn('reports.warnings-not-read', { error }));
      return current.get(aboutId(about));
    },
    refresh,
  };
}

/** Only administrators write contact desks. For a directory contact, the administrators' own row says the same. */
async function isCorrected(
  { directory }: Pick<Stores, 'directory'>,
  { key, way }: Pick<ContactAbout, 'key' | 'way'>,
  mark: string | undefined,
): Promise<boolean> {
  if (key.startsWith('desk:')) return true;
  const row = (await directory.rowsOf(ADMIN_SOURCE)).get(key);
  const contacts = row && (row.kind === 'offer' ? row.offer : row.publisher).contacts;
  const own = contacts?.find(({ kind }) => kind === contactKindOf(way));
  return own !== undefined && contactMark(own) === mark;
}

/** The language in which the bot speaks with a person in the chat, from the bot's state. */
export async function keptLanguage(
  stores: Pick<Stores, 'botState'>,
  userId: string,
): Promise<Language | undefined> {
  const key = `msteams/users/${userId}/`;
  const { [key]: state } = (await stores.botState.read([key])) as Record<
    string,
    { person?: Speech } | undefined
  >;
  const speech = state?.person;
  return speech && Object.keys(speech).length > 0 ? languageOf(speech, LANGUAGES) : undefined;
}
