/** Process start to "listening": the product on embedded defaults beside the bare echo bot, in turn, five times each. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import type { BundleScript } from '../helpers/bundle.js';

const RUNS = 7;
const root = findRootDir();
const READY = /ready/i;

/** The baseline as the SDK's documentation has it: its packages are not bundled. */
async function bundlePlain(entry: string, outdir: string): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    logLevel: 'error',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return path.join(outdir, `${path.basename(entry, '.ts')}.js`);
}

/** Milliseconds from spawn to the ready line, and resident memory then in MB. */
function once(file: string, env: Record<string, string>): Promise<{ ms: number; mb: number }> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    });
    let problem = '';
    child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    child.on('exit', (code) => code && reject(new Error(problem)));
    child.stdout.on('data', (chunk: Buffer) => {
      if (!READY.test(chunk.toString())) return;
      const ms = performance.now() - begin;
      const mb = residentMb(child.pid);
      child.on('close', () => resolve({ ms, mb }));
      child.kill('SIGKILL');
    });
  });
}

function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return Number.NaN;
  }
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export async function run(): Promise<void> {
  const work = await mkdtemp(path.join(root, 'build-bench-'));
  try {
    const echo = await bundlePlain('test/bench/baselines/echo-bot.ts', path.join(work, 'echo'));
    const outdir = path.join(work, 'desk');
    const { bundleServer } = (await import(path.join(root, 'scripts/bundle.mjs'))) as BundleScript;
    await bundleServer({ root, outdir, entryPoints: { index: 'bot/index.ts' } });
    const desk = path.join(outdir, 'index.js');
    const data = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-bench-'));
    const env = { OFFER_DESK_DATA_DIR: data };
    const first = await once(desk, env);
    const samples = {
      echo: [] as number[],
      desk: [] as number[],
      echoMb: [] as number[],
      deskMb: [] as number[],
    };
    for (let i = 0; i < RUNS; i += 1) {
      const [one, two] = [await once(echo, {}), await once(desk, env)];
      samples.echo.push(one.ms);
      samples.desk.push(two.ms);
      samples.echoMb.push(one.mb);
      samples.deskMb.push(two.mb);
    }
    const [echoMs, deskMs] = [median(samples.echo), median(samples.desk)];
    console.log(`cold start to listening, median of ${RUNS} (Node ${process.version})`);
    console.log(`  echo bot    ${echoMs.toFixed(0)} ms  ${median(samples.echoMb)} MB`);
    console.log(
      `  offer desk  ${deskMs.toFixed(0)} ms  ${median(samples.deskMb)} MB   (first start with seeding: ${first.ms.toFixed(0)} ms)`,
    );
    console.log(`  ratio       ${(deskMs / echoMs).toFixed(2)}`);
    await rm(data, { recursive: true, force: true });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
