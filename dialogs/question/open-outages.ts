/** The open outages of the offer somebody asks about, as far as this asker may know of them. */
import { isReleased } from '../../core/incident/acts.js';
import type { Incident } from '../../core/incident/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';

/** Staff alone see what is not released; what the store cannot say must not cost anybody the answer. */
export async function openOutagesOf(
  { offer }: Answer,
  { outages, log }: DeskServices,
  { asker, scope }: Turn,
): Promise<readonly Incident[]> {
  if (!outages || !offer) return [];
  try {
    const open = await outages.desk.incidents.openFor(offer.id, offer.publisherId);
    const staffAlone = asker === 'partner' && scope === 'personal';
    return staffAlone ? open : open.filter((incident) => isReleased(incident, outages.releaseFrom));
  } catch (error) {
    log.warn('outages.not-asked', { error });
    return [];
  }
}
