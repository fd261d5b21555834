/** Reads the offer from a pasted link: a page of the marketplace or of Partner Center. */
import { parseUrl } from '../url.js';
import { idsOf, parseMarketplaceUrl, parseOfferRef } from './marketplace-url.js';

export type OfferLink =
  /** The page of one offer; the ids under which the directory may have it, most exact first. */
  | { readonly kind: 'offer'; readonly ids: readonly string[] }
  /** The page of one offer whose address has only a number of Microsoft's, which no directory knows. */
  | { readonly kind: 'numbered' };

/** The host names of readable links; the app package has the same list. */
export const LINK_HOSTS: readonly string[] = [
  'marketplace.microsoft.com',
  'appsource.microsoft.com',
  'azuremarketplace.microsoft.com',
  'partner.microsoft.com',
];

const ADDRESS_CAP = 2_000;
/** Folders of a marketplace in which the last segment is an offer and not an article. */
const MARKETPLACE_FOLDERS = /\/(?:product|apps)\//i;
/** Partner Center's folders of offers; the id comes next. An overview of all offers may stand in its place. */
const OFFER_FOLDER =
  /^(?:\/[a-z]{2}(?:-[a-z]{2,4})?)?\/dashboard\/(?:v2\/)?(?:marketplace-offers|commercial-marketplace\/offers|pricing\/marketplace)\/([^/]+)/i;
const OFFER_PARAMETERS = new Set(['offerid', 'productid', 'legacyid', 'marketplaceid']);
/** Ids that Partner Center makes itself. */
const NUMBER = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{6,})$/i;

/** Undefined for anything but the page of one offer. */
export function parseOfferLink(address: string): OfferLink | undefined {
  const url = parseUrl(address.slice(0, ADDRESS_CAP).trim());
  if (url?.protocol !== 'https:') return undefined;
  if (url.hostname === 'partner.microsoft.com') return inPartnerCenter(url);
  const ref = MARKETPLACE_FOLDERS.test(url.pathname) ? parseMarketplaceUrl(url.href) : undefined;
  return ref && { kind: 'offer', ids: idsOf(ref) };
}

/**
 * Partner Center has no lasting address for a partner's view of an offer, but publishers' pages and parameters name
 * one.
 */
function inPartnerCenter({ pathname, searchParams }: URL): OfferLink | undefined {
  const segment = OFFER_FOLDER.exec(pathname)?.[1];
  const named = [...searchParams].filter(([name]) => OFFER_PARAMETERS.has(name.toLowerCase()));
  const given = [...(segment === undefined ? [] : [segment]), ...named.map(([, value]) => value)];
  for (const one of given) {
    const ref = parseOfferRef(one);
    if (ref) return { kind: 'offer', ids: idsOf(ref) };
  }
  return given.some((one) => NUMBER.test(one)) ? { kind: 'numbered' } : undefined;
}
