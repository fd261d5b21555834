/** Makes what the dialogs ask of the rest of the product. Part of the wiring. */
import { hmacSigner } from '../cards/signer.js';
import { redact } from '../core/understanding/redact.js';
import type { DeskServices } from '../dialogs/services.js';
import { openUpkeepServices } from './admin-wiring.js';
import type { AppOptions } from './app.js';
import type { LiveDirectory } from './directory-view.js';
import type { OpenHandover } from './handover-wiring.js';
import { newReference } from './http/server.js';
import { openLiveProfile, openLiveReader } from './live.js';
import { openOutages } from './outage-wiring.js';
import { openPeopleServices } from './people-wiring.js';
import type { OpenReports } from './report-wiring.js';
import type { Stores } from './store/stores.js';
import { mailLinks } from './web/go-mail.js';

/** Opens them over the stores; profile and phrases follow what other instances write. */
export async function openServices(
  options: AppOptions,
  stores: Stores,
  directory: LiveDirectory,
  { reports, handover }: { readonly reports: OpenReports; readonly handover: OpenHandover },
) {
  const { log, now } = options;
  const signer = hmacSigner(await stores.secrets.getOrCreate('cards'));
  const profile = await openLiveProfile(stores.profile, { now, log });
  const reader = await openLiveReader(stores.phrases, { now, log });
  const { publicUrl } = options.config;
  const mailSigner = hmacSigner(await stores.secrets.getOrCreate('mail-links'));
  const services: DeskServices = {
    view: directory.view,
    profile,
    reader,
    unanswered: stores.unanswered,
    signer,
    now,
    newReference,
    redact,
    log,
    people: await openPeopleServices(options),
    reports,
    handover,
    upkeep: openUpkeepServices({
      stores,
      directory,
      refreshProfile: profile.refresh,
      afterCorrected: (contact) => reports.lookedAfter(contact),
    }),
    fresh: profile.fresh,
    outages: openOutages(stores, directory.view, now, options.config.outages.releaseFrom),
    mailLink: publicUrl?.startsWith('https:') ? mailLinks(publicUrl, mailSigner) : undefined,
  };
  return services;
}
