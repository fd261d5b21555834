/**
 * `directory import`, `forget`, `sync`, `correct` and `undo`; the questions about it are in
 * `directory-listing-commands.ts`.
 */
import { Option, type Command } from 'commander';
import { DEAD_REASONS } from '../../core/directory/types.js';
import { CONTACT_KINDS } from '../../core/terms.js';
import { directoryTemplate } from './directory-template.js';
import { askDirectory } from './directory-ask.js';
import { addDirectoryListingCommands } from './directory-listing-commands.js';
import type { DirectoryRequest } from './directory-requests.js';

/** The options of a command, without those that its arguments give. */
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
  addDirectoryListingCommands(directory);
}

function addImport(directory: Command): void {
  directory
    .command('import')
    .description('import a CSV or JSON file, completely or not at all')
    .argument('<file>', 'the file')
    .option('--map <map>', 'a mapping file, for exports with other field names')
    .option(
      '--source <name>',
      'the source that owns the rows; default: the name in the mapping, or the name of the file',
    )
    .option(
      '--ignore <column...>',
      'leave these columns out, although they contain addresses, numbers or links',
    )
    .option('--delta', 'the file contains only changes')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'import even if more than 20 % of the source’s rows would be removed')
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
    .description('remove a source with all its rows')
    .argument('<source>', 'the source’s name')
    .action((source: string) => askDirectory({ command: 'forget', source }));
  directory
    .command('sync')
    .description('read the configured sources now')
    .argument('[source]', 'only this source')
    .option(
      '--ignore <column...>',
      'leave these columns of the source out from now on, although they contain addresses, numbers or links',
    )
    .option('--unignore <column...>', 'read these columns again')
    .option('--dry-run', 'print what would change, change nothing')
    .option('--allow-removals', 'sync even if many of the source’s rows or fields would be removed')
    .option('--verbose', 'list every change')
    .action((source: string | undefined, options: Options<'sync', 'source'>) =>
      askDirectory({ command: 'sync', source, ...options }),
    );
}

function addCorrections(directory: Command): void {
  directory
    .command('correct')
    .description(
      'correct one contact; the correction counts until the source changes the contact. Without a field: record that you verified the contact today',
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
    .description('undo the last correction of an offer or publisher; run it twice to restore the correction')
    .argument('<key>', 'an offer’s id, or publisher:<id>')
    .action((key: string) => askDirectory({ command: 'undo', key }));
}
