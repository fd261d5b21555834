/** Makes the partner profile for an administrator, changes one part of it, or undoes the last change. */
import { diffValues, type FieldChange } from '../../directory/diff.js';
import {
  profileFrom,
  questionsWith,
  type ProfileAnswers,
  type QuestionKey,
} from '../../directory/profile-draft.js';
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
  /** `partMark` of the part that the administrator saw. Other parts may have changed meanwhile. */
  readonly expected: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type ProfileChanged =
  | { readonly kind: 'changed'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'same' }
  /** Another administrator changed this part: its present values. */
  | { readonly kind: 'conflict'; readonly current: PartFields; readonly mark: string }
  | { readonly kind: 'bad'; readonly fields: readonly string[] }
  /** There is no profile, or it has no such part. */
  | { readonly kind: 'unknown' };

/** Changes only this part of the present profile. Another administrator who saves another part causes no conflict. */
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

export type ProfileCreated =
  | { readonly kind: 'created' }
  /** There is a profile already. */
  | { readonly kind: 'exists' }
  /** The questions without a good answer. */
  | { readonly kind: 'bad'; readonly questions: readonly QuestionKey[] };

/** Makes the first profile from answers. The staff's tenant and a way to reach the support desk are needed. */
export async function createProfile(
  store: KeptProfile,
  request: { readonly answers: ProfileAnswers; readonly actor: string; readonly now: number },
): Promise<ProfileCreated> {
  const answers = withBillingContact(request.answers);
  const made = profileFrom(answers);
  const needed: readonly QuestionKey[] = [
    ...(answers.tenant ? [] : (['tenant'] as const)),
    ...(answers.supportEmail || answers.supportPhone ? [] : (['supportEmail'] as const)),
  ];
  if (!made.ok || needed.length > 0)
    return { kind: 'bad', questions: [...needed, ...(made.ok ? [] : questionsWith(made.problems))] };
  if ((await store.history(1)).length > 0) return { kind: 'exists' };
  try {
    await store.save(made.profile, request.actor, request.now, 0, false);
  } catch (error) {
    if (isConflict(error)) return { kind: 'exists' };
    throw error;
  }
  return { kind: 'created' };
}

/** A partner with one desk names only the support desk. */
function withBillingContact(answers: ProfileAnswers): ProfileAnswers {
  if (answers.billingEmail || answers.billingPhone) return answers;
  const { supportEmail, supportPhone, supportHours } = answers;
  return {
    ...answers,
    billingEmail: supportEmail,
    billingPhone: supportPhone,
    billingHours: answers.billingHours ?? supportHours,
  };
}

/** One version of the profile with its changes; the first version has none, because all of it was new. */
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
  /** Another administrator saved a version after this one was shown. */
  | { readonly kind: 'conflict' };

/** The changes that an undo of the last version would make; undefined without an earlier version. */
export async function planProfileUndo(
  store: Pick<KeptProfile, 'history'>,
): Promise<{ readonly last: ProfileVersion; readonly changes: readonly FieldChange[] } | undefined> {
  const [last, before] = await store.history(2);
  return last && before && { last, changes: diffValues(last.profile, before.profile) };
}

/** Saves the version before the last one again. A second undo restores the last version. */
export async function undoProfile(
  store: KeptProfile,
  request: { readonly expected: number; readonly actor: string; readonly now: number },
): Promise<ProfileUndone> {
  const [last, before] = await store.history(2);
  if (!last || !before) return { kind: 'nothing' };
  if (last.version !== request.expected) return { kind: 'conflict' };
  try {
    await store.save(before.profile, request.actor, request.now, last.version, before.sample);
  } catch (error) {
    if (isConflict(error)) return { kind: 'conflict' };
    throw error;
  }
  return { kind: 'undone', changes: diffValues(last.profile, before.profile) };
}
