/** `directory check`, `export`, `why`, `sources`, `audit`, `verify`, `reports`, `report-contact` and `quality`. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { API_AUDIENCES } from '../../core/services/api/api-keys.js';
import { REPORT_REASONS } from '../../core/services/reports/report-contact.js';
import { EXPORT_FORMATS, type ExportOptions } from './directory-export.js';
import { askDirectory } from './directory-ask.js';
import { reportContactCommand, type ReportContactOptions } from './directory-report-contact.js';

/** Adds the commands below `directory`. */
export function addDirectoryListingCommands(directory: Command): void {
  directory
    .command('check')
    .description(
      'list problems of the directory: missing contacts, malformed or dead addresses, duplicate publishers, failing sources',
    )
    .option('--verbose', 'list everything')
    .action((options: { verbose?: boolean }) => askDirectory({ command: 'check', ...options }));
  directory
    .command('export')
    .description('write the directory, or one source, to a file that an import can read without loss')
    .argument('<file>', 'the file')
    .option('--format <format>', EXPORT_FORMATS.join(', '), formatOf, 'csv')
    .option('--source <name>', 'only the rows of this source')
    .action((file: string, options: { format: ExportOptions['format']; source?: string }) =>
      askDirectory({ command: 'export', file, ...options }),
    );
  directory
    .command('why')
    .description('print where each value of an offer comes from: source, date, rule')
    .argument('<offer>', 'the offer’s id or name')
    .argument('[field]', 'for example name, links.support, contacts.customer-support, email')
    .action((offer: string, field?: string) => askDirectory({ command: 'why', offer, field }));
  directory
    .command('sources')
    .description('list the sources, how many rows they own, and when the rows last changed')
    .action(() => askDirectory({ command: 'sources' }));
  addAudit(directory);
  addVerify(directory);
  addWrongContacts(directory);
  addQuality(directory);
}

function addAudit(directory: Command): void {
  directory
    .command('audit')
    .description('list the changes: who changed what, when, and from which source')
    .argument('[key]', 'an offer’s id, or publisher:<id>')
    .option('--limit <changes>', 'show at most this many', countOf, 50)
    .action((key: string | undefined, { limit }: { limit: number }) =>
      askDirectory({ command: 'audit', key, limit }),
    );
}

function addVerify(directory: Command): void {
  directory
    .command('verify')
    .description(
      'list the contacts that nobody has verified for half a year, or record that you verified one today',
    )
    .argument('[key]', 'an offer’s id, or publisher:<id>, whose contacts you verified')
    .argument('[kind]', 'only this contact')
    .option('--limit <contacts>', 'show at most this many', countOf, 50)
    .action((key: string | undefined, kind: string | undefined, { limit }: { limit: number }) =>
      askDirectory({ command: 'verify', key, kind, limit }),
    );
}

function addWrongContacts(directory: Command): void {
  directory
    .command('reports')
    .description(
      'list the contacts that people report as wrong; the contact with the most reports comes first',
    )
    .option('--limit <contacts>', 'show at most this many', countOf, 50)
    .action(({ limit }: { limit: number }) => askDirectory({ command: 'reports', limit }));
  directory
    .command('report-contact')
    .description('report that a contact is wrong, as another system does')
    .argument('<reference>', 'the reference of the contact, from POST /api/route or who_is_responsible')
    .addOption(new Option('--reason <reason>', 'what is wrong').choices(REPORT_REASONS).makeOptionMandatory())
    .addOption(
      new Option('--audience <audience>', 'who reports it')
        .choices(API_AUDIENCES)
        .default('partner', 'partner'),
    )
    .option('--note <text>', 'for the administrator who checks the contact')
    .option('--language <language>', 'the language of the outcome')
    .action((reference: string, options: ReportContactOptions) => reportContactCommand(reference, options));
}

function addQuality(directory: Command): void {
  directory
    .command('quality')
    .description('list how well each contact answers, as staff said in their cases; the worst comes first')
    .option('--limit <contacts>', 'show at most this many', countOf, 50)
    .action(({ limit }: { limit: number }) => askDirectory({ command: 'quality', limit }));
}

function formatOf(text: string): ExportOptions['format'] {
  const format = EXPORT_FORMATS.find((one) => one === text);
  if (format) return format;
  throw new InvalidArgumentError(EXPORT_FORMATS.join(', '));
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number from 1');
}
