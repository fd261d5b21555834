/** Lets only the server's user read the data directory and its files, for any umask. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const OTHERS = 0o077;
const MODES = { directory: 0o700, file: 0o600 } as const;

/** A directory or file that other users of the machine can read. */
export interface Loose {
  readonly path: string;
  /** Permission bits, such as `755`. */
  readonly mode: string;
}

/** The data directory and its files that other users can read. Windows has no such permission bits. */
export function looseFiles(dataDir: string): readonly Loose[] {
  if (process.platform === 'win32') return [];
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [dataDir, ...files.map(({ name }) => path.join(dataDir, name))].flatMap((one) => {
    const mode = statSync(one, { throwIfNoEntry: false })?.mode ?? 0;
    return (mode & OTHERS) === 0 ? [] : [{ path: one, mode: (mode & 0o777).toString(8) }];
  });
}

/**
 * Creates the data directory, or restricts the permissions of an existing directory.
 * @returns the paths that were too open; `tightened` is false when another user owns the path, as on some mounted
 * volumes.
 */
export function privateDirectory(dataDir: string): readonly (Loose & { readonly tightened: boolean })[] {
  createDirectory(path.resolve(dataDir));
  return looseFiles(dataDir).map((loose) => {
    const mode = loose.path === dataDir ? MODES.directory : MODES.file;
    return { ...loose, tightened: tighten(loose.path, mode) };
  });
}

/** Creates one level at a time: below some paths, such as `/proc`, the recursive mkdir of Node 20 never returns. */
function createDirectory(directory: string): void {
  if (existsSync(directory)) return;
  const parent = path.dirname(directory);
  if (parent !== directory) createDirectory(parent);
  try {
    mkdirSync(directory, { mode: MODES.directory });
  } catch (error) {
    // Another process can create the directory in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Creates an empty file that only this user may read, before a library opens it. Restricts an existing file. */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', MODES.file));
  tighten(file, MODES.file);
}

function tighten(file: string, mode: number): boolean {
  try {
    chmodSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
