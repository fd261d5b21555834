/** The outages that concern this desk: its offers, and the regions of its customers. */
import type { Party } from '../terms.js';
import type { Affected, OutageEvent } from './types.js';
import { foldName } from './grouping.js';

/** A registered source, as far as the rules need it. */
export interface SourceScope {
  readonly id: string;
  /** The publisher of the source; null for a source about Microsoft's own services. */
  readonly publisherId: string | null;
  /** The offers it may name; `'all'` for every offer of its publisher. */
  readonly offers: 'all' | readonly string[];
  /** Sender's component names to the offers they stand for. */
  readonly componentOffers: Readonly<Record<string, readonly string[]>>;
  /** The owner of the service in an outage of this source, where the notice does not name one. */
  readonly owner: Party;
}

/** What all of the desk's own sources have: the staff's form, and the sender of the demonstration. */
export const OWN_SOURCE = {
  offers: 'all',
  componentOffers: {},
  owner: 'publisher',
  format: 'own',
  active: true,
  tellsApart: true,
  confirmAt: null,
} as const;

export type Scoped =
  | { readonly kind: 'within'; readonly event: OutageEvent }
  | { readonly kind: 'outside'; readonly offers: readonly string[]; readonly publishers: readonly string[] };

/**
 * Checks what the event names against what the source may report about. An event that names nothing concerns everything
 * in the source's scope. An offer that the directory does not know is kept as unrecognised. Only a source about
 * Microsoft may name Microsoft as the owner. The result is the completed event, or the names outside the scope.
 * @param publisherOf publisher id of an offer in the directory, or undefined for an offer nobody knows.
 */
export function withinScope(
  event: OutageEvent,
  scope: SourceScope,
  publisherOf: (offerId: string) => string | undefined,
): Scoped {
  // An offer in our own mapping that the directory has lost since does not make the server refuse the notice.
  const mapped = event.affected.components
    .flatMap((name) => ownEntry(scope.componentOffers, name))
    .filter((offer) => mayName(offer, scope, publisherOf));
  const unrecognised =
    scope.publisherId === null
      ? []
      : event.affected.offers.filter(
          (one) => publisherOf(one) === undefined && !mayName(one, scope, publisherOf),
        );
  const named = event.affected.offers.filter((offer) => !unrecognised.includes(offer));
  const offers = [...new Set([...named, ...mapped])];
  const outside = {
    offers: offers.filter((offer) => !mayName(offer, scope, publisherOf)),
    publishers: event.affected.publishers.filter((publisher) => publisher !== scope.publisherId),
  };
  if (outside.offers.length > 0 || outside.publishers.length > 0) return { kind: 'outside', ...outside };
  const affected: Affected = {
    ...event.affected,
    offers: offers.length > 0 || scope.offers === 'all' || unrecognised.length > 0 ? offers : scope.offers,
    publishers: scope.publisherId === null ? [] : [scope.publisherId],
  };
  const owner = event.owner === 'microsoft' && scope.owner !== 'microsoft' ? null : event.owner;
  return {
    kind: 'within',
    event: {
      ...event,
      affected,
      owner,
      ...(affected.offers !== offers && { impliedOffers: true }),
      ...(unrecognised.length > 0 && { unrecognised }),
    },
  };
}

/**
 * True when the source may report about an alert's things. An offer that the directory does not know is a spelling
 * error: it is judged with the notice.
 */
export function mayTell(
  named: Pick<Affected, 'offers' | 'publishers'>,
  scope: Pick<SourceScope, 'offers' | 'publisherId'>,
  publisherOf: (offerId: string) => string | undefined,
): boolean {
  const offers = named.offers.every(
    (offer) =>
      mayName(offer, scope, publisherOf) || (scope.publisherId !== null && publisherOf(offer) === undefined),
  );
  return offers && named.publishers.every((publisher) => publisher === scope.publisherId);
}

/** True for an offer the source may name. */
export function mayName(
  offer: string,
  scope: Pick<SourceScope, 'offers' | 'publisherId'>,
  publisherOf: (offerId: string) => string | undefined,
): boolean {
  if (scope.offers !== 'all') return scope.offers.includes(offer);
  const publisher = publisherOf(offer);
  return publisher !== undefined && publisher === scope.publisherId;
}

function ownEntry(map: SourceScope['componentOffers'], name: string): readonly string[] {
  return Object.hasOwn(map, name) ? (map[name] ?? []) : [];
}

/**
 * The named regions with customers of the partner, in the sender's words. `West Europe` and `westeurope` are the same
 * place. Undefined when the partner gave no regions: then nothing is known.
 */
export function ourRegions(
  named: readonly string[],
  customers: readonly string[] | undefined,
): readonly string[] | undefined {
  if (customers === undefined) return undefined;
  const ours = new Set(customers.map(foldName));
  return named.filter((region) => ours.has(foldName(region)));
}
