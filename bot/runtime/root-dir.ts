/** Finds the product's folder, both for the source and for the build. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeskError } from '../../core/errors.js';

/** The nearest folder above this file that contains a package.json. */
export function findRootDir(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new DeskError('invariant', 'no package.json above the program');
  return findRootDir(parent);
}
