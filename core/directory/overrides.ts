/** The partner's exceptions from its general profile, for one offer or one publisher. */
import type { CustomerMaySee, OfferOverride, PartnerProfile } from './profile.js';
import type { Offer } from './types.js';

/** Who first answers a customer's technical question about this offer: by offer, then publisher, then the profile. */
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

/** Ids come from outside: `constructor` must not find an inherited property. */
function ownOverride(profile: PartnerProfile, id: string): OfferOverride | undefined {
  return Object.hasOwn(profile.overrides, id) ? profile.overrides[id] : undefined;
}
