/** The partner's profile: facts about its support that only the partner knows, and the facts a desk still lacks. */
import {
  LANGUAGES,
  type CspModel,
  type Language,
  type PurchaseChannel,
  type ResellerDuty,
} from '../terms.js';
import type { InLanguages } from './types.js';

/** A desk of the partner or of its indirect provider. */
export interface Desk {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly upn?: string;
  /** Opening hours as `parseHours` reads them; older profiles may have free text. */
  readonly hours?: string;
}

/** The partner's own names in one language; a missing one is shown in the language of the profile. */
export interface ProfileTexts {
  readonly name?: string;
  readonly providerName?: string;
  /** The names of the desks. */
  readonly desks?: { readonly billing?: string; readonly technical?: string; readonly provider?: string };
}

/** The data of an offer's publisher that a partner lets customers see, besides the public support URL. */
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
  /** Who first answers a customer's technical question, without an override. */
  readonly tier1: 'partner' | 'publisher';
  /** Duties that an indirect reseller keeps; ignored for other models. */
  readonly resellerKeeps: readonly ResellerDuty[];
  readonly desks: { readonly billing: Desk; readonly technical: Desk };
  /** The indirect provider of a reseller. */
  readonly provider?: { readonly name: string; readonly desk: Desk };
  readonly customerMaySee: CustomerMaySee;
  /** Regions of the partner's customers, as `West Europe`; absent: the partner gave none. */
  readonly customerRegions?: readonly string[];
  /**
   * The purchase channel of nearly all customers. When it is set, the bot assumes it and answers ordinary questions
   * about bills and subscriptions at once; otherwise the bot asks first.
   */
  readonly usualChannel?: PurchaseChannel;
  /** True: the partner helps customers with purchases in which it takes no part. */
  readonly helpsWithDirectPurchases?: boolean;
  /** ISO code of the country on the invoices of the partner's customers, when it is always the same one. */
  readonly country?: string;
  /** The languages the desk answers in; absent: every language of the product. */
  readonly languages?: readonly Language[];
  /** The language of the profile's plain texts; absent: the first of `languages`, else English. */
  readonly language?: Language;
  /** Only for readers (`own-language.ts`); everything else uses the plain names. */
  readonly inLanguages?: InLanguages<ProfileTexts>;
  /** An image for the pages and cards: an https address, or a small `data:` address. */
  readonly logo?: string;
  /** #rrggbb in lower case; white text on it is readable. */
  readonly colour?: string;
  /** By canonical offer id, then publisher id. */
  readonly overrides: Readonly<Record<string, OfferOverride>>;
}

/** The languages the desk answers in. */
export function languagesOf({ languages }: Pick<PartnerProfile, 'languages'>): readonly Language[] {
  return languages ?? LANGUAGES;
}

/** The language in which the plain texts of the profile are written. */
export function plainLanguage({
  language,
  languages,
}: Pick<PartnerProfile, 'language' | 'languages'>): Language {
  return language ?? languages?.[0] ?? 'en';
}

/** Replaces a missing profile: no person is staff, and customers see no data of a publisher. */
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

/** The facts that a desk still lacks before it may answer real people. */
export const SET_UP_NEEDS = ['profile', 'directory', 'admins'] as const;
export type SetUpNeed = (typeof SET_UP_NEEDS)[number];

/** The state of a desk that waits for its partner profile. */
export interface SetUp {
  readonly needs: readonly SetUpNeed[];
  /** The store still has the profile of the fictional sample; the bot does not answer from it. */
  readonly sampleKept: boolean;
}
