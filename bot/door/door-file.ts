/**
 * The file by which a command finds the running server. It contains the server's loopback port and a random key, and
 * only the server's own user can read it. The server writes the file at every start and deletes it at the end.
 */
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ErrorCode } from '../../core/errors.js';

const DOOR_FILE = 'offer-desk.door';
const NOTE = z.strictObject({
  port: z.number().int().min(1).max(65535),
  key: z.string().min(32),
});
export type DoorNote = z.infer<typeof NOTE>;

/** A key that cannot be guessed: 256 bits. */
export function newDoorKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Writes the file so that only this user can read it, from the first byte on. */
export async function writeDoorNote(dataDir: string, note: DoorNote): Promise<void> {
  const draft = path.join(dataDir, `${DOOR_FILE}.new`);
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(note), { mode: 0o600, flag: 'wx' });
  await rename(draft, path.join(dataDir, DOOR_FILE));
}

/** Undefined when the file is missing, or this user cannot read it. */
export async function readDoorNote(dataDir: string): Promise<DoorNote | undefined> {
  try {
    const text = await readFile(path.join(dataDir, DOOR_FILE), 'utf8');
    return NOTE.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function removeDoorNote(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, DOOR_FILE), { force: true });
}

/** The only path of this port. */
export const DOOR_PATH = '/directory';
/** A request is a command with its options, never a file. */
export const MAX_REQUEST = 65_536;

export const DOOR_REQUEST = z.strictObject({
  /** The user, for the record: `cli:` and the name of the machine's user. */
  actor: z.string().regex(/^cli:[^\p{Cc}]{1,100}$/u),
  request: z.unknown(),
});
export type DoorRequest = z.infer<typeof DOOR_REQUEST>;

const FAILURE = z.strictObject({ code: z.string(), message: z.string() });

/** One line of the answer. The last line is `exit` or `failed`; otherwise the server ended before its command. */
export const DOOR_LINE = z.union([
  z.strictObject({ line: z.string() }),
  z.strictObject({ progress: z.string() }),
  z.strictObject({ exit: z.number().int() }),
  z.strictObject({ failed: FAILURE }),
]);
export type DoorLine =
  | { readonly line: string }
  | { readonly progress: string }
  | { readonly exit: number }
  | { readonly failed: { readonly code: ErrorCode; readonly message: string } };
