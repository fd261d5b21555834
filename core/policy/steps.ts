/** Every stop a route can have, as ready-made steps, and the party each way belongs to. */
import type { Party } from '../terms.js';
import type { RouteStep, Way } from './decision.js';

/** The party of each way. */
export const WAY_PARTY: Readonly<Record<Way, Party>> = {
  'partner-desk': 'partner',
  'provider-desk': 'provider',
  'publisher-support': 'publisher',
  'publisher-engineering': 'publisher',
  'publisher-csp-program': 'publisher',
  'publisher-status': 'publisher',
  'publisher-privacy': 'publisher',
  'partner-center-support': 'microsoft',
  'azure-support': 'microsoft',
  'azure-portal-purchase': 'microsoft',
  'microsoft-publisher-support': 'microsoft',
  'microsoft-service-health': 'microsoft',
  'microsoft-security': 'microsoft',
  'credit-request': 'microsoft',
  'csp-program-guide': 'microsoft',
  'community-forum': 'community',
  'azure-portal-self': 'customer',
  'partner-center-self': 'partner',
  'own-administrator': 'administrator',
  'global-administrator': 'global-administrator',
  'other-partner': 'other-partner',
  'agreement-partner': 'agreement-partner',
};

/** The step for this way. */
function stepTo(way: Way): RouteStep {
  return { party: WAY_PARTY[way], way };
}

/** True when both stops lead to the same place. */
export function sameStep(one: RouteStep, other: RouteStep): boolean {
  return one.way === other.way && one.party === other.party;
}

export const PARTNER_DESK = stepTo('partner-desk');
export const PROVIDER_DESK = stepTo('provider-desk');
export const ISV_SUPPORT = stepTo('publisher-support');
export const ISV_ENGINEERING = stepTo('publisher-engineering');
export const ISV_CSP_PROGRAM = stepTo('publisher-csp-program');
export const ISV_STATUS = stepTo('publisher-status');
export const ISV_PRIVACY = stepTo('publisher-privacy');
export const PARTNER_CENTER = stepTo('partner-center-support');
export const AZURE_SUPPORT = stepTo('azure-support');
export const AZURE_PORTAL = stepTo('azure-portal-purchase');
export const PUBLISHER_DESK_OF_MICROSOFT = stepTo('microsoft-publisher-support');
export const SERVICE_HEALTH = stepTo('microsoft-service-health');
export const MSRC = stepTo('microsoft-security');
export const CREDIT_REQUEST = stepTo('credit-request');
export const CSP_GUIDE = stepTo('csp-program-guide');
export const FORUM = stepTo('community-forum');
export const AZURE_PORTAL_SELF = stepTo('azure-portal-self');
export const PARTNER_CENTER_SELF = stepTo('partner-center-self');
export const OWN_ADMINISTRATOR = stepTo('own-administrator');
export const GLOBAL_ADMINISTRATOR = stepTo('global-administrator');
export const OTHER_PARTNER = stepTo('other-partner');
export const AGREEMENT_PARTNER = stepTo('agreement-partner');
