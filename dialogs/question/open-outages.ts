/** The open outages that a reader may see: beside an answer, and on a customer's first card. */
import type { StartData } from '../../cards/kit/card-data.js';
import { isReleased } from '../../core/incident/acts.js';
import { compareSeverity, type Incident } from '../../core/incident/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import type { Directory } from '../../core/directory/types.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';

/** Only staff see unreleased outages. An error of the store must not prevent the answer. */
export async function openOutagesOf(
  { offer }: Answer,
  { outages, log }: DeskServices,
  { asker, scope }: Turn,
): Promise<readonly Incident[]> {
  if (!outages || !offer) return [];
  try {
    const open = await outages.receiveDeps.incidents.openFor(offer.id, offer.publisherId);
    const staffAlone = asker === 'partner' && scope === 'personal';
    return staffAlone ? open : open.filter((incident) => isReleased(incident, outages.releaseFrom));
  } catch (error) {
    log.warn('outages.not-asked', { error });
    return [];
  }
}

/** Staff read since when a status page of the offer cannot be read. An error must not prevent the answer. */
export async function unreadableSinceOf(
  { offer }: Answer,
  { outages, log }: DeskServices,
  { asker, scope }: Turn,
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
    const open = await outages.receiveDeps.incidents.open();
    const own = new Set(owned.map(({ offerId }) => offerId));
    const isOwn = ({ affected }: Incident) => Number(affected.offers.some((id) => own.has(id)));
    return open
      .filter((incident) => isReleased(incident, outages.releaseFrom) && !incident.joinedInto)
      .sort(
        (a, b) => isOwn(b) - isOwn(a) || compareSeverity(b.severity, a.severity) || b.startedAt - a.startedAt,
      );
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
