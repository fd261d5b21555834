/**
 * Gets the prebuilt Web Chat bundle from the npm package without its 500 MB install tree: pack, verify, take two files,
 * compress, keep under vendor/ (not committed). The tests do this when the bundle is missing. The server starts this file as a
 * process of its own, because unpacking and compressing take memory that the server would keep.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import zlib from 'node:zlib';
import { WEB_CHAT, digest, hasWebChat, webChatDir } from './webchat-files.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);
const PACK_TIMEOUT_MS = 120_000;

/**
 * Makes sure that the bundle exists and matches the pinned checksums.
 * @param {{ root?: string, say?: (line: string) => void, timeoutMs?: number, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} its folder, with webchat.js, webchat.js.gz, webchat.js.br and the licence
 * @throws {Error} that says what to do, when the bundle cannot be fetched or does not match the pinned checksums
 */
export async function ensureWebChat({
  root = ROOT,
  say = () => undefined,
  timeoutMs = PACK_TIMEOUT_MS,
  signal,
} = {}) {
  const dir = webChatDir(root);
  if (await hasWebChat(dir)) return dir;
  const started = performance.now();
  const temp = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-webchat-'));
  try {
    const tarball = await pack(root, temp, { timeout: timeoutMs, signal });
    const files = await extract(tarball);
    await keep(files, dir);
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
  say(
    `Web Chat ${WEB_CHAT.version} fetched and verified in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return dir;
}

/** `npm pack` takes the package from the registry, proxy and cache that the user has configured, and runs none of its scripts. */
async function pack(root, temp, limits) {
  const spec = `${WEB_CHAT.name}@${WEB_CHAT.version}`;
  const args = [
    'pack',
    spec,
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel=error',
    '--pack-destination',
    temp,
  ];
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { file: process.execPath, args: [process.env.npm_execpath, ...args], shell: false }
    : { file: 'npm', args, shell: process.platform === 'win32' };
  try {
    await run(npm.file, npm.args, { cwd: root, shell: npm.shell, ...limits });
  } catch (cause) {
    throw new Error(
      `${spec} could not be fetched from the npm registry. The web page needs this package. Connect to the registry, or put the package's files into ` +
        `${path.relative(root, webChatDir(root))}/, and start again.\n${String(cause.stderr ?? cause.message).trim()}`,
      { cause },
    );
  }
  const [name] = (await readdir(temp)).filter((file) => file.endsWith('.tgz'));
  return path.join(temp, name);
}

/** Checks the integrity of a tarball, then reads the wanted files from it. */
async function extract(tarball) {
  const actual = `sha512-${await digest('sha512', tarball, 'base64')}`;
  if (actual !== WEB_CHAT.integrity)
    throw new Error(`${WEB_CHAT.name}: the integrity is ${actual}. It does not match the pinned one.`);
  const wanted = new Map(Object.keys(WEB_CHAT.files).map((name) => [`package/dist/${name}`, name]));
  const files = new Map();
  // A server that has the bundle never needs it.
  const { list } = await import('tar');
  const read = [];
  await list({
    file: tarball,
    strict: true,
    filter: (name) => wanted.has(name),
    onReadEntry: (entry) =>
      read.push(entry.concat().then((bytes) => files.set(wanted.get(entry.path), bytes))),
  });
  await Promise.all(read);
  for (const [name, expected] of Object.entries(WEB_CHAT.files)) {
    const bytes = files.get(name);
    if (!bytes || sha256(bytes) !== expected)
      throw new Error(`${WEB_CHAT.name}: the checksum of dist/${name} does not match the pinned one.`);
  }
  return files;
}

/** Each file appears complete or not at all, so that two processes may do this at the same time. The bundle itself is written last. */
async function keep(files, dir) {
  await mkdir(dir, { recursive: true });
  const bundle = files.get('webchat.js');
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = zlib.constants;
  const brotli = { params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 22 } };
  const [gz, br] = await Promise.all([
    promisify(zlib.gzip)(bundle, { level: 9 }),
    promisify(zlib.brotliCompress)(bundle, brotli),
  ]);
  const all = [
    ['webchat.js.LICENSE.txt', files.get('webchat.js.LICENSE.txt')],
    ['webchat.js.gz', gz],
    ['webchat.js.br', br],
    ['webchat.js', bundle],
  ];
  for (const [name, bytes] of all) {
    const whole = path.join(dir, name);
    const part = `${whole}.${process.pid}.part`;
    await writeFile(part, bytes);
    await rename(part, whole);
  }
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function main() {
  const { values } = parseArgs({ options: { 'timeout-ms': { type: 'string' } } });
  // A server that stops also stops this process, and this process has to stop npm and to remove what npm fetched.
  const stopped = new AbortController();
  process.once('SIGTERM', () => stopped.abort());
  try {
    const timeoutMs = Number(values['timeout-ms'] ?? PACK_TIMEOUT_MS);
    await ensureWebChat({ say: console.log, timeoutMs, signal: stopped.signal });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
