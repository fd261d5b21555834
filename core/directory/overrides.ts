/** What the partner has said about one offer or one publisher, over its general profile. */
import type { CustomerMaySee, OfferOverride, PartnerProfile } from './profile.js';
import type { Offer } from './types.js';

/** Who answers a customer's technical question about this offer first: by offer, then publisher, then the profile. */
export function tier1Of(profile: PartnerProfile, offer: Offer | undefined): 'partner' | 'publisher' {
  const [byOffer, byPublisher] = overridesOf(profile, offer);
  return byOffer?.tier1 ?? byPublisher?.tier1 ?? profile.tier1;
}

/** What customers may see of this offer's support contact, field by field: by offer, then publisher, then the profile. */
export function customerMaySee(profile: PartnerProfile, offer: Offer): CustomerMaySee {
  const [byOffer, byPublisher] = overridesOf(profile, offer);
  return { ...profile.customerMaySee, ...byPublisher?.customerMaySee, ...byOffer?.customerMaySee };
}

function overridesOf(
  profile: PartnerProfile,
  offer: Offer | undefined,
): readonly (OfferOverride | undefined)[] {
  if (!offer) return [];
  return [ownOverride(profile, offer.id), ownOverride(profile, offer.publisherId)];
}

/** Ids come from outside: `constructor` must not find what every object inherits. */
function ownOverride(profile: PartnerProfile, id: string): OfferOverride | undefined {
  return Object.hasOwn(profile.overrides, id) ? profile.overrides[id] : undefined;
}
