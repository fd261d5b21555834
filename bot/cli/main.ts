/** The operator's command line: each command opens what it needs, prints, and sets the exit code. */
import process from 'node:process';
import { config as loadDotenv } from 'dotenv';
import { failureOf, runCommandLine } from './program.js';
import { commandHere } from './cli-context.js';
import { groupsFor } from './groups.js';

loadDotenv({ quiet: true });
// The reader may close the output early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  const argv = process.argv.slice(2);
  await runCommandLine(commandHere(argv), await groupsFor(argv[0]));
} catch (error) {
  const { code, lines } = failureOf(error);
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exitCode = code;
}
