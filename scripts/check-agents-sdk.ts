/**
 * `npm run check:agents-sdk [-- --compare] [-- WORD...]`: runs the conversation files and the tests of the Teams route on
 * a spike that stands on the Microsoft 365 Agents SDK (ADR 0017), and prints what fails. A word chooses test files by
 * name. `--compare` runs them on botbuilder too, and prints the ratios. The exit code is 1 when a test fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRootDir } from '../bot/runtime/root-dir.js';
import { installPackages, NEW_SDK, OLD_SDK, packagesDir, sizeOf } from './agents-sdk/packages.js';
import {
  comparisonLines,
  isPassed,
  outcomeLines,
  typeErrorLines,
  typeErrors,
  type SdkCost,
  type SdkRun,
} from './agents-sdk/report.js';
import { compileOnSuccessor } from './agents-sdk/types.js';

/** The Teams tests that need no registration: the spike checks no tokens. */
const FILES = [
  'test/conversations/conversations.test.ts',
  'test/conversations/corpus.test.ts',
  'test/journeys/teams.test.ts',
  'test/journeys/teams-clicks.test.ts',
  'test/journeys/teams-extension.test.ts',
  'test/journeys/teams-reach.test.ts',
  'test/journeys/teams-store-rules.test.ts',
  'test/journeys/turns.test.ts',
];
type Sdk = 'old' | 'new';
const root = findRootDir();
const given = process.argv.slice(2);
const words = given.filter((word) => !word.startsWith('--'));
const files = FILES.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));

installPackages(root);
console.log(`Test files: ${files.length}, on ${NEW_SDK.join(', ')}`);
const successor = run('new');
console.log(outcomeLines(successor).join('\n'));
console.log(typeErrorLines(typeErrors(compileOnSuccessor(root))).join('\n'));
if (given.includes('--compare')) compare();
process.exitCode = isPassed(successor) ? 0 : 1;

function compare(): void {
  const old = { ...run('old'), ...cost('old') };
  console.log(comparisonLines(old, { ...successor, ...cost('new') }).join('\n'));
}

function run(sdk: Sdk): SdkRun {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-agents-sdk-'));
  const out = path.join(dir, 'outcomes.json');
  try {
    node(['--import', 'tsx', ...hook(sdk), 'scripts/agents-sdk/run.mjs', out, ...files]);
    return JSON.parse(readFileSync(out, 'utf8')) as SdkRun;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function cost(sdk: Sdk): SdkCost {
  const loadMs = Number(node([...hook(sdk), 'scripts/agents-sdk/load.mjs']));
  return { loadMs, ...(sdk === 'new' ? sizeOf(NEW_SDK, packagesDir(root)) : sizeOf(OLD_SDK, root)) };
}

function hook(sdk: Sdk): readonly string[] {
  return sdk === 'new' ? ['--import', './scripts/agents-sdk/resolve.mjs'] : [];
}

/** What the program prints. @throws Error when it fails, for example because a file does not load */
function node(args: readonly string[]): string {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return stdout;
}
