/**
 * The context of commands. A command opens the stores itself. If the server holds the stores alone, a command that only
 * reads opens them beside the server, and the server runs a command that writes.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { DeskError } from '../../core/errors.js';
import { readConfig, type Config } from '../app/config.js';
import { realProfiles } from '../app/real-profiles.js';
import { throughDoor } from '../door/door-client.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { openReadOnly, openStores, type Stores } from '../store/stores.js';

export interface CliContext {
  readonly config: Config;
  readonly stores: Stores;
  readonly rootDir: string;
  readonly now: () => number;
  /** The user, for the record: `cli:` and the name of the machine's user. */
  readonly actor: string;
  /** Ends a command in the server when the command line no longer waits for it. */
  readonly signal?: AbortSignal;
}

export interface CliContextOptions {
  /** In local mode, fill an empty store with the sample, as the server does; not before an import. */
  readonly seed: boolean;
  /** The command changes nothing, so it can read beside a running server. */
  readonly reads?: boolean;
  /** A secret that the command has read, for the server that runs it. */
  readonly secret?: string;
}

/** Where a command writes its results and its progress. */
export interface CommandOutput {
  line(text: string): void;
  progress(text: string): void;
  /** Prints the result with named fields instead of lines. Absent without `--json`. */
  data?(value: unknown): void;
}

/** One run of the command line, in this process or in the server. */
export interface CommandRun {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  /** The folder that file names are relative to. */
  readonly folder: string;
  readonly actor: string;
  readonly out: CommandOutput;
  /** The output for lines that are already complete, when `out` collects lines. */
  readonly through?: CommandOutput;
  readonly exit: (code: number) => void;
  /** The services that the server lends to a command. */
  readonly context?: CliContext;
  /** In the server: the secret that the command line has read. */
  readonly secret?: string;
}

/** Thrown to end a command in this process after the server has run it. */
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
      // Only a terminal shows progress; each line overwrites the previous line.
      progress: (text) => void process.stderr.write(process.stderr.isTTY ? `\r${text}   ` : `${text}\n`),
    },
    exit: (code) => void (process.exitCode = code),
  };
}

/** The run that this code belongs to. */
export function presentRun(): CommandRun {
  return RUNS.getStore() ?? commandHere(process.argv.slice(2));
}

/** The settings in the command's form. */
export function commandConfig(): Config {
  return presentRun().context?.config ?? readConfig(process.env, process.cwd());
}

/** A file that the command line names. */
export function namedFile(file: string): string {
  return path.resolve(presentRun().folder, file);
}

/** The user, for the record. */
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
    if (options.seed && !stores.readOnly) {
      // Most commands seed nothing, and this loads the whole import.
      const { seedStores } = await import('../app/directory.js');
      await seedStores({ ...context, log });
    }
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
    const { secret } = options;
    const request = { argv: [...run.argv], folder: run.folder, ...(secret !== undefined && { secret }) };
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

/** Shows the progress of a long command. */
export function output(): CommandOutput {
  return presentRun().out;
}

/** Returns the command's exit code after all output is written. */
export function exitWith(code: number): void {
  presentRun().exit(code);
}
