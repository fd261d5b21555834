/** The open outages that a reader may see: beside an answer, and on a customer's first card. */
import type { StartData } from '../../cards/kit/card-data.js';
import { isReleased } from '../../core/incident/acts.js';
import { compareSeverity, type Incident } from '../../core/incident/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import type { Directory } from '../../core/directory/types.js';
import type { OutageServices } from '../outages/outage-turn.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';

type OutageReader = Pick<Turn, 'asker' | 'scope'>;

/** Staff alone with the bot read every outage, other readers the released ones. */
function mayRead(
  incident: Incident,
  { releaseFrom }: Pick<OutageServices, 'releaseFrom'>,
  { asker, scope }: OutageReader,
): boolean {
  return (asker === 'partner' && scope === 'personal') || isReleased(incident, releaseFrom);
}

/**
 * Every open outage that the reader may see, without those that are a part of another one: the most severe first, then
 * the newest. Throws the store's errors, because an empty list would say that all is well.
 */
export async function openOutagesFor(
  outages: OutageServices,
  reader: OutageReader,
): Promise<readonly Incident[]> {
  const open = await outages.receiveDeps.incidents.open();
  return open
    .filter((incident) => mayRead(incident, outages, reader) && !incident.joinedInto)
    .sort((a, b) => compareSeverity(b.severity, a.severity) || b.startedAt - a.startedAt);
}

/** Only staff see unreleased outages. An error of the store must not prevent the answer. */
export async function openOutagesOf(
  { offer }: Answer,
  { outages, log }: DeskServices,
  { asker, scope }: OutageReader,
): Promise<readonly Incident[]> {
  if (!outages || !offer) return [];
  try {
    const open = await outages.receiveDeps.incidents.openFor(offer.id, offer.publisherId);
    return open.filter((incident) => mayRead(incident, outages, { asker, scope }));
  } catch (error) {
    log.warn('outages.not-asked', { error });
    return [];
  }
}

/** Staff read since when a status page of the offer cannot be read. An error must not prevent the answer. */
export async function unreadableSinceOf(
  { offer }: Answer,
  { outages, log }: DeskServices,
  { asker, scope }: OutageReader,
): Promise<number | undefined> {
  if (!outages || !offer || asker !== 'partner' || scope !== 'personal') return undefined;
  try {
    return (await outages.unreadableSince(offer.id)) ?? undefined;
  } catch (error) {
    log.warn('outages.not-asked', { error });
    return undefined;
  }
}

/** More would push the question out of a small window. */
const MOST_AT_START = 2;

/**
 * The open outages that customers may see: those of the customer's own offers first, then the most severe, then the
 * newest. An error of the store must not prevent the greeting.
 */
export async function releasedOutages(
  { outages, log }: DeskServices,
  { owned = [] }: Turn,
): Promise<readonly Incident[]> {
  if (!outages) return [];
  try {
    const open = await openOutagesFor(outages, { asker: 'customer', scope: 'personal' });
    const own = new Set(owned.map(({ offerId }) => offerId));
    const isOwn = ({ affected }: Incident) => Number(affected.offers.some((id) => own.has(id)));
    return [...open].sort((a, b) => isOwn(b) - isOwn(a));
  } catch (error) {
    log.warn('outages.not-asked', { error });
    return [];
  }
}

/** The first of these outages as the first card shows them, and the number of the others. */
export function outagesShown(
  incidents: readonly Incident[],
  directory: Directory,
): Pick<StartData, 'outages' | 'moreOutages'> {
  const outages = incidents.slice(0, MOST_AT_START).map((incident) => {
    const [id] = incident.affected.offers.filter((one) => directory.offers.has(one));
    const name = id === undefined ? undefined : directory.offers.get(id)?.name;
    return { incident, ...(id !== undefined && name !== undefined && { offer: { id, name } }) };
  });
  return { outages, moreOutages: incidents.length - outages.length };
}
