/** Joins reports of wrong contacts with the rest of the product. Part of the wiring. */
import { randomUUID } from 'node:crypto';
import { LANGUAGES, type Language } from '../core/terms.js';
import type { ReportServices } from '../dialogs/report-services.js';
import { markNow } from '../dialogs/report-view.js';
import type { DeskServices } from '../dialogs/services.js';
import type { AppOptions } from './app.js';
import type { BotParts } from './bot-wiring.js';
import type { Cleanup } from './http-kit.js';
import type { LiveOptions } from './live.js';
import { openDoubts } from './report-doubts.js';
import { administratorsOf, postNotice } from './report-post.js';
import { startReportWorker } from './report-worker.js';
import type { Gates } from './staff-gate.js';
import type { Stores } from './store/stores.js';
import type { ConnectorFor } from './teams/connector-cache.js';
import { proactive } from './teams/proactive.js';
import { referenceOf } from './teams/reference-of.js';
import { LOCAL_SERVICE_URL } from './web/directline/hub.js';

/** Reports as the chat sees them; `onChange` is who looks after what is written. */
export interface OpenReports extends ReportServices {
  onChange(look: () => void): void;
}

/** Opens them over the stores. */
export async function openReports(stores: Stores, options: LiveOptions): Promise<OpenReports> {
  const doubts = await openDoubts(stores.reports, options);
  let look = (): void => undefined;
  return {
    store: stores.reports,
    newId: randomUUID,
    doubted: doubts.of,
    referenceOf,
    changed: async () => {
      await doubts.refresh();
      look();
    },
    onChange: (next) => void (look = next),
  };
}

export interface ReportWiring {
  readonly options: AppOptions;
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly reports: OpenReports;
  readonly gates: Gates;
  readonly web: BotParts['web'];
  readonly connectorFor: ConnectorFor;
  readonly mayAnswerTo: (serviceUrl: string) => boolean;
  /** Registers work for the end of the server. */
  readonly onClose: (cleanup: Cleanup) => void;
}

/** Starts what tells administrators and reporters; it ends with the server. */
export function wireReports(wiring: ReportWiring): void {
  const { options, stores, services, reports, gates, web } = wiring;
  const { now, log, config } = options;
  const isLocal = (url: string) => url === LOCAL_SERVICE_URL;
  const { connectorFactory } = web.authentication.localRequest();
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
    onSettled: () => reports.changed(),
    administrators: async () =>
      nobody ? { chats: [], sure: true } : administratorsOf(stores.references, gates),
    send: (notice) => postNotice(post, notice),
    now,
    log,
  });
  reports.onChange(() => worker.kick());
  wiring.onClose(() => worker.stop());
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
