/** What the built product costs: start beside a bare bot, memory while idle, a warm operator command, disk of an install. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { findRootDir } from '../../bot/runtime/root-dir.js';

const RUNS = 5;
/** How long after its ready line a server counts as idle: cards are warm and Web Chat is checked by then. */
const IDLE_MS = 5_000;
const MB = 1024 * 1024;
const root = findRootDir();

interface Figures {
  readonly readyMs: number;
  /** Processor time until then, which other work on the machine hardly changes. */
  readonly cpuMs: number;
  readonly idleMb: number;
}

/** Starts a server, waits until it is ready and then until it is idle. */
async function startAndIdle(file: string, env: NodeJS.ProcessEnv): Promise<Figures> {
  const begin = performance.now();
  const server = spawn(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => /ready/i.test(chunk.toString()) && resolve());
      server.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    });
    const readyMs = performance.now() - begin;
    const cpuMs = cpuOf(server.pid);
    await sleep(IDLE_MS);
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return { readyMs, cpuMs, idleMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024 };
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/** The kernel counts in hundredths of a second: fields 14 and 15 of the process's line, in the program and in the kernel. */
function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function commandMs(words: readonly string[], env: NodeJS.ProcessEnv): number {
  const begin = performance.now();
  const run = spawnSync(process.execPath, ['dist/cli.js', ...words], { cwd: root, env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${words.join(' ')}: ${run.stderr}`);
  return performance.now() - begin;
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.reduce((sum, one) => sum + statSync(path.join(one.parentPath, one.name)).size, 0) / MB;
}

/** Megabytes of what is deployed: built output, browser files, packages without source maps and types. */
function releaseMb(work: string): number {
  const folder = path.join(work, 'release');
  const made = spawnSync(process.execPath, ['scripts/release.mjs', folder], { cwd: root, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return sizeOf(folder);
}

/** Megabytes of the packages that production installs. */
function installMb(work: string): number {
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(path.join(root, name), path.join(work, name));
  const install = spawnSync('npm', ['ci', '--omit=dev', '--prefer-offline'], { cwd: work, encoding: 'utf8' });
  if (install.status !== 0) throw new Error(install.stderr);
  return sizeOf(path.join(work, 'node_modules'));
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? Number.NaN;

async function measureServers(env: NodeJS.ProcessEnv): Promise<void> {
  const echo = path.join(root, 'dist', 'echo-bot.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/baselines/echo-bot.ts'],
    outfile: echo,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const desk = path.join(root, 'dist', 'index.js');
  await startAndIdle(desk, env);
  const [bare, ours]: [Figures[], Figures[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await startAndIdle(echo, env));
    ours.push(await startAndIdle(desk, env));
  }
  rmSync(echo);
  const ready = [bare, ours].map((all) => median(all.map((one) => one.readyMs)));
  const idle = [bare, ours].map((all) => median(all.map((one) => one.idleMb)));
  const [bareMs = NaN, ourMs = NaN] = ready;
  console.log(`  ready      bare bot ${bareMs.toFixed(0)} ms, offer desk ${ourMs.toFixed(0)} ms`);
  const [bareCpu = NaN, ourCpu = NaN] = [bare, ours].map((all) => median(all.map((one) => one.cpuMs)));
  console.log(`  ratio      ${(ourMs / bareMs).toFixed(2)}  (aim 1.3)`);
  console.log(
    `  processor  bare bot ${bareCpu} ms, offer desk ${ourCpu} ms, ratio ${(ourCpu / bareCpu).toFixed(2)}`,
  );
  console.log(
    `  idle RSS   bare bot ${idle[0]?.toFixed(0)} MB, offer desk ${idle[1]?.toFixed(0)} MB  (aim 130)`,
  );
}

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-footprint-'));
  const data = path.join(work, 'data');
  const env = { ...process.env, NODE_ENV: '', PORT: '0', LOG_LEVEL: 'silent', OFFER_DESK_DATA_DIR: data };
  try {
    const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    console.log(`Node ${process.version}, medians of ${RUNS}`);
    await measureServers(env);
    const words = ['outages', 'sources', 'list'];
    const times = Array.from({ length: RUNS + 1 }, () => commandMs(words, env)).slice(1);
    const [fastest = NaN] = sorted(times);
    console.log(
      `  command    ${words.join(' ')}: ${median(times).toFixed(0)} ms, fastest ${fastest.toFixed(0)} ms  (aim 700)`,
    );
    console.log(`  install    ${installMb(work).toFixed(0)} MB of packages in production  (aim 200)`);
    console.log(`  release    ${releaseMb(work).toFixed(0)} MB in all, as deployed`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
