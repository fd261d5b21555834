/** Opens the services the dialogs use. */
import { openAskedOffers } from './asked-offers.js';
import { hmacSigner } from '../../cards/kit/actions.js';
import { redact } from '../../core/understanding/redact.js';
import { newReference } from '../http/server.js';
import { inTimeSlices } from '../../dialogs/shared/time-slices.js';
import { mailLinks } from '../web/go-mail.js';
import { openAdminServices } from './admin.js';
import { examine } from './doctor/doctor.js';
import type { AppContext, AppServices } from './context.js';
import { openInsights } from './insights.js';
import { openCases } from './cases.js';
import { openHandover } from './handover.js';
import { freshAll, openLiveProfile, openLiveClassifier } from './live-values.js';
import { openOutages } from './outages.js';
import { openPartnerCenterService } from './partner-center.js';
import { openPeopleServices } from './people.js';
import { isSample, openSampleInForce, setUpOf } from './set-up.js';
import { openReports } from './reports.js';
import { signingKeys } from './signing-keys.js';

type Opened = Pick<
  AppContext,
  'config' | 'env' | 'stores' | 'directory' | 'log' | 'now' | 'people' | 'partnerCenter' | 'rootDir'
>;

/** Opens the services over the stores. Profile and phrases follow changes of other instances. */
export async function openServices(context: Opened): Promise<AppServices> {
  const { config, stores, directory, log, now } = context;
  const profile = await openLiveProfile(stores.profile, { now, log });
  const classifier = await openLiveClassifier(stores.phrases, { now, log });
  const refresh = async () => void (await Promise.all([directory.refresh(), profile.refresh()]));
  const handover = await openHandover(context);
  const isSampleNow = await openSampleInForce(context);
  const sampleKept = await isSample(stores.profile);
  const reports = await openReports({ ...context, profile, refresh });
  const [mailKey, ...olderMailKeys] = await signingKeys(context, 'mail-links');
  const mailSigner = hmacSigner(mailKey, olderMailKeys);
  const [cardKey, ...olderCardKeys] = await signingKeys(context, 'cards');
  return {
    view: directory.view,
    profile,
    classifier,
    unanswered: stores.unanswered,
    lessons: stores.lessons,
    asked: await openAskedOffers(stores.askedOffers, { now, log }),
    signer: hmacSigner(cardKey, olderCardKeys),
    now,
    newReference,
    redact,
    log,
    people: await openPeopleServices(context),
    partnerCenter: openPartnerCenterService(context),
    insights: await openInsights(context),
    reports,
    cases: await openCases({ ...context, profile }),
    handover,
    admin: adminOf(context, refresh, reports, classifier.refresh),
    fresh: () => freshAll([profile, classifier, handover.staffChannel, isSampleNow]),
    isSample: isSampleNow,
    setUp: () => setUpOf({ config, directory, profile, sampleKept }),
    outages: openOutages(context),
    mailLink: config.publicUrl?.startsWith('https:') ? mailLinks(config.publicUrl, mailSigner) : undefined,
  };
}

/** Administration in the chat, with the doctor of this installation. */
function adminOf(
  {
    config,
    env,
    stores,
    directory,
    rootDir,
    now,
  }: Pick<AppContext, 'config' | 'env' | 'stores' | 'directory' | 'rootDir' | 'now'>,
  refresh: () => Promise<void>,
  { settling }: AppServices['reports'],
  learned: () => Promise<void>,
): AppServices['admin'] {
  const { lessons, unanswered, phrases } = stores;
  return openAdminServices({
    stores,
    directory,
    refresh,
    examine: () => examine({ config, env, rootDir, stores, now, fetch }),
    afterCorrected: (contact) => settling.lookedAfter(contact),
    learning: { lessons, unanswered, phrases, refresh: learned, inSlices: inTimeSlices },
  });
}
