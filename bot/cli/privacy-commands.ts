/** `privacy export|erase`: exports or erases the data of one person in every table. */
import type { Command } from 'commander';
import { compactStore, erasePerson, exportPerson, type Erased } from '../store/people/person.js';
import { print, withCliContext } from './cli-context.js';

const PERSON =
  'the person’s id: in Teams (29:…), in Entra (a GUID), in the web channel (dl_…), or the partner’s own id of the customer';

/** Adds the commands. */
export function addPrivacyCommands(program: Command): void {
  const privacy = program.command('privacy').description('export or erase the data of a person');
  privacy
    .command('export')
    .description('print all data about a person as JSON')
    .requiredOption('--person <id>', PERSON)
    .action(({ person }: { person: string }) => showPerson(person));
  privacy
    .command('erase')
    .description('erase a person; rows that others need stay without the name')
    .requiredOption('--person <id>', PERSON)
    .action(({ person }: { person: string }) => forgetPerson(person));
}

function showPerson(person: string): Promise<void> {
  return withCliContext({ seed: false, reads: true }, async ({ stores }) => {
    print([JSON.stringify(await exportPerson(stores.database.kysely, person), null, 2)]);
  });
}

function forgetPerson(person: string): Promise<void> {
  return withCliContext({ seed: false }, async ({ stores }) => {
    const { done, left } = await erasePerson(stores.database.kysely, person);
    compactStore(stores.database);
    print(erasedLines(done, left));
  });
}

/** Says that nothing was kept only when no table names the person. */
function erasedLines(done: Erased['done'], left: Erased['left']): readonly string[] {
  const erased = Object.entries(done).map(([table, rows]) => `${table}  ${rows} rows`);
  const kept = Object.entries(left).map(([table, rows]) => `${table}  ${rows} rows`);
  if (erased.length + kept.length === 0) return ['Nothing was kept about this person.'];
  if (kept.length === 0) return erased;
  const why =
    'These tables still name the person: contacts, which are corrected at their source, or words of others.';
  return [...erased, why, ...kept];
}
