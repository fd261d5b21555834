/** Finds the folder the product lives in, whether it runs from source or from its build. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeskError } from '../../core/errors.js';

/** The nearest folder above this file that holds a package.json. */
export function findRootDir(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new DeskError('invariant', 'no package.json above the program');
  return findRootDir(parent);
}
