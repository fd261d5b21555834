/** The operator's commands as one program: run from the command line, or by the running server for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import type { DoorCommand } from '../app/context.js';
import { realProfiles } from '../app/set-up.js';
import { findRootDir } from '../runtime/root-dir.js';
import { addCompletionCommand } from './completion.js';
import { addDirectoryCommands } from './directory-commands.js';
import { addDoctorCommand } from './doctor-command.js';
import { examplesOf } from './examples.js';
import { addInsightCommands } from './insight-commands.js';
import { addOutageCommands } from './outage-commands.js';
import { addPeopleCommands } from './people-commands.js';
import { addPrivacyCommands } from './privacy-commands.js';
import { addProfileCommands } from './profile-commands.js';
import { addRouteCommands } from './route-commands.js';
import { addSimulateCommand } from './simulate-command.js';
import { addStoreCommands } from './store-commands.js';
import { addUnderstandCommand } from './understand-command.js';
import { addWidgetCommands } from './widget-commands.js';
import { asCommand, RunByServer, type CommandRun } from './cli-context.js';

const ADDED = [
  addProfileCommands,
  addDirectoryCommands,
  addRouteCommands,
  addUnderstandCommand,
  addSimulateCommand,
  addInsightCommands,
  addOutageCommands,
  addPeopleCommands,
  addPrivacyCommands,
  addStoreCommands,
  addWidgetCommands,
  addDoctorCommand,
  addCompletionCommand,
];

/** The whole command line. It throws a `CommanderError` where commander alone would end the process. */
export function buildProgram(): Command {
  const program = new Command('offer-desk')
    .description('Operator commands of Offer Desk')
    .version(versionOf(), '-V, --version', 'print the version')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride();
  for (const add of ADDED) add(program);
  for (const [words, command] of commandsOf(program)) finish(words, command);
  return program;
}

/** Every command with its words, as `outages source add`. */
export function commandsOf(parent: Command, before = ''): readonly (readonly [string, Command])[] {
  return parent.commands.flatMap((command) => {
    const words = `${before} ${command.name()}`.trim();
    return [[words, command] as const, ...commandsOf(command, words)];
  });
}

/** The common parts of every command: examples, and JSON instead of lines. */
function finish(words: string, command: Command): void {
  if (command.commands.length > 0) return;
  if (!command.options.some((one) => one.long === '--json')) command.option('--json', 'print JSON');
  command.addHelpText(
    'after',
    ['', 'Examples:', ...examplesOf(words, command).map((one) => `  ${one}`)].join('\n'),
  );
}

function versionOf(): string {
  const file = path.join(findRootDir(), 'package.json');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/**
 * Runs one command line.
 * @throws CommanderError for unknown words; DeskError; the command's own errors
 */
export async function runCommandLine(run: CommandRun): Promise<void> {
  const json = run.argv.includes('--json') ? collecting(run) : undefined;
  const program = buildProgram();
  if (run.context) quiet(program);
  await asCommand(json?.run ?? run, async () => {
    await program.parseAsync([...run.argv], { from: 'user' });
  });
  json?.finish();
}

/** In the server, commander prints nothing: the command line has already checked the words. */
function quiet(program: Command): void {
  const silent = { writeOut: () => undefined, writeErr: () => undefined };
  program.configureOutput(silent);
  for (const [, command] of commandsOf(program)) command.configureOutput(silent);
}

/**
 * Prints a listing with its named fields, and JSON unchanged. The lines of other commands become rows, split at tabs.
 */
function collecting(run: CommandRun): { readonly run: CommandRun; readonly finish: () => void } {
  const lines: string[] = [];
  let data: unknown;
  let exit = 0;
  return {
    run: {
      ...run,
      through: run.out,
      out: { ...run.out, line: (text) => void lines.push(text), data: (value) => void (data = value) },
      exit: (code) => run.exit((exit = code)),
    },
    finish: () => {
      if (data !== undefined) return run.out.line(JSON.stringify(data, null, 2));
      const text = lines.join('\n');
      const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
      run.out.line(isJson(text) ? text : JSON.stringify({ exit, rows }, null, 2));
    },
  };
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ASKED = z.strictObject({
  argv: z.array(z.string().max(16_384)).max(500),
  folder: z.string().max(4_096),
  secret: z.string().max(4_096).optional(),
});

/**
 * Runs a command line that arrived at the running server's door. Its exit code.
 * @throws DeskError `door.refused` for a command this version does not know
 */
export const runDoorCommand: DoorCommand = async ({ actor, request }, given, out) => {
  const asked = ASKED.safeParse(request);
  if (!asked.success) throw new DeskError('door.refused', 'the running server does not know this request');
  const { config, now, signal, log } = given;
  const stores = { ...given.stores, profile: realProfiles(given.stores.profile, config) };
  let code = 0;
  try {
    await runCommandLine({
      ...asked.data,
      actor,
      out,
      exit: (exit) => void (code = exit),
      context: { config, stores, rootDir: findRootDir(), now, actor, signal },
    });
  } catch (error) {
    if (error instanceof CommanderError)
      throw new DeskError('door.refused', `the running server does not know this command (${error.message})`);
    throw error;
  }
  log.info('door.command', { command: asked.data.argv.slice(0, 2).join(' '), exit: code });
  return code;
};

/** The exit code of a failed command line, and the text for standard error. */
export function failureOf(error: unknown): { readonly code: number; readonly lines: readonly string[] } {
  if (error instanceof RunByServer) return { code: error.code, lines: [] };
  // Commander has already printed its own message.
  if (error instanceof CommanderError) return { code: error.exitCode, lines: [] };
  if (error instanceof DeskError)
    return { code: 1, lines: [`${error.code}: ${error.message}`, error.remedy] };
  return { code: 1, lines: [error instanceof Error ? error.message : String(error)] };
}
