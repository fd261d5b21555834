/** What the partner's model and the way of buying change about a matched rule, one small change at a time. */
import { kindOf, type Issue, type IssueKind, type ResellerDuty } from '../terms.js';
import type { RouteFacts, Step, Way } from './decision.js';
import type { NoteKey } from './keys.js';
import type { Rule } from './rule.js';
import { PARTNER_DESK, PROVIDER_DESK, sameStep } from './steps.js';

/** The part of an answer a modifier may change. */
export interface Route {
  readonly responsible: Rule['responsible'];
  readonly steps: readonly Step[];
  readonly notes: readonly NoteKey[];
}

export interface Modifier {
  readonly id: string;
  /** What it does, for the decision path. */
  readonly effect: string;
  readonly applies: (facts: RouteFacts, route: Route) => boolean;
  readonly apply: (facts: RouteFacts, route: Route) => Route;
}

/** Commercial duties a reseller may keep or leave to its provider; every other kind is technical (§1.3). */
const BILLING_KINDS: readonly IssueKind[] = [
  'billing',
  'payment',
  'account-setup',
  'subscription-management',
  'purchase-transaction',
  'contract-legal',
  'offer-onboarding',
  'other',
];

/** The duty an issue belongs to when an indirect reseller and its provider share the work. */
export function dutyOf(issue: Issue): ResellerDuty {
  return BILLING_KINDS.includes(kindOf(issue)) ? 'billing' : 'technical';
}

/** Microsoft pages open to a reseller too, once its provider knows. */
const OPEN_TO_RESELLERS: readonly Way[] = [
  'microsoft-service-health',
  'microsoft-security',
  'csp-program-guide',
  'azure-portal-purchase',
];
/** Issues a reseller's own Partner Center ticket can still help with: its own account and program. */
const RESELLERS_OWN_TICKETS: readonly Issue[] = [
  'account-setup',
  'account-setup.partner-center',
  'contract-legal.csp-program',
  'offer-onboarding.rewards',
];

function openToReseller(step: Step, issue: Issue): boolean {
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

function firstMicrosoft(steps: readonly Step[]): number {
  const at = steps.findIndex((step) => step.party === 'microsoft');
  return at < 0 ? steps.length : at;
}

function afterOwnDesk(steps: readonly Step[]): number {
  return steps[0]?.party === 'partner' ? 1 : 0;
}

function sharedWithProvider(route: Route): Route {
  const at = route.steps.findIndex((step) => sameStep(step, PARTNER_DESK)) + 1;
  const steps = [...route.steps.slice(0, at), PROVIDER_DESK, ...route.steps.slice(at)];
  return withNote({ ...route, steps }, 'note.provider-shares');
}

function has(route: Route, step: Step): boolean {
  return route.steps.some((each) => sameStep(each, step));
}

/** In the order they are applied. */
export const MODIFIERS: readonly Modifier[] = [
  {
    id: 'modifier.microsoft-supported',
    effect: 'Microsoft supports the offer: no stop at a publisher',
    applies: (facts, route) =>
      facts.supportTier === 'microsoft' && route.steps.some((step) => step.party === 'publisher'),
    apply: (_, route) => ({ ...route, steps: route.steps.filter((step) => step.party !== 'publisher') }),
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
    effect: 'multiparty private offer: the partner owns the relationship and stays reachable',
    applies: (facts, route) =>
      facts.asker === 'customer' && facts.channel === 'multiparty-private-offer' && !has(route, PARTNER_DESK),
    apply: (_, route) => withNote({ ...route, steps: [...route.steps, PARTNER_DESK] }, 'note.multiparty'),
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
      !keeps(facts) &&
      has(route, PARTNER_DESK),
    apply: (_, route) => sharedWithProvider(route),
  },
];
