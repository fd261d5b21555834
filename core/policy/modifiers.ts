/** The changes that the partner's model and the purchase channel make to a matched rule, one small change at a time. */
import { kindOf, partnerTakesPart, traitsOf, type Issue, type ResellerDuty } from '../terms.js';
import type { RouteFacts, RouteStep, Way } from './decision.js';
import type { NoteKey } from './keys.js';
import type { Rule } from './rule.js';
import {
  AZURE_PORTAL,
  PARTNER_CENTER,
  PARTNER_DESK,
  PROVIDER_DESK,
  PUBLISHER_DESK_OF_MICROSOFT,
  sameStep,
} from './steps.js';

/** The part of an answer a modifier may change. */
export interface Route {
  readonly responsible: Rule['responsible'];
  readonly steps: readonly RouteStep[];
  readonly notes: readonly NoteKey[];
}

export interface Modifier {
  readonly id: string;
  /** The effect, for the decision path. */
  readonly effect: string;
  readonly applies: (facts: RouteFacts, route: Route) => boolean;
  readonly apply: (facts: RouteFacts, route: Route) => Route;
}

/** The duty of an issue when an indirect reseller and its provider share the work. */
export function dutyOf(issue: Issue): ResellerDuty {
  return traitsOf(kindOf(issue)).duty;
}

/** Issues of the partner's own business with Microsoft, for which the purchase channel of an offer does not matter. */
const OWN_BUSINESS: readonly Issue[] = [
  'billing.reconciliation',
  'account-setup.partner-center',
  'account-setup.missing-role',
  'contract-legal.csp-program',
  'contract-legal.customer-agreement',
  'offer-onboarding',
  'offer-onboarding.rewards',
  'offer-onboarding.customer-question',
  'how-to-docs-training.sales-material',
  'purchase-transaction.reselling-terms',
];

/** True for an issue of the partner's own business, whatever the purchase. */
export function isOwnBusiness(issue: Issue): boolean {
  return OWN_BUSINESS.includes(issue);
}

/** Microsoft pages that a reseller may use too, after its provider. */
const OPEN_TO_RESELLERS: readonly Way[] = [
  'microsoft-service-health',
  'microsoft-security',
  'csp-program-guide',
  'azure-portal-purchase',
];
/** Issues for which a reseller's own Partner Center ticket can still help: its own account and program. */
const RESELLERS_OWN_TICKETS: readonly Issue[] = [
  'account-setup',
  'account-setup.partner-center',
  'account-setup.missing-role',
  'contract-legal.csp-program',
  'offer-onboarding.rewards',
];

/** The stops of a reseller's staff before its provider: its own desk, and the customer's own side. */
const BEFORE_ANY_DESK: readonly RouteStep['party'][] = [
  'partner',
  'administrator',
  'global-administrator',
  'customer',
];

function openToReseller(step: RouteStep, issue: Issue): boolean {
  if (step.party !== 'microsoft' || OPEN_TO_RESELLERS.includes(step.way)) return true;
  return step.way === 'partner-center-support' && RESELLERS_OWN_TICKETS.includes(issue);
}

function withNote(route: Route, note: NoteKey): Route {
  return route.notes.includes(note) ? route : { ...route, notes: [...route.notes, note] };
}

function keeps(facts: RouteFacts): boolean {
  return facts.resellerKeeps.includes(dutyOf(facts.issue));
}

function throughProvider(facts: RouteFacts, route: Route): Route {
  const before = keeps(facts) ? firstMicrosoft(route.steps) : afterOwnDesk(route.steps);
  const steps = [...route.steps.slice(0, before), PROVIDER_DESK, ...route.steps.slice(before)];
  const open = steps.filter((step) => openToReseller(step, facts.issue));
  return withNote({ ...route, steps: open }, 'note.reseller-via-provider');
}

function firstMicrosoft(steps: readonly RouteStep[]): number {
  const at = steps.findIndex((step) => step.party === 'microsoft');
  return at < 0 ? steps.length : at;
}

function afterOwnDesk(steps: readonly RouteStep[]): number {
  const at = steps.findIndex(({ party }) => !BEFORE_ANY_DESK.includes(party));
  return at < 0 ? steps.length : at;
}

function sharedWithProvider(route: Route): Route {
  const at = route.steps.findIndex((step) => sameStep(step, PARTNER_DESK)) + 1;
  const steps = [...route.steps.slice(0, at), PROVIDER_DESK, ...route.steps.slice(at)];
  return withNote({ ...route, steps }, 'note.provider-shares');
}

/** Microsoft requests that a partner opens for its customers. */
const ONLY_FOR_OWN_CUSTOMERS: readonly Way[] = ['azure-support', 'credit-request', 'partner-center-support'];

/** The same stops, with the customer's own request in place of the partner's. */
function asCustomer(steps: readonly RouteStep[]): readonly RouteStep[] {
  const own = steps.map((step) => (ONLY_FOR_OWN_CUSTOMERS.includes(step.way) ? AZURE_PORTAL : step));
  return own.filter((step, at) => own.findIndex((each) => sameStep(each, step)) === at);
}

