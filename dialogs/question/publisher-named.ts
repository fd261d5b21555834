/** The publisher that a sentence names: the bot then asks for one of its offers. Pure. */
import type { OfferMatch } from '../../core/directory/search/types.js';
import type { Directory, Offer } from '../../core/directory/types.js';
import type { UnderstoodSentence } from '../../core/services/answers/understand-sentence.js';
import type { RouteState } from './route-state.js';
import { isNameAlone } from './unknown-name.js';

/** The one publisher whose exact name is in the words. */
export function publisherNamed(match: OfferMatch): string | undefined {
  if (match.kind !== 'publishers') return undefined;
  const own = match.hits.filter(({ reason }) => reason === 'publisher').length;
  return own > 1 ? match.publisherIds[0] : undefined;
}

/** True when other publishers fit the words too. */
export function isAmongSeveral(match: OfferMatch): boolean {
  return match.kind === 'publishers' && match.publisherIds.length > 1;
}

/**
 * The words name another publisher than that of the offer in question, together with an issue, or they are its name alone.
 * An answer about the offer in question would be about the wrong publisher.
 */
export function namesOtherPublisher(
  { offerId }: RouteState,
  text: string,
  { match, read, channels = [] }: UnderstoodSentence,
  { offers }: Directory,
): boolean {
  const named = offerOfPublisher(match, offers);
  const present = typeof offerId === 'string' ? offers.get(offerId) : undefined;
  if (!named || !present || named.publisherId === present.publisherId) return false;
  const tellsMore = read.decision === 'answered' || isNameAlone(text);
  return tellsMore && channels.length === 0 && named.supportTier !== 'microsoft';
}

/**
 * An offer of the one publisher that the words name. Microsoft publishes offers too, but its name in a sentence mostly
 * means the seller or the platform.
 */
function offerOfPublisher(match: OfferMatch, offers: Directory['offers']): Offer | undefined {
  if (match.kind === 'one' && match.hit.reason === 'publisher') return offers.get(match.hit.offerId);
  const [first] = match.kind === 'publishers' && publisherNamed(match) !== undefined ? match.hits : [];
  return first && offers.get(first.offerId);
}
