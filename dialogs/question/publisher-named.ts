/** The publisher that a sentence names: the bot then asks for one of its offers. Pure. */
import type { OfferMatch } from '../../core/directory/search/types.js';
import type { Directory } from '../../core/directory/types.js';
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
 * Another publisher than that of the offer in question, when the words name it together with an issue, or are its name
 * alone. An answer about the offer in question would be about the wrong publisher.
 */
export function otherPublisher(
  { offerId }: RouteState,
  text: string,
  { match, read, channels = [] }: UnderstoodSentence,
  directory: Directory,
): string | undefined {
  const publisherId = publisherNamed(match);
  const present = typeof offerId === 'string' ? directory.offers.get(offerId) : undefined;
  if (publisherId === undefined || !present || present.publisherId === publisherId) return undefined;
  const tellsMore = read.decision === 'answered' || isNameAlone(text);
  return tellsMore && channels.length === 0 && !isOfMicrosoft(match, directory) ? publisherId : undefined;
}

/** Microsoft publishes offers too, but its name in a sentence mostly means the seller or the platform. */
function isOfMicrosoft(match: OfferMatch, { offers }: Directory): boolean {
  const [first] = match.kind === 'publishers' ? match.hits : [];
  return first !== undefined && offers.get(first.offerId)?.supportTier === 'microsoft';
}
