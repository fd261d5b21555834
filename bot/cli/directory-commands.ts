/** `directory import`, `forget`, `sync`, `correct` and `undo`; the questions about it are in `directory-report-commands.ts`. */
import { Option, type Command } from 'commander';
import { DEAD_REASONS } from '../../core/directory/types.js';
import { CONTACT_KINDS } from '../../core/terms.js';
import { directoryTemplate } from './directory-template.js';
import { askDirectory } from './directory-ask.js';
import { addDirectoryReportCommands } from './directory-report-commands.js';
import type { DirectoryRequest } from './directory-requests.js';

/** The options of a command, without what its arguments give. */
type Options<C extends DirectoryRequest['command'], Given extends string = never> = Omit<
  Extract<DirectoryRequest, { command: C }>,
  'command' | Given
>;

/** Adds the commands about the directory. */
export function addDirectoryCommands(program: Command): void {
  const directory = program.command('directory').description('the contact directory');
  addImport(directory);
  addTemplate(directory);
  addSources(directory);
  addCorrections(directory);
  addDirectoryReportCommands(directory);
}

function addImport(directory: Command): void {
  directory
    .command('import')
    .description('bring a CSV or JSON file in: all of it or nothing')
    .argument('<file>', 'the file')
    .option('--map <map>', 'mapping file for exports with field names of their own')
    .option('--source <name>', 'who owns the rows; default: the mapping’s or the file’s name')
    .option('--ignore <column...>', 'leave these columns out although they hold addresses, numbers or links')
    .option('--delta', 'the file names only what changed')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'go on although more than 20 % of the source’s rows would go')
    .option('--skip-bad-rows', 'leave bad rows out instead of refusing the file')
    .option('--verbose', 'list every change')
    .action((file: string, options: Options<'import', 'file'>) =>
      askDirectory({ command: 'import', file, ...options }),
    );
}

function addTemplate(directory: Command): void {
  directory
    .command('template')
    .description('write an empty CSV to fill in, and explain its columns')
    .argument('<file>', 'the file to write, for example offers.csv')
    .action(async (file: string) => {
      process.exitCode = await directoryTemplate(file, { line: console.log, progress: () => undefined });
    });
}

function addSources(directory: Command): void {
  directory
    .command('forget')
    .description('take a source out with every row it owns')
    .argument('<source>', 'the source’s name')
    .action((source: string) => askDirectory({ command: 'forget', source }));
  directory
    .command('sync')
    .description('read the configured sources now')
    .argument('[source]', 'only this one')
    .option(
      '--ignore <column...>',
      'leave these columns of the source out from now on, although they hold addresses, numbers or links',
    )
    .option('--unignore <column...>', 'do not leave these columns out any more')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'go on although much of the source’s rows or fields would go')
    .option('--verbose', 'list every change')
    .action((source: string | undefined, options: Options<'sync', 'source'>) =>
      askDirectory({ command: 'sync', source, ...options }),
    );
}

function addCorrections(directory: Command): void {
  directory
    .command('correct')
    .description(
      'correct one contact; that counts until its source itself changes. Without a field: it was verified today',
    )
    .argument('<key>', 'an offer’s id, or publisher:<id>')
    .argument('<kind>', CONTACT_KINDS.join(', '))
    .option('--name <name>', 'an empty text clears a field')
    .option('--email <email>')
    .option('--phone <phone>')
    .option('--url <url>')
    .option('--upn <upn>', 'for Teams chat')
    .option('--hours <hours>', 'for example "Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25"')
    .addOption(new Option('--dead <reason>', 'nobody can be reached here any more').choices(DEAD_REASONS))
    .action((key: string, kind: string, options: Options<'correct', 'key' | 'kind'>) =>
      askDirectory({ command: 'correct', key, kind, ...options }),
    );
  directory
    .command('undo')
    .description('take the last correction of an offer or publisher back; twice brings it again')
    .argument('<key>', 'an offer’s id, or publisher:<id>')
    .action((key: string) => askDirectory({ command: 'undo', key }));
}
