/** Bundles the server and the command line into dist/, see bundle.mjs. Types are checked by `npm run typecheck`. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENTRY_POINTS, bundleServer } from './bundle.mjs';
import { licenceTexts } from './shipped.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');

// Parts of an earlier build would stay beside the new ones.
rmSync(dist, { recursive: true, force: true });
const places = await bundleServer({ root, outdir: 'dist', entryPoints: ENTRY_POINTS, sourcemap: true });
writeFileSync(path.join(dist, 'THIRD-PARTY-LICENCES.txt'), licenceTexts(root, places));
