/** Finds the offer of the directory that a customer's subscription is for, and orders subscriptions for a choice. */
import { namesOf } from '../../directory/own-language.js';
import type { OfferIndex } from '../../directory/search/types.js';
import { companyWords } from '../../directory/search/words.js';
import type { Directory, Offer } from '../../directory/types.js';
import type { CustomerSubscription, SubscriptionState } from '../../partner-center/types.js';
import { fold } from '../../text.js';
import type { Slices } from '../../time-slices.js';
import type { PurchaseChannel, SupportTier } from '../../terms.js';

/** One subscription as a choice of the question. */
export interface SubscriptionChoice {
  /** The offer's name in the directory, else the name that Partner Center gives. */
  readonly name: string;
  /** Absent: the directory has no such offer, or more than one. */
  readonly offerId?: string;
  readonly publisherName?: string;
  /** What Partner Center writes behind the offer's name. */
  readonly plan?: string;
  /** The directory's support tier; without an offer, what Partner Center says. Absent: unknown. */
  readonly tier?: SupportTier;
  readonly channel?: PurchaseChannel;
  readonly state: SubscriptionState;
}

/** The offers in which a name is looked up. */
interface Offers {
  readonly directory: Directory;
  readonly index: OfferIndex;
}

/** A customer may have thousands; the first ones of Partner Center's answer are looked up. */
const MOST_SUBSCRIPTIONS = 500;
/** Offers with the same words in their names. */
const MOST_CANDIDATES = 20;

/**
 * The subscriptions with a name: known offers first, then products of other publishers; those in use stand first. One
 * subscription in each slice.
 */
export function* choiceSlices(
  subscriptions: readonly CustomerSubscription[],
  offers: Offers,
): Slices<readonly SubscriptionChoice[]> {
  const named: SubscriptionChoice[] = [];
  for (const one of subscriptions.slice(0, MOST_SUBSCRIPTIONS)) {
    named.push(...(yield* choiceOf(one, offers)));
    yield undefined;
  }
  const rank = (one: SubscriptionChoice) =>
    (one.state === 'active' ? 0 : 4) +
    (one.offerId === undefined ? 2 : 0) +
    (one.tier === 'microsoft' ? 1 : 0);
  const once = new Map(named.map((one) => [JSON.stringify(one), one]));
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

function* choiceOf(
  subscription: CustomerSubscription,
  offers: Offers,
): Slices<readonly SubscriptionChoice[]> {
  const { offerName, publisherName, channel, state, supportedBy } = subscription;
  if (offerName === undefined) return [];
  const bought = { ...(channel && { channel }), state };
  const match = yield* matchSlices(offerName, publisherName, offers);
  if (!match) {
    const tier = supportedBy === 'unknown' ? {} : { tier: supportedBy };
    return [{ name: offerName, ...(publisherName !== undefined && { publisherName }), ...tier, ...bought }];
  }
  const { offer, plan } = match;
  return [
    {
      name: offer.name,
      offerId: offer.id,
      publisherName: offers.directory.publishers.get(offer.publisherId)?.name ?? offer.publisherId,
      ...(plan !== '' && { plan }),
      tier: offer.supportTier,
      ...bought,
    },
  ];
}

/** Stands between the name of the offer and the plan. */
const BETWEEN = /^\s*(?:[-–—:,|/]\s*|\(|$)/u;

/**
 * The one offer whose name begins the subscription's name, from a publisher that does not contradict. Several such
 * offers, or none, are no match: Partner Center's own ids are not in the directory.
 */
export function* matchSlices(
  offerName: string,
  publisherName: string | undefined,
  { directory, index }: Offers,
): Slices<{ readonly offer: Offer; readonly plan: string } | undefined> {
  const hits = yield* index.slices.search(offerName, MOST_CANDIDATES);
  const fits = hits.flatMap(({ offerId }) => {
    const offer = directory.offers.get(offerId);
    if (!offer || !isBy(offer, publisherName, directory)) return [];
    const plans = namesOf(offer).flatMap((name) => planBehind(name, offerName) ?? []);
    const plan = plans.sort((a, b) => a.length - b.length)[0];
    return plan === undefined ? [] : [{ offer, plan }];
  });
  const shortest = Math.min(...fits.map(({ plan }) => plan.length));
  const best = fits.filter(({ plan }) => plan.length === shortest);
  return best.length === 1 ? best[0] : undefined;
}

/** The text behind the name, without the marks around it; undefined when the text does not begin with the name. */
function planBehind(name: string, text: string): string | undefined {
  const given = text.normalize('NFC');
  const own = name.normalize('NFC').trim();
  if (own === '' || fold(given.slice(0, own.length)) !== fold(own)) return undefined;
  const rest = given.slice(own.length);
  if (!BETWEEN.test(rest)) return undefined;
  return rest.replace(/^[\s\-–—:,|/(]+|[\s)]+$/gu, '');
}

function isBy(offer: Offer, publisherName: string | undefined, { publishers }: Directory): boolean {
  if (publisherName === undefined) return true;
  const publisher = publishers.get(offer.publisherId);
  const known = publisher ? [publisher.name, ...publisher.aliases] : [offer.publisherId];
  const given = companyWords(publisherName).join(' ');
  return known.some((name) => companyWords(name).join(' ') === given);
}