/** For an offer that Microsoft publishes: removes the publisher's stops, and keeps Microsoft's desk for this asker. */
function withoutPublisher(facts: RouteFacts, route: Route): Route {
  const responsible = route.responsible === 'publisher' ? 'microsoft' : route.responsible;
  const steps = route.steps.filter((step) => step.party !== 'publisher');
  return { ...route, responsible, steps: steps.length > 0 ? steps : [microsoftDeskFor(facts)] };
}

function microsoftDeskFor({ asker, channel }: RouteFacts): RouteStep {
  if (asker === 'publisher') return PUBLISHER_DESK_OF_MICROSOFT;
  if (asker === 'partner') return PARTNER_CENTER;
  const sold = channel === 'partner' || channel === 'customer-in-csp-subscription';
  return sold ? PARTNER_DESK : AZURE_PORTAL;
}

function has(route: Route, step: RouteStep): boolean {
  return route.steps.some((each) => sameStep(each, step));
}

/** In the order they are applied. */
export const MODIFIERS: readonly Modifier[] = [
  {
    id: 'modifier.microsoft-supported',
    effect: 'Microsoft supports the offer: Microsoft in the place of a publisher',
    applies: (facts, route) =>
      facts.supportTier === 'microsoft' &&
      (route.responsible === 'publisher' || route.steps.some((step) => step.party === 'publisher')),
    apply: withoutPublisher,
  },
  {
    id: 'modifier.direct-staff',
    effect: 'the partner takes no part: the customer opens the request with Microsoft itself',
    applies: (facts, route) =>
      facts.asker === 'partner' &&
      !partnerTakesPart(facts.channel) &&
      !isOwnBusiness(facts.issue) &&
      route.steps.some(({ way }) => ONLY_FOR_OWN_CUSTOMERS.includes(way)),
    apply: (_, route) => withNote({ ...route, steps: asCustomer(route.steps) }, 'note.customer-opens-it'),
  },
  {
    id: 'modifier.no-support-tier',
    effect: 'the listing names no support: the publisher by the marketplace rule, and said so',
    applies: (facts, route) => facts.supportTier === 'none' && route.responsible === 'publisher',
    apply: (_, route) => withNote(route, 'note.no-support-tier'),
  },
  {
    id: 'modifier.hosting-unknown',
    effect: 'not known where the product runs: said so',
    applies: (facts) => facts.hosting === 'unknown' && facts.issue === 'provisioning-deployment',
    apply: (_, route) => withNote(route, 'note.hosting-unknown'),
  },
  {
    id: 'modifier.multiparty',
    effect: 'private offer of the partner: it owns the relationship and stays reachable',
    applies: (facts, route) =>
      facts.asker === 'customer' &&
      (facts.channel === 'multiparty-private-offer' || facts.channel === 'resale-enabled-offer') &&
      !has(route, PARTNER_DESK),
    apply: (_, route) => withNote({ ...route, steps: [...route.steps, PARTNER_DESK] }, 'note.multiparty'),
  },
  {
    id: 'modifier.partner-helps',
    effect: 'the partner takes no part, but offers help: reachable last, and said so',
    applies: (facts, route) =>
      facts.asker === 'customer' &&
      facts.partnerHelps &&
      !partnerTakesPart(facts.channel) &&
      !has(route, PARTNER_DESK),
    apply: (_, route) =>
      withNote({ ...route, steps: [...route.steps, PARTNER_DESK] }, 'note.partner-may-help'),
  },
  {
    id: 'modifier.self-purchased',
    effect: 'bought by the customer inside the CSP subscription: billing still runs to the partner',
    applies: (facts) =>
      facts.channel === 'customer-in-csp-subscription' &&
      facts.asker !== 'publisher' &&
      dutyOf(facts.issue) === 'billing',
    apply: (_, route) => withNote(route, 'note.self-purchased'),
  },
  {
    id: 'modifier.reseller-staff',
    effect: 'indirect reseller: the indirect provider before Microsoft, and for duties not kept',
    applies: (facts, route) =>
      facts.asker === 'partner' &&
      facts.model === 'indirect-reseller' &&
      route.responsible !== 'agreement-partner' &&
      (partnerTakesPart(facts.channel) || isOwnBusiness(facts.issue)) &&
      !sameStep(route.steps[0] ?? PARTNER_DESK, PROVIDER_DESK) &&
      (!keeps(facts) || route.steps.some((step) => step.party === 'microsoft')),
    apply: throughProvider,
  },
  {
    id: 'modifier.reseller-customer',
    effect: 'the reseller leaves this duty to its indirect provider: the partner takes it there',
    applies: (facts, route) =>
      facts.asker === 'customer' &&
      facts.model === 'indirect-reseller' &&
      partnerTakesPart(facts.channel) &&
      !keeps(facts) &&
      has(route, PARTNER_DESK),
    apply: (_, route) => sharedWithProvider(route),
  },
];
