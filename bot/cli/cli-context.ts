/**
 * What commands work on. A command opens the stores for itself; where the server has them for itself, a command that only
 * reads opens them beside it, and one that writes is run by the server, through its door.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { DeskError } from '../../core/errors.js';
import { readConfig, type Config } from '../app/config.js';
import { seedStores } from '../app/directory.js';
import { realProfiles } from '../app/set-up.js';
import { throughDoor } from '../door/door-client.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { openReadOnly, openStores, type Stores } from '../store/stores.js';

export interface CliContext {
  readonly config: Config;
  readonly stores: Stores;
  readonly rootDir: string;
  readonly now: () => number;
  /** Who asks, for the record: `cli:` and the name of the machine's user. */
  readonly actor: string;
  /** Ends a command in the server when the command line stops waiting for it. */
  readonly signal?: AbortSignal;
}

export interface CliContextOptions {
  /** Fill an empty store with the sample in local mode, as the server does; not before an import. */
  readonly seed: boolean;
  /** The command changes nothing: it reads beside a running server. */
  readonly reads?: boolean;
}

/** Where a command writes its results and its progress. */
export interface CommandOutput {
  line(text: string): void;
  progress(text: string): void;
  /** The result with named fields, in place of the lines. Absent where nobody asked for JSON. */
  data?(value: unknown): void;
}

/** One run of the command line, here or in the server. */
export interface CommandRun {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  /** The folder that file names are relative to. */
  readonly folder: string;
  readonly actor: string;
  readonly out: CommandOutput;
  /** Where lines go that are finished already, when `out` gathers them. */
  readonly through?: CommandOutput;
  readonly exit: (code: number) => void;
  /** What the server lends to a command it runs. */
  readonly context?: CliContext;
}

/** Thrown to end a command here after the server has run it. */
export class RunByServer extends Error {
  constructor(readonly code: number) {
    super('the running server ran this command');
  }
}

const RUNS = new AsyncLocalStorage<CommandRun>();

/** Runs work as one run of the command line. */
export function asCommand<T>(run: CommandRun, work: () => Promise<T>): Promise<T> {
  return RUNS.run(run, work);
}

/** The run for a command line of this process. */
export function commandHere(argv: readonly string[]): CommandRun {
  return {
    argv,
    folder: process.cwd(),
    actor: `cli:${os.userInfo().username}`,
    out: {
      line: (text) => void process.stdout.write(`${text}\n`),
      // Progress goes to the terminal only, one line over the other.
      progress: (text) => void process.stderr.write(process.stderr.isTTY ? `\r${text}   ` : `${text}\n`),
    },
    exit: (code) => void (process.exitCode = code),
  };
}

function presentRun(): CommandRun {
  return RUNS.getStore() ?? commandHere(process.argv.slice(2));
}

/** The settings, as the command sees them. */
export function commandConfig(): Config {
  return presentRun().context?.config ?? readConfig(process.env, process.cwd());
}

/** A file that the command line names. */
export function namedFile(file: string): string {
  return path.resolve(presentRun().folder, file);
}

/** Who asks, for the record. */
export function actor(): string {
  return presentRun().actor;
}

/**
 * Opens the stores, runs one command, closes them. The log is silent unless LOG_LEVEL is set.
 * @throws RunByServer when the running server ran the whole command line in place of this process
 */
export async function withCliContext<T>(
  options: CliContextOptions,
  work: (context: CliContext) => Promise<T>,
): Promise<T> {
  const run = presentRun();
  if (run.context) return work(run.context);
  const rootDir = findRootDir();
  const config = readConfig(process.env, process.cwd());
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const opened = await openFor(options, config, run);
  const stores = { ...opened, profile: realProfiles(opened.profile, config) };
  const context = { config, stores, rootDir, now: Date.now, actor: run.actor };
  try {
    if (options.seed && !stores.readOnly) await seedStores({ ...context, log });
    return await work(context);
  } finally {
    await stores.close();
  }
}

async function openFor(options: CliContextOptions, config: Config, run: CommandRun): Promise<Stores> {
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const database = { databaseUrl: config.databaseUrl, dataDir: config.dataDir, now: Date.now, log };
  try {
    return await openStores(database);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'store.locked') throw error;
    if (options.reads) return openReadOnly(database);
    const request = { argv: [...run.argv], folder: run.folder };
    const code = await throughDoor(config.dataDir, { actor: run.actor, request }, run.through ?? run.out);
    if (code === undefined) throw error;
    throw new RunByServer(code);
  }
}

/** Prints lines of a result. */
export function print(lines: readonly string[]): void {
  const { out } = presentRun();
  for (const line of lines) out.line(line);
}

/** Prints a listing: its named fields where `--json` was given, else its lines. */
export function printListing(value: unknown, lines: readonly string[]): void {
  presentRun().out.data?.(value);
  print(lines);
}

/** Says how far a long command has come. */
export function output(): CommandOutput {
  return presentRun().out;
}

/** The exit code of the command, once everything is written. */
export function exitWith(code: number): void {
  presentRun().exit(code);
}
