/** An administrator corrects an offer itself: the name shown, and whether it is still sold. */
import { ADMIN_SOURCE, correctedOffer, ownMark } from '../../directory/correction.js';
import { collectClaims, sourcesOwn } from '../../directory/merge.js';
import { cleanName } from '../../directory/parse/text.js';
import type { Offer, OwnCorrection } from '../../directory/types.js';
import type { KeptDirectory } from '../../ports.js';
import { retryOnConflict } from '../retry-on-conflict.js';

const MAX_NAME = 200;

export interface OfferCorrection {
  readonly offerId: string;
  readonly name: string;
  readonly withdrawn: boolean;
  /** `ownMark` of the values that the administrator saw; different values now are a conflict. */
  readonly expected?: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type OfferCorrected =
  | { readonly kind: 'corrected'; readonly version: number }
  | { readonly kind: 'same' }
  | { readonly kind: 'conflict'; readonly current: Pick<Offer, 'name' | 'withdrawn'> }
  | { readonly kind: 'bad-name' }
  | { readonly kind: 'unknown' };

/** Corrects the offer. The correction counts until the sources change. A correction equal to the sources ends it. */
export async function correctOffer(
  store: KeptDirectory,
  correction: OfferCorrection,
): Promise<OfferCorrected> {
  const { offerId, withdrawn, actor, now: at } = correction;
  const key = `offer:${offerId}`;
  let seen = correction.expected;
  return retryOnConflict(async () => {
    const { offers, version: ifVersion } = await store.load();
    const current = offers.get(offerId);
    if (!current) return { kind: 'unknown' };
    const name = cleanName(correction.name).text;
    if (name === '' || name.length > MAX_NAME) return { kind: 'bad-name' };
    if (current.name === name && current.withdrawn === withdrawn) return { kind: 'same' };
    seen ??= ownMark(current);
    if (seen !== ownMark(current)) return { kind: 'conflict', current };
    const { sources } = await store.rowsAbout(key);
    const own = (await store.rowsOf(ADMIN_SOURCE)).get(key);
    const sourced = sourcesOwn(collectClaims(sources).offers.get(offerId) ?? []);
    const upserts = [correctedOffer(own, current, overOf(sourced, { name, withdrawn }))];
    const change = { source: ADMIN_SOURCE, actor, at, upserts, removals: [], ifVersion };
    return { kind: 'corrected', version: await store.commit(change) };
  });
}

/** The correction contains only values that differ from the sources, so that the rest follows the sources. */
function overOf(
  sourced: Pick<Offer, 'name' | 'withdrawn'>,
  wanted: Pick<Offer, 'name' | 'withdrawn'>,
): OwnCorrection {
  return {
    ...(wanted.name === sourced.name ? {} : { name: wanted.name }),
    ...(wanted.withdrawn === sourced.withdrawn ? {} : { withdrawn: wanted.withdrawn }),
    over: ownMark(sourced),
  };
}
