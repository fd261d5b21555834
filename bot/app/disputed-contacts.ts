/** The contacts several people call wrong, as of a few seconds ago on every instance, and at once where it was said. */
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import { aboutId, doubts, type ContactReportStore } from '../../core/services/reports/report-contact.js';
import { MOST_OPEN } from '../../dialogs/reports/contact-reports.js';
import type { LiveOptions } from './live-values.js';

export interface Doubts {
  /** How many people say so, from the number on that everybody is warned of. Reading it costs nothing. */
  readonly of: (about: ContactAbout) => number | undefined;
  /** Reads them now. Throws what the store throws. */
  refresh(): Promise<void>;
}

/** How old they may be before they are read again, in milliseconds. */
const STALE_MS = 3_000;

/** Reads them and keeps reading while somebody asks; a failed reading keeps the last good one. */
export async function openDoubts(
  store: Pick<ContactReportStore, 'open'>,
  { now, log }: LiveOptions,
): Promise<Doubts> {
  const read = async () => doubts(await store.open(MOST_OPEN));
  let current = await read();
  let readAt = now();
  const refresh = async (): Promise<void> => {
    readAt = now();
    current = await read();
  };
  return {
    of: (about) => {
      if (now() - readAt >= STALE_MS)
        refresh().catch((error: unknown) => log.warn('reports.doubts-not-read', { error }));
      return current.get(aboutId(about));
    },
    refresh,
  };
}
