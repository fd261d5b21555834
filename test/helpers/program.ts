/** How a test starts a part of the product as a separate process. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findRootDir } from '../../bot/runtime/root-dir.js';

const TSX = pathToFileURL(path.join(findRootDir(), 'node_modules/tsx/dist/loader.mjs')).href;

/**
 * Arguments for Node. The whole suite builds the product once, which starts six times faster; a test file that runs
 * alone starts the source.
 */
export function program(part: 'index' | 'cli'): readonly string[] {
  const built = process.env.OFFER_DESK_TEST_BUILD;
  return built
    ? ['--enable-source-maps', path.join(built, `${part}.js`)]
    : ['--import', TSX, path.join(findRootDir(), `bot/${part}.ts`)];
}
