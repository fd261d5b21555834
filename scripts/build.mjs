/** Bundles the server and the command line into dist/, see bundle.mjs. Types are checked by `npm run typecheck`. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { SERVER_BUNDLE } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// Parts of an earlier build would stay beside the new ones.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { index: 'bot/index.ts', cli: 'bot/cli.ts' },
  outdir: 'dist',
  ...SERVER_BUNDLE,
  sourcemap: true,
  logLevel: 'warning',
});
