/** Other names that people use for an offer, stored as rows of a separate source that no import changes. */
import { emptyOffer } from '../../directory/correction.js';
import { cleanName, isPlaceholder } from '../../directory/parse/text.js';
import type { Directory, DirectoryRow, Offer } from '../../directory/types.js';
import type { DirectoryStore } from '../../ports.js';
import { retryOnConflict } from '../retry-on-conflict.js';

/** Owner of the administrators' aliases. It ranks below every other source, so it only adds names. */
export const ALIAS_SOURCE = 'aliases';
const MAX_ALIAS = 120;

export type AliasAdded =
  | { readonly kind: 'added'; readonly version: number; readonly offer: Offer }
  | { readonly kind: 'known'; readonly offer: Offer }
  | { readonly kind: 'no-offer' }
  | { readonly kind: 'bad-alias' };

export interface AliasRequest {
  readonly offerId: string;
  readonly alias: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Adds one name. Everything else about the offer stays with the source that gave it. */
export async function addAlias(
  store: DirectoryStore,
  directory: Directory,
  request: AliasRequest,
): Promise<AliasAdded> {
  const alias = cleanAlias(request.alias);
  if (alias === '' || alias.length > MAX_ALIAS || isPlaceholder(alias)) return { kind: 'bad-alias' };
  const offer = directory.offers.get(request.offerId);
  if (!offer) return { kind: 'no-offer' };
  if (offer.aliases.includes(alias)) return { kind: 'known', offer };
  const key = `offer:${offer.id}`;
  // Names are only added. After a conflict, the second writer adds its name to the stored names.
  const write = async (): Promise<number> => {
    const ifVersion = await store.version();
    const own = (await store.rowsOf(ALIAS_SOURCE)).get(key);
    const before = own?.kind === 'offer' ? own.offer.aliases : [];
    const upserts = [aliasRow(key, offer, [...before.filter((one) => one !== alias), alias])];
    const { actor, now: at } = request;
    return store.commit({ source: ALIAS_SOURCE, actor, at, upserts, removals: [], ifVersion });
  };
  return { kind: 'added', version: await retryOnConflict(write), offer };
}

/** Takes one name back that `addAlias` added. Returns false when it is not among the added names. */
export async function removeAlias(store: DirectoryStore, request: AliasRequest): Promise<boolean> {
  const key = `offer:${request.offerId}`;
  const write = async (): Promise<boolean> => {
    const ifVersion = await store.version();
    const own = (await store.rowsOf(ALIAS_SOURCE)).get(key);
    if (own?.kind !== 'offer' || !own.offer.aliases.includes(request.alias)) return false;
    const left = own.offer.aliases.filter((one) => one !== request.alias);
    const { actor, now: at } = request;
    const upserts = left.length > 0 ? [aliasRow(key, own.offer, left)] : [];
    const removals = left.length > 0 ? [] : [key];
    await store.commit({ source: ALIAS_SOURCE, actor, at, upserts, removals, ifVersion });
    return true;
  };
  return retryOnConflict(write);
}

/**
 * The name as an import would read it (without a formula at its beginning, for example), so that an export is read back
 * the same.
 */
function cleanAlias(text: string): string {
  return cleanName(text.normalize('NFKC').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')).text;
}

/** The row contains aliases only, so the offer's name and sale never depend on it. */
function aliasRow(key: string, offer: Offer, aliases: readonly string[]): DirectoryRow {
  return { kind: 'offer', key, offer: { ...emptyOffer(offer), aliases } };
}
