/** Installs the successor's packages outside the product, and measures the packages of both SDKs. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SdkCost } from './report.js';

/** The old SDK's packages, and the successor's. */
export const OLD_SDK = ['botbuilder', 'botbuilder-dialogs', 'botframework-connector'];
export const NEW_SDK = [
  '@microsoft/agents-hosting',
  '@microsoft/agents-activity',
  '@microsoft/agents-hosting-dialogs',
];
const LOCK = 'package-lock.json';

/** The folder of the successor's packages. `resolve.mjs` and `types.ts` use the same folder. */
export const packagesDir = (root: string): string => path.join(root, 'node_modules', '.cache', 'agents-sdk');

/**
 * Installs the locked versions, without install scripts, if they are not installed. Prints what it does.
 * @throws Error when npm fails
 */
export function installPackages(root: string): void {
  const from = path.join(root, 'scripts', 'agents-sdk', 'packages');
  const to = packagesDir(root);
  const isCurrent =
    existsSync(path.join(to, 'node_modules', NEW_SDK[0] ?? '')) &&
    sameText(path.join(from, LOCK), path.join(to, LOCK));
  if (isCurrent) return;
  console.log(`Installs ${NEW_SDK.join(', ')} into ${path.relative(root, to)}; package.json stays as it is`);
  mkdirSync(to, { recursive: true });
  for (const name of ['package.json', LOCK]) copyFileSync(path.join(from, name), path.join(to, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: to, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm could not install the packages of ${path.relative(root, from)}`);
}

const sameText = (one: string, other: string): boolean =>
  existsSync(other) && readFileSync(one, 'utf8') === readFileSync(other, 'utf8');

/** Number and megabytes of these packages with everything they need, as installed below `root`. */
export function sizeOf(names: readonly string[], root: string): Omit<SdkCost, 'loadMs'> {
  const found = new Set<string>();
  const waiting = names.map((name) => ({ name, from: root }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const dir = packageDir(next.name, next.from);
    if (dir === undefined || found.has(dir)) continue;
    found.add(dir);
    const manifest = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    waiting.push(...Object.keys(manifest.dependencies ?? {}).map((name) => ({ name, from: dir })));
  }
  const bytes = [...found].reduce((sum, dir) => sum + bytesIn(dir), 0);
  return { packageCount: found.size, megabytes: Math.round(bytes / 1e6) };
}

/** As Node looks for a package: in each `node_modules` from here upwards. */
function packageDir(name: string, from: string): string | undefined {
  for (let at = from; ; at = path.dirname(at)) {
    const dir = path.join(at, 'node_modules', name);
    if (existsSync(path.join(dir, 'package.json'))) return dir;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Without the packages inside the package, which count for themselves. */
function bytesIn(dir: string): number {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => path.join(dir, entry.name))
    .reduce((sum, file) => sum + (statSync(file).isDirectory() ? bytesIn(file) : statSync(file).size), 0);
}
