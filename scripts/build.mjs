/** Bundles the server and the command line into dist/, see bundle.mjs. Types are checked by `npm run typecheck`. */
import { fileURLToPath } from 'node:url';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundleServer } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// Parts of an earlier build would stay beside the new ones.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
await bundleServer({
  root,
  outdir: 'dist',
  entryPoints: { index: 'bot/index.ts', cli: 'bot/cli.ts' },
  sourcemap: true,
});
