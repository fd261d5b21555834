/** The input and output of the policy: the types around `decide()`, and the names of the parties in reports. */
import type {
  Agreement,
  Asker,
  CspModel,
  Hosting,
  Issue,
  Party,
  PurchaseChannel,
  ResellerDuty,
  SupportTier,
  TaxHandler,
} from '../terms.js';
import type { FigureId } from './figures.js';
import type { Source } from './sources.js';
import type { OwnStepsId } from './own-steps.js';

/** All facts that may change the answer. */
export interface RouteFacts {
  readonly asker: Asker;
  readonly model: CspModel;
  readonly channel: PurchaseChannel;
  readonly supportTier: SupportTier;
  readonly hosting: Hosting;
  readonly issue: Issue;
  /** Who first answers a customer's technical question: the partner, or the publisher. */
  readonly tier1: 'partner' | 'publisher';
  /** Duties of an indirect reseller; its provider has the rest. Ignored for other models. */
  readonly resellerKeeps: readonly ResellerDuty[];
  /** True when the partner helps with purchases in which it takes no part. */
  readonly partnerHelps: boolean;
  /** Who handles the tax of a direct purchase in the country of the invoice. */
  readonly taxBy: TaxHandler;
  /** Whose agreement a private offer is bought under. It decides who sends the bill. */
  readonly agreement: Agreement;
}

/** A destination: one way to reach one party. The directory or profile has the contact. */
export const WAYS = [
  'partner-desk', // the CSP partner's own support or billing desk
  'provider-desk', // the indirect provider of an indirect reseller
  'publisher-support', // ISV customer-support contact
  'publisher-engineering', // ISV engineering contact, last resort, partner staff only
  'publisher-csp-program', // ISV CSP program contact, partner staff only
  'publisher-status', // ISV status page
  'publisher-privacy', // ISV privacy policy
  'partner-center-support', // Microsoft, Partner Center Help + support
  'azure-support', // Microsoft, Azure portal support request on behalf of a customer
  'azure-portal-purchase', // Microsoft, a direct buyer's own Azure portal request
  'microsoft-publisher-support', // Microsoft marketplace publisher support
  'microsoft-service-health', // Microsoft's own service health
  'microsoft-security', // MSRC
  'credit-request', // Partner Center request-for-credit form
  'csp-program-guide', // CSP program terms
  'community-forum', // an offer the community supports
  'azure-portal-self', // the customer itself, in the Azure portal
  'partner-center-self', // the partner itself, in Partner Center
  'own-administrator', // the customer's own enterprise or billing administrator
  'global-administrator', // the global administrator of the asker's own company
  'other-partner', // the partner before or after a transfer
  'agreement-partner', // the partner behind an indirect Enterprise Agreement
] as const;
export type Way = (typeof WAYS)[number];

/** One stop on the route. */
export interface RouteStep {
  readonly party: Party;
  readonly way: Way;
}

/** One rule or modifier that `decide()` looked at, for `route explain`. */
export interface TraceLine {
  readonly ruleId: string;
  readonly matched: boolean;
  /** Facts that did not fit (`asker=customer`), or the applied modifier. */
  readonly note: string;
}

/** The answer of the policy. Never a sentence: `reason` and the rest are keys of the locale files. */
export interface Decision {
  readonly responsible: Party;
  readonly first: RouteStep;
  readonly escalation: readonly RouteStep[];
  readonly ruleId: string;
  /** Locale key under `reason.`: one sentence of why. */
  readonly reason: string;
  /** Locale keys under `prepare.`: what to have ready. */
  readonly prepare: readonly string[];
  /** Locale keys under `note.`: remarks that change the reader's next step (may be empty). */
  readonly notes: readonly string[];
  /** Steps that the reader can take alone: numbered, with a page. */
  readonly ownSteps?: OwnStepsId;
  /** Locale key under `tell.`: what to say to the person to ask. */
  readonly tell?: string;
  /** Windows and periods that belong to the answer. */
  readonly figures: readonly FigureId[];
  readonly source: Source;
}

/** An open fact that would change the answer: the bot asks in this order. */
export const OPEN_QUESTIONS = ['channel', 'agreement', 'hosting', 'refund-window', 'country'] as const;
export type OpenQuestion = (typeof OPEN_QUESTIONS)[number];

export type PartyLabel = 'CSP partner' | 'ISV' | 'Microsoft' | 'other';

const LABELS: Readonly<Record<Party, PartyLabel>> = {
  partner: 'CSP partner',
  // An indirect provider is a CSP partner too: the duties of that role are shared between the two.
  provider: 'CSP partner',
  publisher: 'ISV',
  microsoft: 'Microsoft',
  community: 'other',
  customer: 'other',
  administrator: 'other',
  'global-administrator': 'other',
  // Both are partners, but not the partner of this desk.
  'other-partner': 'CSP partner',
  'agreement-partner': 'other',
};

/** The name of the party in reports and benchmarks. */
export function partyLabel(party: Party): PartyLabel {
  return LABELS[party];
}
