/** `outages parse`. */
import process from 'node:process';
import type { Command } from 'commander';
import { outagesParse } from './outages.js';
import { exitWith } from './world.js';

/** Adds the commands about outage senders. */
export function addOutageCommands(program: Command): void {
  program
    .command('outages')
    .description('outage notices')
    .command('parse')
    .description('print the events of a payload as JSON')
    .argument('<file>', 'the payload')
    .option('--format <format>', 'the sender’s format; found out when absent')
    .action(async (file: string, { format }: { format?: string }) => {
      const code = await outagesParse(
        { file, format },
        (text) => void process.stdout.write(text),
        (text) => void process.stderr.write(text),
      );
      exitWith(code);
    });
}
