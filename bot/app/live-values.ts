/** The present partner profile and classifier. They are read again after possible changes. */
import { NO_PROFILE, type PartnerProfile } from '../../core/directory/profile.js';
import type { Clock, Log, ProfileStore } from '../../core/ports.js';
import type { Issue } from '../../core/terms.js';
import { type IssueClassifier, createIssueClassifier } from '../../core/understanding/classifier.js';
import { passedSince } from '../../core/time.js';
/** The age in milliseconds after which a value is read again. Meanwhile a caller gets the old value at once. */
const STALE_MS = 5_000;

export interface LiveOptions {
  readonly now: Clock;
  readonly log: Log;
}

/** The value from the last read. */
export interface Live<T> {
  (): T;
  /** Reads the value now, after all earlier reads have ended. */
  readonly refresh: () => Promise<void>;
  /** Waits until the value is no older than STALE_MS. */
  readonly fresh: () => Promise<void>;
}

/** A cached value. An old value is read again in the background. A failed read keeps the old value. */
export async function live<T>(read: () => Promise<T>, { now, log }: LiveOptions): Promise<Live<T>> {
  let value = await read();
  let readAt = now();
  // Reads run one after another, so that an older result never replaces a newer one.
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
  const fresh = (): Promise<void> => (passedSince(readAt, now()) >= STALE_MS ? refresh() : reading);
  const get = (): T => {
    void fresh();
    return value;
  };
  return Object.assign(get, { refresh, fresh });
}

/** Waits until none of the values is older than STALE_MS. */
export async function freshAll(values: readonly Pick<Live<unknown>, 'fresh'>[]): Promise<void> {
  await Promise.all(values.map((one) => one.fresh()));
}

/** The present profile; `NO_PROFILE` while there is none. */
export function openLiveProfile(
  store: Pick<ProfileStore, 'load'>,
  options: LiveOptions,
): Promise<Live<PartnerProfile>> {
  return live(async () => (await store.load()) ?? NO_PROFILE, options);
}

type Taught = readonly { readonly phrase: string; readonly issue: Issue }[];

/** The classifier with the administrators' phrases. It is rebuilt only after a change. */
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
