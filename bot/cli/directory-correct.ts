/** `directory correct` and `directory undo`: an administrator corrects one contact, or undoes the correction. */
import type { DeadReason } from '../../core/directory/types.js';
import { correctContact, type Corrected } from '../../core/services/directory/correct-contact.js';
import { undoChange } from '../../core/services/directory/undo-change.js';
import { CONTACT_KINDS, type ContactKind } from '../../core/terms.js';
import type { Stores } from '../store/stores.js';
import { EXIT, type CommandContext, type Output } from './directory.js';

export interface CorrectOptions {
  /** An offer's id, or `publisher:<id>`. */
  readonly key: string;
  readonly kind: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly upn?: string;
  readonly hours?: string;
  readonly dead?: DeadReason;
}

/** Corrects the contact and prints the result. */
export async function directoryCorrect(
  { key, kind, dead, ...fields }: CorrectOptions,
  { directory }: Pick<Stores, 'directory'>,
  out: Output,
  context: CommandContext,
): Promise<number> {
  if (!isContactKind(kind)) {
    out.line(`"${kind}" is none of ${CONTACT_KINDS.join(', ')}.`);
    return EXIT.refused;
  }
  const done = await correctContact(directory, {
    key: keyOf(key),
    kind,
    fields,
    ...(dead === undefined ? {} : { dead }),
    ...context,
  });
  out.line(resultText(done, key));
  return done.kind === 'corrected' || done.kind === 'same' ? EXIT.ok : EXIT.refused;
}

/** Undoes the last correction. */
export async function directoryUndo(
  key: string,
  { directory }: Pick<Stores, 'directory'>,
  out: Output,
  context: CommandContext,
): Promise<number> {
  const undone = await undoChange(directory, { key: keyOf(key), ...context });
  switch (undone.kind) {
    case 'undone':
      out.line(`The last correction of ${key} is taken back.`);
      for (const { field, before = '', after = '' } of undone.changes)
        out.line(`  ${field}: ${before} → ${after}`);
      return EXIT.ok;
    case 'nothing':
      out.line(`Nothing of ${key} was ever corrected.`);
      return EXIT.refused;
    case 'conflict':
      out.line('Somebody else changed the directory at this moment, and nothing was undone. Repeat it.');
      return EXIT.refused;
  }
}

function resultText(done: Corrected, key: string): string {
  switch (done.kind) {
    case 'corrected':
      return `Corrected. The directory is at version ${String(done.version)}; "directory undo ${key}" takes it back.`;
    case 'same':
      return 'Nothing to do: the directory says so already.';
    case 'conflict':
      return 'Somebody else changed the directory at this moment, and nothing was overwritten. Look at it and repeat.';
    case 'bad':
      return `Not valid: ${done.fields.join(', ')}. Nothing was changed.`;
    case 'unreachable':
      return 'A contact needs an email address, a phone number, a page or a chat address.';
    case 'unknown':
      return `The directory does not know ${key}.`;
  }
}

export function isContactKind(text: string): text is ContactKind {
  return (CONTACT_KINDS as readonly string[]).includes(text);
}

/** An offer's id, or a key written out. */
export const keyOf = (text: string) => (/^(offer|publisher):/.test(text) ? text : `offer:${text}`);
