/** Destinations that are never allowed for an asker, whatever the rules say: the linter checks every decision. */
import type { RouteFacts, RouteStep, Way } from './decision.js';
import { partnerTakesPart, type Party } from '../terms.js';
import { isOwnBusiness, type Route } from './modifiers.js';
import { WAY_PARTY } from './steps.js';

export interface Breach {
  readonly law: string;
  readonly step: RouteStep;
}

/** True where the partner, its provider included, takes no part in the purchase the question is about. */
function takesNoPart({ asker, channel, issue }: RouteFacts, { party }: Pick<RouteStep, 'party'>): boolean {
  const isPartner = party === 'partner' || party === 'provider';
  if (!isPartner || partnerTakesPart(channel)) return false;
  return asker === 'customer' || !isOwnBusiness(issue);
}

/** True where the responsible party takes no part in the purchase. */
export function isWronglyResponsible(facts: RouteFacts, responsible: Party): boolean {
  return takesNoPart(facts, { party: responsible });
}

/** Ways that stay with the partner and the publisher. */
const INTERNAL: readonly Way[] = ['publisher-engineering', 'publisher-csp-program'];

/** The first violation of a law on this route; undefined without one. */
export function breachOf(facts: RouteFacts, { steps }: Pick<Route, 'steps'>): Breach | undefined {
  for (const { law, forbids } of LAWS) {
    const step = steps.find((each, at) => forbids(each, facts, steps.slice(0, at)));
    if (step) return { law, step };
  }
  return undefined;
}

interface Law {
  readonly law: string;
  readonly forbids: (step: RouteStep, facts: RouteFacts, before: readonly RouteStep[]) => boolean;
}

const LAWS: readonly Law[] = [
  {
    law: 'a way leads to the party it belongs to',
    forbids: (step) => WAY_PARTY[step.way] !== step.party,
  },
  {
    law: 'a partner that takes no part in a purchase is not on its route, unless it offers help, and then last',
    forbids: (step, facts, before) =>
      takesNoPart(facts, step) && !(facts.partnerHelps && facts.asker === 'customer' && before.length > 0),
  },
  {
    law: 'a customer is not sent to Microsoft where the partner stands in between',
    forbids: (step, facts) =>
      facts.asker === 'customer' && partnerStandsBetween(facts) && step.party === 'microsoft',
  },
  {
    law: 'engineering and CSP program contacts are not for customers',
    forbids: (step, facts) => facts.asker === 'customer' && INTERNAL.includes(step.way),
  },
  {
    law: 'a reseller does not skip its provider on the way to Microsoft',
    forbids: (step, facts, before) =>
      facts.asker === 'partner' &&
      facts.model === 'indirect-reseller' &&
      (partnerTakesPart(facts.channel) || isOwnBusiness(facts.issue)) &&
      step.party === 'microsoft' &&
      !before.some((each) => each.party === 'provider'),
  },
  {
    law: 'Microsoft takes no Azure request and no credit claim from a reseller',
    forbids: (step, facts) =>
      facts.asker === 'partner' &&
      facts.model === 'indirect-reseller' &&
      (step.way === 'azure-support' || step.way === 'credit-request'),
  },
  {
    law: 'only an indirect reseller has an indirect provider',
    forbids: (step, facts) => step.party === 'provider' && facts.model !== 'indirect-reseller',
  },
  {
    law: 'a publisher is not sent through a partner’s provider',
    forbids: (step, facts) => step.party === 'provider' && facts.asker === 'publisher',
  },
  {
    law: 'no stop comes twice',
    forbids: (step, _facts, before) => before.some((each) => each.way === step.way),
  },
];

function partnerStandsBetween({ channel }: RouteFacts): boolean {
  return channel === 'partner' || channel === 'customer-in-csp-subscription';
}
