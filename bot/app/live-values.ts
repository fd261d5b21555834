/** The partner profile and the classifier of this moment, read again when somebody may have changed them. */
import { NO_PROFILE, type PartnerProfile } from '../../core/directory/profile.js';
import type { Clock, Log, ProfileStore } from '../../core/ports.js';
import type { Issue } from '../../core/terms.js';
import { type IssueClassifier, createIssueClassifier } from '../../core/understanding/classifier.js';
/** How old a value may be before it is read again, in milliseconds. A caller meanwhile gets the old value at once. */
const STALE_MS = 5_000;

export interface LiveOptions {
  readonly now: Clock;
  readonly log: Log;
}

/** A value as it was last read. */
export interface Live<T> {
  (): T;
  /** Reads it now, after every reading that has begun. */
  readonly refresh: () => Promise<void>;
  /** Waits until it is no older than STALE_MS. */
  readonly fresh: () => Promise<void>;
}

/** A value that is kept, and read again behind the answer when it has become old. A failed reading keeps the old one. */
export async function live<T>(read: () => Promise<T>, { now, log }: LiveOptions): Promise<Live<T>> {
  let value = await read();
  let readAt = now();
  // One reading after another: an older answer never comes to stand over a newer one.
  let reading: Promise<void> = Promise.resolve();
  const readOnce = async (): Promise<void> => {
    try {
      value = await read();
    } catch (error) {
      log.warn('live.not-read', { error });
    }
  };
  const refresh = (): Promise<void> => {
    readAt = now();
    reading = reading.then(readOnce);
    return reading;
  };
  const fresh = (): Promise<void> => (now() - readAt >= STALE_MS ? refresh() : reading);
  const get = (): T => {
    void fresh();
    return value;
  };
  return Object.assign(get, { refresh, fresh });
}

/** The profile as it is now; `NO_PROFILE` while there is none. */
export function openLiveProfile(
  store: Pick<ProfileStore, 'load'>,
  options: LiveOptions,
): Promise<Live<PartnerProfile>> {
  return live(async () => (await store.load()) ?? NO_PROFILE, options);
}

type Taught = readonly { readonly phrase: string; readonly issue: Issue }[];

/** The classifier with the phrases an administrator taught; made anew only when they have changed. */
export async function openLiveClassifier(
  store: { list(): Promise<Taught> },
  options: LiveOptions,
): Promise<Live<IssueClassifier>> {
  let known = '';
  let classifier = createIssueClassifier();
  return live(async () => {
    const phrases = (await store.list()).map(({ phrase, issue }) => ({ text: phrase, issue }));
    const seen = JSON.stringify(phrases);
    if (seen !== known) classifier = createIssueClassifier({ phrases });
    known = seen;
    return classifier;
  }, options);
}
