/** The partner profile and the reader of this moment, read again when somebody may have changed them. */
import type { PartnerProfile } from '../core/directory/profile.js';
import { DeskError } from '../core/errors.js';
import type { Clock, Log, ProfileStore } from '../core/ports.js';
import type { Issue } from '../core/terms.js';
import type { IssueReader } from '../core/understanding/types.js';
import { createIssueReader } from '../core/understanding/reader.js';

/** How old a value may be before it is read again, in milliseconds. Whoever asks meanwhile gets the old one at once. */
const STALE_MS = 5_000;

export interface LiveOptions {
  readonly now: Clock;
  readonly log: Log;
}

/** A value that is kept, and read again behind the answer when it has become old. A failed reading keeps the old one. */
export async function live<T>(read: () => Promise<T>, { now, log }: LiveOptions): Promise<() => T> {
  let value = await read();
  let readAt = now();
  const again = async (): Promise<void> => {
    try {
      value = await read();
    } catch (error) {
      log.warn('live.not-read', { error });
    }
  };
  return () => {
    if (now() - readAt >= STALE_MS) {
      readAt = now();
      void again();
    }
    return value;
  };
}

/** The profile as it is now. @throws DeskError `config.invalid` when none was ever stored. */
export function openLiveProfile(
  store: Pick<ProfileStore, 'load'>,
  options: LiveOptions,
): Promise<() => PartnerProfile> {
  return live(async () => {
    const profile = await store.load();
    if (profile) return profile;
    throw new DeskError('config.invalid', 'there is no partner profile; see OFFER_DESK_PROFILE');
  }, options);
}

type Taught = readonly { readonly phrase: string; readonly issue: Issue }[];

/** The reader with the phrases an administrator taught; made anew only when they have changed. */
export async function openLiveReader(
  store: { list(): Promise<Taught> },
  options: LiveOptions,
): Promise<() => IssueReader> {
  let known = '';
  let reader = createIssueReader();
  return live(async () => {
    const phrases = (await store.list()).map(({ phrase, issue }) => ({ text: phrase, issue }));
    const seen = JSON.stringify(phrases);
    if (seen !== known) reader = createIssueReader({ phrases });
    known = seen;
    return reader;
  }, options);
}
