/** `directory import`, `forget` and `sync`; the questions about it are in `directory-report-commands.ts`. */
import os from 'node:os';
import process from 'node:process';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Command } from 'commander';
import { directoryForget, directoryImport, type DirectoryImportOptions, type Output } from './directory.js';
import { addDirectoryCorrectCommands } from './directory-correct.js';
import { addDirectoryReportCommands } from './directory-report-commands.js';
import { openSources } from '../directory-sync.js';
import { directorySync, type DirectorySyncOptions } from './directory-sync.js';
import { exitWith, withWorld, type World } from './world.js';

/** Adds the commands about the directory. */
export function addDirectoryCommands(program: Command): void {
  const directory = program.command('directory').description('the contact directory');
  directory
    .command('import')
    .description('bring a CSV or JSON file in: all of it or nothing')
    .argument('<file>', 'the file')
    .option('--map <map>', 'mapping file for exports with field names of their own')
    .option('--source <name>', 'who owns the rows; default: the mapping’s or the file’s name')
    .option('--delta', 'the file names only what changed')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'go on although more than 20 % of the source’s rows would go')
    .option('--skip-bad-rows', 'leave bad rows out instead of refusing the file')
    .option('--verbose', 'list every change')
    .action((file: string, options: Omit<DirectoryImportOptions, 'file'>) =>
      run((world) => directoryImport({ file, ...options }, portsOf(world), OUT, contextOf(world))),
    );
  directory
    .command('forget')
    .description('take a source out with every row it owns')
    .argument('<source>', 'the source’s name')
    .action((source: string) =>
      run((world) => directoryForget(source, portsOf(world), OUT, contextOf(world))),
    );
  directory
    .command('sync')
    .description('read the configured sources now')
    .argument('[source]', 'only this one')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'go on although much of the source’s rows or fields would go')
    .option('--verbose', 'list every change')
    .action((source: string | undefined, options: DirectorySyncOptions) =>
      run((world) => sync(world, { ...options, ...(source === undefined ? {} : { source }) })),
    );
  addDirectoryReportCommands(directory, runSeeded, OUT);
  addDirectoryCorrectCommands(directory, runSeeded, OUT, contextOf);
}

/** Questions about a fresh directory are answered of the sample, as the server would. */
async function runSeeded(work: (world: World) => Promise<number>): Promise<void> {
  exitWith(await withWorld({ seed: true }, work));
}

async function sync(world: World, options: DirectorySyncOptions): Promise<number> {
  const { stores, now, config } = world;
  const sources = await openSources(config, now);
  return directorySync(options, { stores, sources, now }, OUT, contextOf(world).actor);
}

async function run(work: (world: World) => Promise<number>): Promise<void> {
  exitWith(await withWorld({ seed: false }, work));
}

function portsOf({ stores }: World) {
  return { directory: stores.directory, pause: () => nextTick() };
}

function contextOf({ now }: World) {
  return { actor: `cli:${os.userInfo().username}`, now: now() };
}

/** Progress goes to the terminal only, one line over the other; results go to standard output. */
const OUT: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}   `);
    else process.stderr.write(`${text}\n`);
  },
};
