#!/usr/bin/env node
/** The operator's command line. Each command opens what it needs, prints, and sets the exit code. */
import process from 'node:process';
import { Command } from 'commander';
import { config as loadDotenv } from 'dotenv';
import { DeskError } from '../core/errors.js';
import { addDirectoryCommands } from './cli/directory-commands.js';
import { addInsightCommands } from './cli/insight-commands.js';
import { addOutageCommands } from './cli/outage-commands.js';
import { addPeopleCommands } from './cli/people-commands.js';
import { addPrivacyCommands } from './cli/privacy-commands.js';
import { addRouteCommands } from './cli/route-commands.js';
import { addWidgetCommands } from './cli/widget-commands.js';
import { addStoreCommands } from './cli/store-commands.js';
import { addUnderstandCommand } from './cli/understand-command.js';

loadDotenv({ quiet: true });
// Whoever reads the output may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const program = new Command('offer-desk').description('Operator commands of Offer Desk').showHelpAfterError();
addRouteCommands(program);
addDirectoryCommands(program);
addUnderstandCommand(program);
addInsightCommands(program);
addOutageCommands(program);
addStoreCommands(program);
addPrivacyCommands(program);
addPeopleCommands(program);
addWidgetCommands(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  const known = error instanceof DeskError;
  const lines = known
    ? [`${error.code}: ${error.message}`, error.remedy]
    : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
