/**
 * Runs the whole suite, several files at a time. Says which parts this machine cannot run, and how to run them. Extra
 * arguments go to mocha. If the arguments name files, they run one after another.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleServer, ENTRY_POINTS } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const hasChromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].some((one) => one && existsSync(one));

/** The stores of the tests wait for the disk at each message, unless they stand in memory. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

/** A new folder in memory for temporary files; undefined where there is no room. */
function memoryFolder() {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return undefined;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ROOM_BYTES) return undefined;
  const folder = mkdtempSync(path.join(MEMORY, 'offer-desk-test-'));
  // A test starts the product as another user, who must be able to go through this folder.
  chmodSync(folder, 0o711);
  return folder;
}

const given = process.argv.slice(2);
const isWhole = given.every((one) => one.startsWith('-'));
// One more than the cores, because many tests wait for a timer, another process or a browser.
const jobs = Math.min(4, os.availableParallelism() + 1);
const all = isWhole ? ['--parallel', `--jobs=${jobs}`, 'test/**/*.test.ts'] : [];
// The tests that start the product start this build, which takes a sixth of the time of the source.
const build = isWhole ? mkdtempSync(path.join(root, 'build-test-')) : undefined;
const memory = isWhole ? memoryFolder() : undefined;
if (build) await bundleServer({ root, outdir: build, entryPoints: ENTRY_POINTS, sourcemap: true });
const run = spawnSync(process.execPath, [mocha, '--reporter', 'scripts/reporter.cjs', ...all, ...given], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(build ? { OFFER_DESK_TEST_BUILD: build } : {}),
    ...(memory ? { TMPDIR: memory } : {}),
  },
});
for (const made of [build, memory]) if (made) rmSync(made, { recursive: true, force: true });
if (!hasChromium) {
  console.log(
    'Left out: the browser journeys. Install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}
process.exit(run.status ?? 1);
