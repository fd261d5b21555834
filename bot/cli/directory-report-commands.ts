/** `directory check`, `export`, `why`, `sources`, `audit` and `verify`. */
import { InvalidArgumentError, type Command } from 'commander';
import {
  directoryAudit,
  directoryCheck,
  directoryExport,
  directorySources,
  directoryVerify,
  directoryWhy,
} from './directory-reports.js';
import type { Output } from './directory.js';
import type { World } from './world.js';

type Run = (work: (world: World) => Promise<number>) => Promise<void>;

/** Adds the commands below `directory`. */
export function addDirectoryReportCommands(directory: Command, run: Run, out: Output): void {
  directory
    .command('check')
    .description(
      'list what makes the directory answer badly: no contact, malformed or dead addresses, double publishers',
    )
    .option('--verbose', 'list everything')
    .action((options: { verbose?: boolean }) => run(({ stores }) => directoryCheck(options, stores, out)));
  directory
    .command('export')
    .description('write the directory, or one source, to a file an import reads back without loss')
    .argument('<file>', 'the file')
    .option('--format <format>', 'csv or json', formatOf, 'csv')
    .option('--source <name>', 'only the rows of this source')
    .action((file: string, options: { format: 'csv' | 'json'; source?: string }) =>
      run(({ stores }) => directoryExport({ file, ...options }, stores, out)),
    );
  directory
    .command('why')
    .description('say where each value of an offer comes from: source, date, rule')
    .argument('<offer>', 'the offer’s id or name')
    .argument('[field]', 'for example name, links.support, contacts.customer-support, email')
    .action((offer: string, field?: string) =>
      run(({ stores }) => directoryWhy({ offer, ...(field === undefined ? {} : { field }) }, stores, out)),
    );
  directory
    .command('sources')
    .description('list who owns rows, how many, and when they last changed')
    .action(() => run(({ stores }) => directorySources(stores, out)));
  directory
    .command('audit')
    .description('list who changed what, when, from which source')
    .argument('[key]', 'an offer’s id, or publisher:<id>')
    .option('--limit <changes>', 'show at most this many', countOf, 50)
    .action((key: string | undefined, { limit }: { limit: number }) =>
      run(({ stores }) => directoryAudit({ limit, ...(key === undefined ? {} : { key }) }, stores, out)),
    );
  directory
    .command('verify')
    .description('list the contacts nobody verified for half a year, never verified first')
    .option('--limit <contacts>', 'show at most this many', countOf, 50)
    .action(({ limit }: { limit: number }) =>
      run(({ stores, now }) => directoryVerify({ limit, now: now() }, stores, out)),
    );
}

function formatOf(text: string): 'csv' | 'json' {
  if (text === 'csv' || text === 'json') return text;
  throw new InvalidArgumentError('csv or json');
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number from 1');
}
