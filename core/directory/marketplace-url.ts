/** Reads the offer's id from a marketplace address, in every form that the marketplace uses. */

/** The parts of a marketplace address. All parts are lower case. */
export type MarketplaceRef =
  /** `publisher.offer`, the marketplace legacy id. */
  | { readonly kind: 'offer'; readonly publisherId: string; readonly offerId: string }
  /** An Office add-in, `wa200010010`. */
  | { readonly kind: 'add-in'; readonly id: string }
  /** A Business Central or Dynamics 365 app, `pubid.x|aid.y|pappid.z`. */
  | {
      readonly kind: 'app';
      readonly publisherId: string;
      readonly appId: string;
      readonly packageId?: string;
    };

const HOSTS = /^(?:www\.)?(?:appsource|azuremarketplace|marketplace)\.microsoft\.com$/;
const ADD_IN = /^wa\d{6,12}$/;
const ADDRESS_CAP = 2_000;

/** Path segments that are never an id. */
const FOLDERS = new Set(['product', 'marketplace', 'apps', 'overview', 'plans', 'reviews']);

/** The first marketplace address in a text, unchanged. */
export function marketplaceUrlIn(text: string): string | undefined {
  return /\b(?:https?:\/\/)?(?:www\.)?(?:appsource|azuremarketplace|marketplace)\.microsoft\.com\/[^\s<>"')\]]{1,1000}/i
    .exec(text.slice(0, ADDRESS_CAP))?.[0]
    .replace(/[.,;:!?]+$/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The id in a segment: last segment, case-insensitive, split at the first dot; add-ins and pipes are special. */
export function parseOfferRef(segment: string): MarketplaceRef | undefined {
  const id = decoded(segment).trim().toLowerCase();
  if (ADD_IN.test(id)) return { kind: 'add-in', id };
  const app = /^pubid\.([^|]+)\|aid\.([^|]+)(?:\|pappid\.([^|]+))?$/.exec(id);
  if (app) {
    const [, publisherId = '', appId = '', packageId] = app;
    return { kind: 'app', publisherId, appId, ...(packageId === undefined ? {} : { packageId }) };
  }
  const dot = id.indexOf('.');
  if (dot < 1 || dot === id.length - 1 || /[\s/|]/.test(id)) return undefined;
  return { kind: 'offer', publisherId: id.slice(0, dot), offerId: id.slice(dot + 1) };
}

function urlOf(address: string): URL | undefined {
  try {
    return new URL(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  } catch {
    return undefined;
  }
}

/** The offer or publisher of an address; undefined when it is no marketplace address or names no offer. */
export function parseMarketplaceUrl(address: string): MarketplaceRef | undefined {
  const url = urlOf(address.slice(0, ADDRESS_CAP).trim());
  if (!url || !HOSTS.test(url.hostname)) return undefined;
  const segments = url.pathname.split('/').filter((part) => part !== '' && !FOLDERS.has(part.toLowerCase()));
  for (const segment of segments.reverse()) {
    const ref = parseOfferRef(segment);
    if (ref) return ref;
  }
  return undefined;
}

/** The ids under which the directory may have this offer, most exact first. */
export function idsOf(ref: MarketplaceRef): readonly string[] {
  switch (ref.kind) {
    case 'offer':
      return [`${ref.publisherId}.${ref.offerId}`];
    case 'add-in':
      return [ref.id];
    case 'app':
      return [
        ...(ref.packageId === undefined
          ? []
          : [`pubid.${ref.publisherId}|aid.${ref.appId}|pappid.${ref.packageId}`]),
        `pubid.${ref.publisherId}|aid.${ref.appId}`,
        `${ref.publisherId}.${ref.appId}`,
      ];
  }
}
