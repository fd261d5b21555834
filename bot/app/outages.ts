/** Joins outages with the rest of the product: one call for the chat's services, one for routes and workers. */
import type { Limiter } from '../../core/incident/rate.js';
import type { Severity } from '../../core/incident/types.js';
import type { Clock, Log } from '../../core/ports.js';
import type { Asker } from '../../core/terms.js';
import type { OutageServices } from '../../dialogs/outages/outage-services.js';
import type { DeskServices, DirectoryView } from '../../dialogs/shared/services.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { intakeDesk, outageServices, registerOutages, startOutageWorkers } from './outage-workers.js';
import type { TokenFor } from './outage-tokens.js';
import type { Stores } from '../store/stores.js';
import type { NotifierDeps } from '../teams/notifier.js';
import { referenceKeeper, type KeepReference } from '../teams/reference-keeper.js';

/** What the chat needs of outages, over the stores and the directory of the moment. */
export function openOutages(
  stores: Stores,
  view: () => DirectoryView,
  now: Clock,
  releaseFrom: Severity | null,
): OutageServices {
  const publisherOf = (offerId: string): string | undefined =>
    view().directory.offers.get(offerId)?.publisherId;
  const desk = { ...intakeDesk(stores, publisherOf, now), releaseFrom };
  return outageServices(stores, desk, releaseFrom);
}

export interface OutageWiring {
  readonly kit: HttpKit;
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly connectorFor: NotifierDeps['connectorFor'];
  readonly mayAnswerTo: NotifierDeps['mayAnswerTo'];
  /** The platform's limits, shared with everything else that is sent unasked. */
  readonly limiter: Limiter;
  readonly tokenFor: TokenFor;
  readonly now: Clock;
  readonly log: Log;
}

/** Registers the intake and starts the workers, which end with the server. Returns who takes note of every activity. */
export function wireOutages(
  wiring: OutageWiring,
): (activity: Parameters<KeepReference>[0], asker: Asker) => void {
  const { kit, stores, services, now, log } = wiring;
  if (!services.outages) return () => undefined;
  const { desk, people } = services.outages;
  registerOutages(kit, stores, desk, log);
  const workers = startOutageWorkers({ ...wiring, desk, people });
  kit.onClose(() => workers.stop());
  const { references } = stores;
  const keep = referenceKeeper({ references, readers: stores.outages.readers, now });
  return (activity, asker) => {
    // Only staff are ever told of outages; where customers write from is nobody's business here.
    if (asker !== 'partner') return;
    keep(activity).catch((error: unknown) => log.warn('outages.reference-not-kept', { error }));
  };
}
