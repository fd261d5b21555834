/**
 * `npm start`: builds in a process of its own when a source is newer than the build, and then runs the server in this
 * process. So no bundler stays in memory, and signals reach the server directly.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SERVER = path.join(root, 'dist', 'index.js');
/** The lockfile is here because the build holds the packages. */
const SOURCES = [
  ...['bot', 'cards', 'core', 'dialogs', 'locales'],
  ...['package.json', 'package-lock.json', 'scripts/bundle.mjs', 'scripts/bundle-later.mjs'],
  ...['scripts/webchat.mjs', 'scripts/webchat-files.mjs'],
];

if (isStale()) await build();
followParent();
await import(pathToFileURL(SERVER).href);

/** True when there is no build, or a source changed after it. A deployment without sources has only its build. */
function isStale() {
  if (!existsSync(SERVER)) return true;
  const built = statSync(SERVER).mtimeMs;
  return SOURCES.some((name) => newest(path.join(root, name)) > built);
}

function newest(place) {
  if (!existsSync(place)) return 0;
  const { mtimeMs } = statSync(place);
  if (!statSync(place).isDirectory()) return mtimeMs;
  const inside = readdirSync(place, { withFileTypes: true });
  return Math.max(mtimeMs, ...inside.map((one) => newest(path.join(place, one.name))));
}

async function build() {
  if (!hasBundler()) {
    if (existsSync(SERVER)) return;
    console.error(
      'There is no build in dist/, and esbuild is not installed. Run "npm ci" and "npm run build", or deploy dist/.',
    );
    process.exit(1);
  }
  const child = spawn(process.execPath, [path.join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) process.exit(code ?? 1);
}

function hasBundler() {
  try {
    createRequire(import.meta.url).resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}

/** npm and its shell end on SIGTERM and do not pass the signal on. When npm is gone, the server stops as if it had received SIGTERM. */
function followParent() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.emit('SIGTERM', 'SIGTERM');
  }, 250);
  timer.unref();
}
