/** `people status` and `people teams`: what Microsoft Graph knows about people. */
import process from 'node:process';
import type { Command } from 'commander';
import { openLog } from '../runtime/log.js';
import { graphPeople } from '../app/people.js';
import { probeLines, probePerson, statusLines, statusOf } from './people-status.js';
import { teamFields, teamLines } from './team-reach.js';
import { commandConfig, printListing, withCliContext } from './cli-context.js';

/** Adds the commands. */
export function addPeopleCommands(program: Command): void {
  const people = program.command('people').description('what the bot asks Microsoft Graph about people');
  people
    .command('status')
    .description('print what is configured; with --person also whether Graph answers')
    .option('--person <upn>', 'the user principal name of the person to ask about')
    .action(({ person }: { person?: string }) => status(person));
  people
    .command('teams')
    .description(
      'list the managers who get outage cards for their team, and the managers whom the bot cannot reach',
    )
    .action(() =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) => {
        const managers = await stores.outages.teams.all();
        printListing({ managers: managers.map(teamFields) }, teamLines(managers));
      }),
    );
}

/** Opens no store, so it may run beside the server. */
async function status(person: string | undefined): Promise<void> {
  const config = commandConfig();
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const people = person === undefined ? undefined : await graphPeople({ config, now: Date.now, log });
  const answers = people && person !== undefined ? await probePerson(people, person, config) : [];
  printListing({ ...statusOf(config), ...(person !== undefined && { person, answers }) }, [
    ...statusLines(config),
    ...probeLines(answers),
  ]);
}
