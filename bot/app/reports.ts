/** Joins reports of wrong contacts with the rest of the product. Part of the wiring. */
import { randomUUID } from 'node:crypto';
import { ADMIN_SOURCE, contactMark } from '../../core/directory/correction.js';
import { contactKindOf, type ContactAbout } from '../../core/services/reports/contact-about.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import type { ReportServices } from '../../dialogs/reports/report-services.js';
import { markNow } from '../../dialogs/reports/report-view.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { AppOptions } from './app.js';
import type { BotParts } from './bot.js';
import type { Cleanup } from '../runtime/http-kit.js';
import type { LiveOptions } from './live-values.js';
import { openDoubts } from './disputed-contacts.js';
import { administratorsOf, postNotice } from './report-messages.js';
import { startReportWorker, type ReportWorker } from './report-worker.js';
import type { Gates } from './gates.js';
import type { Stores } from '../store/stores.js';
import type { ConnectorFor } from '../teams/proactive-connectors.js';
import { proactive } from '../teams/proactive.js';
import { referenceOf } from '../teams/reference-keeper.js';
import { LOCAL_SERVICE_URL } from '../web/directline/hub.js';

type Worker = Omit<ReportWorker, 'stop'>;

/** Reports as the chat sees them. */
export interface OpenReports extends ReportServices {
  /** Who looks after what is written, once it stands. */
  join(worker: Worker): void;
  /** An administrator has looked after a contact in the upkeep. */
  readonly lookedAfter: ReportWorker['lookedAfter'];
}

/** Opens them over the stores. */
export async function openReports(stores: Stores, options: LiveOptions): Promise<OpenReports> {
  const doubts = await openDoubts(stores.reports, options);
  const late: { worker?: Worker } = {};
  return {
    store: stores.reports,
    newId: randomUUID,
    doubted: doubts.of,
    referenceOf,
    changed: async () => {
      await doubts.refresh();
      late.worker?.kick();
    },
    settleChanged: async () => late.worker?.settleChanged(),
    lookedAfter: async (contact) => late.worker?.lookedAfter(contact),
    join: (worker) => void (late.worker = worker),
  };
}

export interface ReportWiring {
  readonly options: AppOptions;
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly reports: OpenReports;
  readonly gates: Gates;
  readonly parts: Pick<BotParts, 'web'>;
  readonly connectorFor: ConnectorFor;
  readonly mayAnswerTo: (serviceUrl: string) => boolean;
  /** Registers work for the end of the server. */
  readonly onClose: (cleanup: Cleanup) => void;
}

/** Starts what tells administrators and reporters; it ends with the server. */
export function wireReports(wiring: ReportWiring): void {
  const { options, stores, services, reports, gates, parts } = wiring;
  const { now, log, config } = options;
  const isLocal = (url: string) => url === LOCAL_SERVICE_URL;
  const { connectorFactory } = parts.web.authentication.localRequest();
  const sender = proactive({
    connectorFor: (url) =>
      isLocal(url) && connectorFactory ? connectorFactory.create(url, '') : wiring.connectorFor(url),
    mayAnswerTo: (url) => isLocal(url) || wiring.mayAnswerTo(url),
    now,
  });
  const post = {
    services,
    reports: stores.reports,
    references: stores.references,
    proactive: sender,
    languageOf: (userId: string) => chosenLanguage(stores, userId),
    defaultLanguage: config.defaultLanguage,
  };
  const nobody = config.registration !== undefined && config.admins.length + config.adminGroups.length === 0;
  const worker = startReportWorker({
    reports: stores.reports,
    notices: stores.notices,
    leases: stores.leases,
    markNow: markNow(services),
    refresh: async () => services.upkeep?.refresh(),
    isCorrected: (about) => isCorrected(stores, about, markNow(services)(about)),
    onSettled: () => reports.changed(),
    administrators: async () =>
      nobody ? { chats: [], sure: true } : administratorsOf(stores.references, gates),
    send: (notice) => postNotice(post, notice),
    now,
    log,
  });
  reports.join(worker);
  wiring.onClose(() => worker.stop());
}

/** Only administrators write desks; of a directory contact, the administrators' own row says the same. */
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

/** The language a person chose in the chat, as the bot's state keeps it. */
async function chosenLanguage(stores: Stores, userId: string): Promise<Language | undefined> {
  const key = `msteams/users/${userId}/`;
  const { [key]: state } = (await stores.botState.read([key])) as Record<
    string,
    { person?: { language?: unknown } } | undefined
  >;
  return LANGUAGES.find((language) => language === state?.person?.language);
}
