/** The partner's own profile: what only the partner can say about how it supports its customers, and what a desk still needs. */
import {
  LANGUAGES,
  type CspModel,
  type Language,
  type PurchaseChannel,
  type ResellerDuty,
} from '../terms.js';

/** A desk of the partner or of its indirect provider. */
export interface Desk {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly upn?: string;
  /** Opening hours as `parseHours` reads them; free text in profiles saved before that. */
  readonly hours?: string;
}

/** What a partner lets customers see of an offer's publisher beyond the public support URL. */
export interface CustomerMaySee {
  readonly supportEmail: boolean;
  readonly supportPhone: boolean;
  readonly documentation: boolean;
}

export interface OfferOverride {
  readonly tier1?: 'partner' | 'publisher';
  readonly customerMaySee?: Partial<CustomerMaySee>;
}

export interface PartnerProfile {
  readonly name: string;
  readonly model: CspModel;
  /** Microsoft Entra tenants whose members (not guests) are staff. */
  readonly tenantIds: readonly string[];
  /** Who answers a customer's technical question first unless an override says otherwise. */
  readonly tier1: 'partner' | 'publisher';
  /** What an indirect reseller keeps; ignored for other models. */
  readonly resellerKeeps: readonly ResellerDuty[];
  readonly desks: { readonly billing: Desk; readonly technical: Desk };
  /** The indirect provider of a reseller. */
  readonly provider?: { readonly name: string; readonly desk: Desk };
  readonly customerMaySee: CustomerMaySee;
  /** Regions the partner's customers are in, as `West Europe`; absent where the partner has not said. */
  readonly customerRegions?: readonly string[];
  /**
   * How nearly all customers buy. Where it is set, ordinary questions about bills and subscriptions are answered at once
   * on this assumption; where it is not, the bot asks first.
   */
  readonly usualChannel?: PurchaseChannel;
  /** True: customers are offered help with purchases the partner takes no part in. */
  readonly helpsWithDirectPurchases?: boolean;
  /** ISO code of the country the partner's customers are invoiced in, where it is always the same one. */
  readonly country?: string;
  /** The languages the desk answers in; absent: every language of the product. */
  readonly languages?: readonly Language[];
  /** An image for the pages and cards: an https address, or a small `data:` address. */
  readonly logo?: string;
  /** #rrggbb in small letters; white text on it can be read. */
  readonly colour?: string;
  /** By canonical offer id, then publisher id. */
  readonly overrides: Readonly<Record<string, OfferOverride>>;
}

/** The languages the desk answers in. */
export function languagesOf({ languages }: Pick<PartnerProfile, 'languages'>): readonly Language[] {
  return languages ?? LANGUAGES;
}

/** What stands in for a profile while there is none: nobody is staff, and customers see nothing of a publisher. */
export const NO_PROFILE: PartnerProfile = {
  name: 'Offer Desk',
  model: 'direct-bill',
  tenantIds: [],
  tier1: 'partner',
  resellerKeeps: [],
  desks: { billing: { name: 'Billing' }, technical: { name: 'Support' } },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: false },
  overrides: {},
};

/** What a desk still needs before it may answer real people. */
export const SET_UP_NEEDS = ['profile', 'directory', 'admins'] as const;
export type SetUpNeed = (typeof SET_UP_NEEDS)[number];

/** The state of a desk that waits for its partner profile. */
export interface SetUp {
  readonly needs: readonly SetUpNeed[];
  /** The store still holds the profile of the fictional sample; nobody is answered from it. */
  readonly sampleKept: boolean;
}
