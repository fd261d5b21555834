/**
 * The note by which a command finds the running server: its loopback port and a random key, in a file of the data
 * directory that only the server's own user can read. It is written anew at every start and goes at the end.
 */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const DOOR_FILE = 'offer-desk.door';
const NOTE = z.strictObject({
  port: z.number().int().min(1).max(65535),
  key: z.string().min(32),
});
export type DoorNote = z.infer<typeof NOTE>;

/** A key nobody can guess: 256 bits. */
export function newDoorKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Writes the note where only this user can read it, from its first byte on. */
export async function writeDoorNote(dataDir: string, note: DoorNote): Promise<void> {
  const draft = path.join(dataDir, `${DOOR_FILE}.new`);
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(note), { mode: 0o600, flag: 'wx' });
  await rename(draft, path.join(dataDir, DOOR_FILE));
}

/** Undefined where there is none, or none this user can read. */
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
