/** Sets e-mail and web addresses of a sentence aside, because their words are not words about a product or an issue. */
import { LINK_HOSTS } from '../../directory/offer-link.js';
import type { OfferIndex } from '../../directory/search/types.js';

const MAIL =
  /(?:mailto:)?[\p{Script=Latin}\d._%+-]{1,64}@[\p{Script=Latin}\d-]{1,63}(?:\.[\p{Script=Latin}\d-]{1,63}){1,5}/giu;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'，。；、）」]{1,2000}/giu;
/**
 * Only common endings: an offer's id (`publisher.offer`) looks like an address, and its second part may be any word.
 */
const DOMAIN =
  /(?<![\p{L}\p{N}@./_-])(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,4}(?:com|net|org|edu|gov|info|biz|example|eu|de|fr|es|uk|at|ch|nl|tw|cn|hk|jp|kr|us|ca|au)(?![a-z\d-]|\.[a-z\d])(?:\/[^\s<>"'，。；、）」]{0,2000})?/giu;

/** A text with more addresses is a list of addresses; looking up each would hold other conversations. */
const MOST_LOOKED_UP = 8;

/**
 * The text without e-mail and web addresses. Pages of the marketplace and of Partner Center stay, because they name an
 * offer; so do names and ids of offers that look like an address.
 */
export function withoutAddresses(text: string, index: OfferIndex): string {
  if (!/[@.]/u.test(text)) return text;
  const isOfferPage = (address: string) => LINK_HOSTS.some((host) => address.toLowerCase().includes(host));
  const unlessOffer = (address: string) => (isOfferPage(address) ? address : endOf(address));
  const plain = text.replace(MAIL, ' ').replace(LINK, unlessOffer);
  let room = MOST_LOOKED_UP;
  return plain.replace(DOMAIN, (address) => {
    const isKept = isOfferPage(address) || ((room -= 1) >= 0 && isName(address, index));
    return isKept ? address : endOf(address);
  });
}

/** The mark that ends the sentence is no part of the address. */
function endOf(address: string): string {
  return ` ${/[.,;:!?]+$/u.exec(address)?.[0] ?? ''}`;
}

/** True for an id, a name or an alias of an offer. */
function isName(address: string, index: OfferIndex): boolean {
  const match = index.find(address);
  return match.kind === 'one' && EXACT.has(match.hit.reason);
}

const EXACT: ReadonlySet<string> = new Set(['id', 'exact-name', 'alias']);
