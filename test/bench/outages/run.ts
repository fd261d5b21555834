/**
 * Outage figures. Usage: `npm run bench -- outages [mode] [numbers…]`, where mode is
 * `sizes` (1,000 and 10,000 recipients at 30/s, 100,000 at 50/s, each in a process of its own, with the ratio of their costs),
 * `full` (the same with 300,000), `broadcast READERS RATE`, `naive READERS`, `planning READERS [sqlite|postgres]`, `webhook COUNT READERS CROWD`,
 * `kills KILLS READERS [sqlite|postgres]`; without a mode everything but 300,000 and the kills.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { broadcast, naive } from './broadcast.js';
import { print, rounded } from './figures.js';
import { kills } from './kills.js';
import { planning } from './planning.js';
import { webhook } from './webhook.js';

const RUNNER = fileURLToPath(new URL('../run.ts', import.meta.url));

/** The heap a process gets in a container of 512 MB; a large machine would let it grow and call that its need. */
const LIKE_A_CONTAINER = ['--max-old-space-size=256', '--expose-gc'];

/** Runs a mode in a process of its own, so that neither memory nor compiled code comes from another; its line, parsed. */
async function apart(...mode: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const child = spawn(
    process.execPath,
    [...LIKE_A_CONTAINER, '--import', 'tsx', RUNNER, 'outages', ...mode],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${mode.join(' ')} ended with ${String(code)}`);
  process.stdout.write(text);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

async function sizes(withMost: boolean): Promise<void> {
  const small = await apart('broadcast', '1000', '30');
  await apart('broadcast', '10000', '30');
  const large = await apart('broadcast', '100000', '50');
  await apart('naive', '10000');
  if (withMost) await apart('broadcast', '300000', '50');
  print({
    what: 'cost of a delivery, 100,000 recipients to 1,000',
    ratio: rounded(Number(large.cpuMsPerDelivery) / Number(small.cpuMsPerDelivery), 2),
  });
}

export async function run(): Promise<void> {
  const [, mode = 'all', ...rest] = process.argv.slice(2);
  const number = (at: number, otherwise: number): number => Number(rest[at] ?? otherwise);
  if (mode === 'broadcast') await broadcast(number(0, 10_000), number(1, 30));
  else if (mode === 'naive') await naive(number(0, 10_000));
  else if (mode === 'planning')
    await planning(number(0, 100_000), rest[1] === 'postgres' ? 'postgres' : 'sqlite');
  else if (mode === 'webhook') await webhook(number(0, 60), number(1, 200), number(2, 0));
  else if (mode === 'kills') await kills(number(0, 100), number(1, 1000), rest[2]);
  else {
    await sizes(mode === 'full');
    if (mode === 'all') {
      await apart('planning', '100000');
      await apart('webhook', '60', '200', '0');
      await apart('webhook', '60', '200', '100000');
    }
  }
  process.exit(0);
}
