/**
 * Applies the file that `OFFER_DESK_PROFILE` names, once for each content. Edits in the chat count until the file
 * changes.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { diffValues, type FieldChange } from '../../core/directory/diff.js';
import { logoLabel } from '../../core/directory/logo.js';
import { profileFromText } from '../../core/directory/parse-profile.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { DeskError } from '../../core/errors.js';
import type { KeptProfile, ProfileVersion } from '../../core/ports.js';
import { SAMPLE_ACTOR } from '../directory/sample.js';

const FILE_ACTOR = 'file:';

export interface ProfileFile {
  readonly profile: PartnerProfile;
  /** A hash of this content. */
  readonly mark: string;
}

/** Reads and checks a profile file. @throws DeskError `config.invalid` with the file and every error in it */
export async function readProfileFile(file: string): Promise<ProfileFile> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DeskError('config.invalid', `OFFER_DESK_PROFILE: ${file} cannot be read`, { cause });
  });
  const parsed = profileFromText(text);
  if (parsed.ok)
    return { profile: parsed.profile, mark: createHash('sha256').update(text).digest('hex').slice(0, 16) };
  const lines = parsed.problems.map(({ field, message }) => `\n  ${field || 'profile'}: ${message}`);
  throw new DeskError(
    'config.invalid',
    `OFFER_DESK_PROFILE: ${file} is not a valid partner profile. "offer-desk profile check ${file}" explains the problems:${lines.join('')}`,
  );
}

/** Saves the file's profile if this content is not the last applied content. Returns true when it saved. */
export async function applyProfileFile(
  store: KeptProfile,
  { profile, mark }: ProfileFile,
  now: number,
): Promise<boolean> {
  if (await isApplied(store, { profile, mark })) return false;
  await store.save(profile, `${FILE_ACTOR}${mark}`, now, undefined, false);
  return true;
}

/** True when this content was applied last. */
export async function isApplied(
  store: Pick<KeptProfile, 'lastBy'>,
  { profile, mark }: ProfileFile,
): Promise<boolean> {
  const applied = await store.lastBy(FILE_ACTOR);
  if (applied) return applied.actor === `${FILE_ACTOR}${mark}`;
  return isFromBefore(await store.lastBy(SAMPLE_ACTOR), profile);
}

/** Version 0.1.0 recorded the file under the actor of the first run. */
function isFromBefore(version: ProfileVersion | undefined, profile: PartnerProfile): boolean {
  return isDeepStrictEqual(version?.profile, profile);
}

/** The differences between the present profile and the last applied file; undefined when no file was applied. */
export async function changedSinceFile(
  store: Pick<KeptProfile, 'history' | 'lastBy'>,
): Promise<readonly FieldChange[] | undefined> {
  const [[newest], applied] = await Promise.all([store.history(1), store.lastBy(FILE_ACTOR)]);
  return newest && applied && diffValues(applied.profile, newest.profile);
}

/** One difference in the form for operators. */
export function changeLine({ field, before, after }: FieldChange): string {
  const shown = (value: string | undefined) =>
    value === undefined ? '(nothing)' : field === 'logo' ? logoLabel(value) : value;
  return `${field}: ${shown(before)} → ${shown(after)}`;
}
