/** `people status`, `people teams`: what is known of people through Microsoft Graph. */
import process from 'node:process';
import type { Command } from 'commander';
import { openLog } from '../runtime/log.js';
import { graphPeople } from '../app/people.js';
import { probeLines, statusLines } from './people-status.js';
import { teamLines } from './team-report.js';
import { commandConfig, print, withCliContext } from './cli-context.js';

/** Adds the commands. */
export function addPeopleCommands(program: Command): void {
  const people = program.command('people').description('people through Microsoft Graph');
  people
    .command('status')
    .description('what is configured, and with --person whether Graph answers')
    .option('--person <upn>', 'user principal name of somebody to ask about')
    .action(({ person }: { person?: string }) => status(person));
  people
    .command('teams')
    .description('managers who are told of outages their team follows, and those who cannot be told')
    .action(() =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) =>
        print(teamLines(await stores.outages.teams.all())),
      ),
    );
}

/** Opens no store: it may run beside the server. */
async function status(person: string | undefined): Promise<void> {
  const config = commandConfig();
  print(statusLines(config));
  if (person === undefined) return;
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const people = await graphPeople({ config, now: Date.now, log });
  if (people) print(await probeLines(people, person, config));
}
