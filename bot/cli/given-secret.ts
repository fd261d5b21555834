/**
 * Reads a secret for a command from a file, standard input or the keyboard. A command line never holds a secret: other
 * users of the machine can list it, and the shell keeps it in its history.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import readline from 'node:readline';
import { Writable } from 'node:stream';
import { DeskError } from '../../core/errors.js';
import { namedFile, presentRun } from './cli-context.js';

/** The option of every command that takes a secret. */
export const SECRET_OPTION = [
  '--secret-file <file>',
  'a file with the sender’s own secret; - asks for it',
] as const;

/** The longest secret of a sender. */
const MOST_CHARS = 4_096;

/**
 * The secret in this file without the line end; `-` reads standard input, or asks on a terminal. Undefined without a
 * file. In the running server: the secret that the command line has read.
 * @throws DeskError `config.invalid` when it is empty, too long or cannot be read.
 */
export async function givenSecret(file: string | undefined): Promise<string | undefined> {
  const run = presentRun();
  if (file === undefined) return undefined;
  if (run.context) return run.secret;
  const secret = (file === '-' ? await typed() : textOf(namedFile(file))).replace(/\r?\n$/, '');
  if (secret === '') throw new DeskError('config.invalid', `--secret-file ${file}: there is no secret in it`);
  if (secret.length > MOST_CHARS || /[\r\n]/.test(secret))
    throw new DeskError('config.invalid', `--secret-file ${file}: a secret is one line`);
  return secret;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DeskError('config.invalid', `--secret-file ${file}: the file cannot be read`, { cause });
  }
}

/** All of standard input, or one line from the keyboard that the terminal does not show. */
async function typed(): Promise<string> {
  if (!process.stdin.isTTY) return readFileSync(0, 'utf8');
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = readline.createInterface({ input: process.stdin, output: unseen, terminal: true });
  process.stderr.write('Secret (it is not shown): ');
  const secret = await new Promise<string>((resolve) => terminal.question('', resolve));
  terminal.close();
  process.stderr.write('\n');
  return secret;
}
