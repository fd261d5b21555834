/** The answer to one question: who is responsible, why, and the contacts that this asker may see. */
import type { Decision, RouteFacts, RouteStep, TraceLine } from '../../policy/decision.js';
import type { PurchaseChannel } from '../../terms.js';
import type { ContactAbout } from '../reports/contact-about.js';

/** Whether a person can be reached in Teams now. */
export const PRESENCES = ['available', 'busy', 'do-not-disturb', 'away', 'offline'] as const;
export type Presence = (typeof PRESENCES)[number];

/** A contact with only the fields that this asker may see. It contains no hidden data, not even in a flag. */
export interface ShownContact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly upn?: string;
  /** Opening hours as `parseHours` reads them, or free text. */
  readonly hours?: string;
  readonly verifiedOn?: string;
  /** ISO date since which nobody can be reached here; the contact is shown as dead, never hidden. */
  readonly deadSince?: string;
  readonly deadReason?: 'bounced' | 'left' | 'wrong';
  /** Presence of the partner's own contact, for its staff alone; `at` in milliseconds since the epoch. */
  readonly presence?: { readonly state: Presence; readonly at: number };
}

/** One stop of the route with its contact. */
export interface ShownStep {
  readonly step: RouteStep;
  /** The party's own name: `Contoso Cloud`, `Fabrikam`, `Microsoft`. When it is empty, use `party.<party>`. */
  readonly partyName: string;
  /** Absent when this asker may use no contact; `missing` then says why. */
  readonly contact?: ShownContact;
  /** Another contact of the same party with the same duty. A card shows first the contact who can be reached now. */
  readonly also?: ShownContact;
  /**
   * `none-on-file`: nobody gave one. `via-partner`: exists, but this asker goes through the partner.
   * `private-chat`: on file for this asker, but other people read this conversation too.
   * `unknown-offer`: the directory does not know the offer, so no contact can be named.
   * `own-side`: a person whom the asker finds without help, such as its own administrator.
   */
  readonly missing?: 'none-on-file' | 'via-partner' | 'private-chat' | 'unknown-offer' | 'own-side';
  /** Identifies the contact, for reports that it is wrong. Never rendered. */
  readonly about?: ContactAbout;
  /** The same for `also`. */
  readonly alsoAbout?: ContactAbout;
}

export interface ShownOffer {
  readonly id: string;
  readonly name: string;
  readonly publisherId: string;
  readonly publisherName: string;
  readonly withdrawn: boolean;
}

/** Links this asker may see beside the contacts. */
export type ShownLinks = Readonly<
  Partial<Record<'documentation' | 'privacy' | 'terms' | 'collateral' | 'marketing' | 'status', string>>
>;

export interface Answer {
  readonly facts: RouteFacts;
  readonly decision: Decision;
  /** Absent when the directory does not know the offer: the answer is then about the kind of issue alone. */
  readonly offer?: ShownOffer;
  /** How the asker said that the product was bought: one channel, or all that the words leave open. */
  readonly bought?: readonly PurchaseChannel[];
  /** The assumed purchase channel, when nobody named it and another channel would change the answer. */
  readonly assumed?: PurchaseChannel;
  /** ISO code of the country on the invoice, where it decides the answer. */
  readonly country?: string;
  readonly partnerName: string;
  /** The indirect provider's name, when the partner is a reseller and has named its provider. */
  readonly providerName?: string;
  /** When it is empty, use `party.<party>`. */
  readonly responsibleName: string;
  readonly first: ShownStep;
  readonly escalation: readonly ShownStep[];
  readonly links: ShownLinks;
  /** The decision path, for operators. Never rendered on a card. */
  readonly trace: readonly TraceLine[];
}

export type { OpenQuestion } from '../../policy/decision.js';
