/**
 * Outage figures. Usage: `npm run bench -- outages [mode] [numbers…]`, where mode is
 * `sizes` (1,000 and 10,000 recipients at 30/s, 100,000 at 50/s, each in a process of its own, and the cost of a card at 100,000 and at 1,000),
 * `full` (the same with 300,000), `broadcast READERS RATE`, `cost LARGE SMALL RATE`, `naive READERS`, `planning READERS [sqlite|postgres]`,
 * `webhook COUNT READERS CROWD`, `kills KILLS READERS [sqlite|postgres]`; without a mode everything but 300,000 and the kills.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { broadcast } from './broadcast.js';
import { cost } from './cost.js';
import { kills } from './kills.js';
import { naive } from './naive.js';
import { planning } from './planning.js';
import { webhook } from './webhook.js';

const RUNNER = fileURLToPath(new URL('../run.ts', import.meta.url));

/** The heap a process gets in a container of 512 MB; a large machine would let it grow and call that its need. */
const LIKE_A_CONTAINER = ['--max-old-space-size=256', '--expose-gc'];

/** Runs a mode in a process of its own, so that neither memory nor compiled code comes from another. */
async function apart(...mode: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [...LIKE_A_CONTAINER, '--import', 'tsx', RUNNER, 'outages', ...mode],
    { stdio: 'inherit' },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${mode.join(' ')} ended with ${String(code)}`);
}

async function sizes(withMost: boolean): Promise<void> {
  await apart('broadcast', '1000', '30');
  await apart('broadcast', '10000', '30');
  await apart('broadcast', '100000', '50');
  await apart('naive', '10000');
  if (withMost) await apart('broadcast', '300000', '50');
  await apart('cost', '100000', '1000', '50');
}

export async function run(): Promise<void> {
  const [, mode = 'all', ...rest] = process.argv.slice(2);
  const number = (at: number, otherwise: number): number => Number(rest[at] ?? otherwise);
  if (mode === 'broadcast') await broadcast(number(0, 10_000), number(1, 30));
  else if (mode === 'cost') await cost(number(0, 100_000), number(1, 1000), number(2, 50));
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
