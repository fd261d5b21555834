/** How often each offer was asked about in the last three months: counted at every answer, read again every few minutes. */
import type { Clock, Log } from '../../core/ports.js';
import type { AskedOffers } from '../../dialogs/shared/services.js';
import type { AskedOfferStore } from '../store/answers/asked-offer-store.js';
import { passedSince } from '../../core/time.js';

const DAY_MS = 86_400_000;
const COUNTED_DAYS = 90;
/** More than any card shows, because some offers may be gone. */
const MOST = 50;
const READ_AGAIN_MS = 5 * 60_000;

/** The counts of this process, with those of other processes a few minutes later. A failed count prevents no answer. */
export async function openAskedOffers(
  store: AskedOfferStore,
  { now, log }: { readonly now: Clock; readonly log: Log },
): Promise<AskedOffers> {
  let times = new Map<string, number>();
  let readAt = 0;
  const read = async () => {
    readAt = now();
    times = new Map(await store.since(readAt - COUNTED_DAYS * DAY_MS));
  };
  await read();
  return {
    times: (offerId) => times.get(offerId) ?? 0,
    most: () =>
      [...times]
        .sort((a, b) => b[1] - a[1])
        .slice(0, MOST)
        .map(([offerId]) => offerId),
    async note(offerId) {
      times.set(offerId, (times.get(offerId) ?? 0) + 1);
      try {
        await store.count(offerId, now());
        if (passedSince(readAt, now()) >= READ_AGAIN_MS) await read();
      } catch (error) {
        log.warn('asked-offers.not-counted', { error });
      }
    },
  };
}
