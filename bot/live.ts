/** The partner profile and the reader of this moment, read again when somebody may have changed them. */
import type { PartnerProfile } from '../core/directory/profile.js';
import { DeskError } from '../core/errors.js';
import type { ProfileStore } from '../core/ports.js';
import type { Issue } from '../core/terms.js';
import type { IssueReader } from '../core/understanding/types.js';
import { createIssueReader } from '../core/understanding/reader.js';

/** The profile as it is now. @throws DeskError `config.invalid` when none was ever stored. */
export async function openLiveProfile(store: Pick<ProfileStore, 'load'>): Promise<() => PartnerProfile> {
  const profile = await store.load();
  if (!profile) throw new DeskError('config.invalid', 'there is no partner profile; see OFFER_DESK_PROFILE');
  return () => profile;
}

/** The reader with the phrases an administrator taught. */
export async function openLiveReader(store: {
  list(): Promise<readonly { readonly phrase: string; readonly issue: Issue }[]>;
}): Promise<() => IssueReader> {
  const reader = createIssueReader({
    phrases: (await store.list()).map(({ phrase, issue }) => ({ text: phrase, issue })),
  });
  return () => reader;
}
