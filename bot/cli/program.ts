/** The operator's commands as one program: run from the command line, or by the running server for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import { findRootDir } from '../runtime/root-dir.js';
import { examplesOf } from './examples.js';
import { asCommand, RunByServer, type CommandRun } from './cli-context.js';

/** Adds a group of commands to the program. */
export type AddCommands = (program: Command) => void;

/** The command line with these groups. It throws a `CommanderError` where commander alone would end the process. */
export function buildProgram(groups: readonly AddCommands[]): Command {
  const program = new Command('offer-desk')
    .description('Operator commands of Offer Desk')
    .version(versionOf(), '-V, --version', 'print the version')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride();
  for (const add of groups) add(program);
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
 * Runs one command line with the commands of these groups.
 * @throws CommanderError for unknown words; DeskError; the command's own errors
 */
export async function runCommandLine(run: CommandRun, groups: readonly AddCommands[]): Promise<void> {
  const json = run.argv.includes('--json') ? collecting(run) : undefined;
  const program = buildProgram(groups);
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

/** The exit code of a failed command line, and the text for standard error. */
export function failureOf(error: unknown): { readonly code: number; readonly lines: readonly string[] } {
  if (error instanceof RunByServer) return { code: error.code, lines: [] };
  // Commander has already printed its own message.
  if (error instanceof CommanderError) return { code: error.exitCode, lines: [] };
  if (error instanceof DeskError)
    return { code: 1, lines: [`${error.code}: ${error.message}`, error.remedy] };
  return { code: 1, lines: [error instanceof Error ? error.message : String(error)] };
}
