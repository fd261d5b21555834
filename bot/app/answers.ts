/** Makes what the dialogs ask of the rest of the product. Part of the wiring. */
import { hmacSigner } from '../../cards/kit/signer.js';
import { redact } from '../../core/understanding/redact.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { openUpkeepServices } from './admin.js';
import type { AppOptions } from './app.js';
import type { LiveDirectory } from './live-directory.js';
import type { OpenHandover } from './handover.js';
import { newReference } from '../http/server.js';
import { openLiveProfile, openLiveReader } from './live-values.js';
import { openOutages } from './outages.js';
import { openPeopleServices } from './people.js';
import type { OpenReports } from './reports.js';
import type { Stores } from '../store/stores.js';
import { mailLinks } from '../web/go-mail.js';

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
