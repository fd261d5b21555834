/**
 * `node scripts/on-node.mjs [20|22|24]`: fetches that Node from the package registry and runs on it what depends on Node
 * most: the store contracts on both SQLite drivers, the recorded conversations, and the built server's start.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const VERSIONS = { 20: '20.19.0', 22: '22.23.5', 24: '24.22.3' };
const READY_WITHIN_MS = 30_000;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MOCHA = ['node_modules/mocha/bin/mocha.js', '--reporter', 'scripts/reporter.cjs'];

const major = process.argv[2] ?? '24';
const version = VERSIONS[major];
if (version === undefined) fail(`Give one of: ${Object.keys(VERSIONS).join(', ')}`);
const node = fetchNode(version);
console.log(`On Node ${version}: store contracts, conversations, start of the built server`);

run([...MOCHA, '--parallel', '--jobs=2', 'test/contracts/*.test.ts', 'test/bot/store/engine/*.test.ts']);
// Node 20 has no SQLite of its own: the run above used the package.
if (major !== '20')
  run([...MOCHA, 'test/contracts/bot-state.contract.test.ts', 'test/bot/store/engine/backup.test.ts'], {
    NODE_OPTIONS: '--no-experimental-sqlite',
  });
run([...MOCHA, 'test/conversations/conversations.test.ts']);
run(['scripts/build.mjs']);
await startsReady();
console.log(`Node ${version}: all passed`);

/** The path of the binary. The package carries it, so nothing is downloaded but the package. */
function fetchNode(wanted) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${wanted}`;
  const args = [
    '--yes',
    `--package=${name}`,
    '--',
    'node',
    '--print',
    '`${process.version} ${process.execPath}`',
  ];
  const { status, stdout, stderr } = spawnSync('npx', args, { cwd: os.tmpdir(), encoding: 'utf8' });
  const [got, file] = (stdout ?? '').trim().split(/ (.*)/);
  if (status !== 0 || got !== `v${wanted}`) fail(`${name} did not bring Node ${wanted}: ${stdout}${stderr}`);
  return file;
}

function run(args, env = {}) {
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) fail(`Node ${version}: "${args.join(' ')}" failed (${status})`);
}

/** Starts the built server on an empty data directory, asks for its readiness, and stops it. */
async function startsReady() {
  const data = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-on-node-'));
  const env = { ...process.env, NODE_ENV: '', DATABASE_URL: '', PORT: '0', OFFER_DESK_DATA_DIR: data };
  const server = spawn(node, ['dist/index.js'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => server.kill('SIGKILL'), READY_WITHIN_MS);
  let complaints = '';
  server.stderr.on('data', (chunk) => (complaints += chunk));
  try {
    const origin = await originOf(server);
    const { status } = await fetch(`${origin}/readyz`);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    const [code] = await ended;
    if (status !== 200 || code !== 0) fail(`/readyz answered ${status}, the end was ${code}: ${complaints}`);
    if (/warning/i.test(complaints)) fail(`The start warns: ${complaints}`);
    console.log(`  started, /readyz ${status}, stopped`);
  } finally {
    clearTimeout(timer);
    server.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }

  async function originOf({ stdout }) {
    for await (const line of createInterface({ input: stdout })) {
      const found = /http:\/\/localhost:\d+/.exec(line)?.[0];
      if (found) return found;
    }
    return fail(`The server ended before it was ready: ${complaints}`);
  }
}

function fail(words) {
  console.error(words);
  process.exit(1);
}
