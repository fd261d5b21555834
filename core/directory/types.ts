/** The data types of the contact directory: offers, publishers, their contacts and links. Plain readonly data. */
import type { ContactKind, Hosting, Language, SupportTier } from '../terms.js';

/** One way to reach somebody at a publisher. Any field but the kind may be missing; an empty contact is not stored. */
export interface Contact {
  readonly kind: ContactKind;
  readonly name?: string;
  readonly email?: string;
  /** E.164 where it could be normalised, else as given. */
  readonly phone?: string;
  /** https only. */
  readonly url?: string;
  /** User principal name, when the person can be reached by Teams chat. */
  readonly upn?: string;
  /** ISO date of the last verification. */
  readonly verifiedOn?: string;
  /** Opening hours as `parseHours` reads them: `Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25`. */
  readonly hours?: string;
  /** ISO date since which nobody can be reached here. The contact is shown as dead, never hidden. */
  readonly deadSince?: string;
  readonly deadReason?: DeadReason;
  /** On an administrator's correction: `contactMark` of the sources' values at that time. It ends when they change. */
  readonly corrects?: string;
}

/** Why a contact is dead: mail comes back, the person left, somebody else answers. */
export const DEAD_REASONS = ['bounced', 'left', 'wrong'] as const;
export type DeadReason = (typeof DEAD_REASONS)[number];

/**
 * Pages of an offer. Partner Center's Offer details page has three for material: user documentation, sales collateral,
 * and `marketing`, the CSP program marketing material.
 */
export const LINK_KINDS = [
  'support',
  'documentation',
  'privacy',
  'terms',
  'collateral',
  'marketing',
  'status',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
export type Links = Readonly<Partial<Record<LinkKind, string>>>;

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly cspState?: 'opt-in' | 'opt-out' | 'selective';
}

/** The partner's own texts in other languages. A language without a text shows the plain one. */
export type InLanguages<T> = Readonly<Partial<Record<Language, T>>>;

/** The texts of an offer that people read. */
export interface OfferTexts {
  readonly name?: string;
  readonly summary?: string;
}

/** One catalog item a publisher sells. */
export interface Offer {
  /** Canonical id, lower case: `publisherId.offerId` (the marketplace legacy id), or `WA…`. */
  readonly id: string;
  readonly publisherId: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary?: string;
  /** Only for readers (`own-language.ts`). The search finds these names like aliases. */
  readonly inLanguages?: InLanguages<OfferTexts>;
  readonly supportTier: SupportTier;
  /** The supporter named in the listing, when it is not the publisher. */
  readonly supportName?: string;
  readonly hosting: Hosting;
  readonly categories: readonly string[];
  readonly plans: readonly Plan[];
  readonly links: Links;
  readonly contacts: readonly Contact[];
  /** ISO date the row was last verified as a whole. */
  readonly verifiedOn?: string;
  /** Withdrawn from sale (deprecated, stop-sell). The bot still answers, and says so. */
  readonly withdrawn: boolean;
  /** Only on an administrators' row: the values that replace the sources' values. */
  readonly corrected?: OwnCorrection;
}

/** An administrator's correction of the offer itself. It ends when the sources change. */
export interface OwnCorrection {
  readonly name?: string;
  readonly withdrawn?: boolean;
  /** `ownMark` of the sources' values. */
  readonly over: string;
}

/** A company that publishes offers. Its contacts serve each of its offers without own contacts. */
export interface Publisher {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly links: Links;
  readonly contacts: readonly Contact[];
  readonly verifiedOn?: string;
}

/** The whole directory at one version, as every instance holds it in memory. */
export interface Directory {
  readonly version: number;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly publishers: ReadonlyMap<string, Publisher>;
}

/** A row of a source. A source never changes another source's rows. */
export type DirectoryRow =
  | { readonly kind: 'offer'; readonly key: string; readonly offer: Offer }
  | { readonly kind: 'publisher'; readonly key: string; readonly publisher: Publisher };
