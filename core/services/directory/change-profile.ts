/** An administrator changes one part of the partner profile, or takes the last change of it back. */
import { diffValues, type FieldChange } from '../../directory/diff.js';
import {
  partFields,
  partMark,
  withPart,
  type PartFields,
  type ProfilePart,
} from '../../directory/profile-parts.js';
import type { KeptProfile, ProfileVersion } from '../../ports.js';
import { isConflict, retryOnConflict } from '../retry-on-conflict.js';

export interface ProfileChange {
  readonly part: ProfilePart;
  readonly fields: PartFields;
  /** `partMark` of what the administrator saw. Other parts may have changed meanwhile. */
  readonly expected: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type ProfileChanged =
  | { readonly kind: 'changed'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'same' }
  /** Somebody else changed this part: what it says now. */
  | { readonly kind: 'conflict'; readonly current: PartFields; readonly mark: string }
  | { readonly kind: 'bad'; readonly fields: readonly string[] }
  /** There is no profile, or it has no such part. */
  | { readonly kind: 'unknown' };

/** Changes the part, and nothing else, of the profile as it is then: who saves another part at the same moment is no conflict. */
export function changeProfile(store: KeptProfile, change: ProfileChange): Promise<ProfileChanged> {
  return retryOnConflict(() => attempt(store, change));
}

async function attempt(
  store: KeptProfile,
  { part, fields, expected, actor, now }: ProfileChange,
): Promise<ProfileChanged> {
  const [last] = await store.history(1);
  const current = last && partFields(last.profile, part);
  if (!current) return { kind: 'unknown' };
  const made = withPart(last.profile, part, fields);
  const changes = made.kind === 'profile' ? diffValues(last.profile, made.profile) : [];
  if (made.kind === 'profile' && changes.length === 0) return { kind: 'same' };
  const mark = partMark(last.profile, part);
  if (mark !== expected) return { kind: 'conflict', current, mark };
  if (made.kind === 'bad') return made;
  await store.save(made.profile, actor, now, last.version);
  return { kind: 'changed', changes };
}

/** One version of the profile with what it changed; the first changed everything, so it tells nothing. */
export interface ToldVersion {
  readonly version: ProfileVersion;
  readonly changes: readonly FieldChange[];
}

/** The last versions, newest first. */
export async function profileHistory(
  store: Pick<KeptProfile, 'history'>,
  limit: number,
): Promise<readonly ToldVersion[]> {
  const versions = await store.history(limit + 1);
  return versions.slice(0, limit).map((version, at) => {
    const before = versions[at + 1];
    return { version, changes: before ? diffValues(before.profile, version.profile) : [] };
  });
}

export type ProfileUndone =
  | { readonly kind: 'undone'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'nothing' }
  /** Somebody saved another version after this one was shown. */
  | { readonly kind: 'conflict' };

/** What taking the last version back would change; undefined when there is none before it. */
export async function planProfileUndo(
  store: Pick<KeptProfile, 'history'>,
): Promise<{ readonly last: ProfileVersion; readonly changes: readonly FieldChange[] } | undefined> {
  const [last, before] = await store.history(2);
  return last && before && { last, changes: diffValues(last.profile, before.profile) };
}

/** Saves the version before the last one anew. Doing so twice brings the last one again. */
export async function undoProfile(
  store: KeptProfile,
  request: { readonly expected: number; readonly actor: string; readonly now: number },
): Promise<ProfileUndone> {
  const [last, before] = await store.history(2);
  if (!last || !before) return { kind: 'nothing' };
  if (last.version !== request.expected) return { kind: 'conflict' };
  try {
    await store.save(before.profile, request.actor, request.now, last.version);
  } catch (error) {
    if (isConflict(error)) return { kind: 'conflict' };
    throw error;
  }
  return { kind: 'undone', changes: diffValues(last.profile, before.profile) };
}
