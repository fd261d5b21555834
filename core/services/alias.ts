/** Other names people use for an offer, kept as rows of a source of their own that no import touches. */
import type { Directory, DirectoryRow, Offer } from '../directory/types.js';
import type { DirectoryStore } from '../ports.js';

/** Owner of the names administrators add. It ranks below every other source, so it only ever adds names. */
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
  const alias = request.alias
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (alias === '' || alias.length > MAX_ALIAS) return { kind: 'bad-alias' };
  const offer = directory.offers.get(request.offerId);
  if (!offer) return { kind: 'no-offer' };
  if (offer.aliases.includes(alias)) return { kind: 'known', offer };
  const key = `offer:${offer.id}`;
  const own = (await store.rowsOf(ALIAS_SOURCE)).get(key);
  const before = own?.kind === 'offer' ? own.offer.aliases : [];
  const version = await store.commit({
    source: ALIAS_SOURCE,
    actor: request.actor,
    at: request.now,
    upserts: [aliasRow(key, offer, [...before, alias])],
    removals: [],
  });
  return { kind: 'added', version, offer };
}

function aliasRow(key: string, offer: Offer, aliases: readonly string[]): DirectoryRow {
  const { id, publisherId, name, supportTier, hosting, withdrawn } = offer;
  const empty = { categories: [], plans: [], links: {}, contacts: [] };
  return {
    kind: 'offer',
    key,
    offer: { id, publisherId, name, aliases, supportTier, hosting, withdrawn, ...empty },
  };
}
