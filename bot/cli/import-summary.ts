/** Prints the summary of an import: bad rows, changes, and what to do after a refusal. */
import type { RowProblem } from '../../core/directory/parse/problems.js';
import type { RowChange } from '../../core/directory/reconcile.js';
import type { DirectoryRow } from '../../core/directory/types.js';
import type { ImportSummary, Refusal } from '../../core/services/directory/import-rows.js';
import { problemText } from './problem-text.js';

/** How many rows of each kind are listed without --verbose. All bad rows are always listed. */
const LISTED = 20;

export interface SummaryOptions {
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

const DONE = { add: 'Added', change: 'Changed', remove: 'Removed' } as const;

/** The lines of a summary, in the order an operator needs them. */
export function summaryLines(summary: ImportSummary, options: SummaryOptions): readonly string[] {
  const errors = summary.problems.filter((problem) => problem.level === 'error');
  const warnings = summary.problems.filter((problem) => problem.level === 'warning');
  const most = options.verbose ? Infinity : LISTED;
  const verb = (what: keyof typeof DONE) =>
    summary.outcome.kind === 'committed' ? DONE[what] : `To ${what}`;
  return [
    ...titled(`Left out, ${counted(summary.badRecords, 'row')}`, errors.map(problemText), Infinity),
    ...readAsLines(summary),
    ...titled(
      `Imported with a warning, ${counted(rowsOf(warnings), 'row')}`,
      warnings.map(problemText),
      Infinity,
    ),
    ...titled(`${verb('add')}: ${kinds(summary.adds)}`, summary.adds.map(rowText), most),
    ...titled(
      `${verb('change')}: ${kinds(summary.changes.map((change) => change.after))}`,
      summary.changes.map(changeText),
      most,
    ),
    ...titled(`${verb('remove')}: ${kinds(summary.removals)}`, summary.removals.map(rowText), most),
    ...(options.dryRun ? fillLines(summary) : []),
    `${counted(summary.records, 'row')} read, ${String(summary.unchanged)} unchanged in the directory.`,
    ...(summary.removalsHeld ? ['No row was removed, because the id of a bad row could not be read.'] : []),
    conclusion(summary, options),
  ];
}

function conclusion(summary: ImportSummary, options: SummaryOptions): string {
  const { outcome } = summary;
  switch (outcome.kind) {
    case 'committed':
      return `Done. The directory is at version ${String(outcome.version)}.`;
    case 'unchanged':
      return 'Nothing to do: the directory already has these values.';
    case 'dry-run':
      return 'Dry run: nothing was changed.';
    case 'refused':
      return `${options.dryRun ? 'Dry run: the import would be refused' : 'The import was refused and nothing was changed'}. ${refusal(outcome.why, summary)}`;
  }
}

function refusal(why: Refusal, summary: ImportSummary): string {
  switch (why) {
    case 'no-rows':
      return 'The file contains no usable row. An empty file never empties the directory.';
    case 'bad-rows':
      return 'Correct the rows left out, or import the other rows with --skip-bad-rows. The directory keeps its data for the bad rows.';
    case 'unread-contacts':
      return (
        `Nobody reads ${summary.unreadContacts.map(({ column }) => `"${column}"`).join(', ')}, but there are addresses, numbers ` +
        'or links in it. Rename the column to one of docs/directory-import.md, map it with --map, or leave it out with ' +
        `${summary.unreadContacts.map(({ column }) => `--ignore "${column}"`).join(' ')}.`
      );
    case 'owned-elsewhere':
      return (
        `${String(summary.owner?.rows)} of the first ${String(summary.owner?.asked)} offers belong to the source ` +
        `${summary.owner?.source ?? ''}, and this file has another name. To update that source, repeat with --source ` +
        `${summary.owner?.source ?? ''}. To keep both, repeat with --source ${summary.source}.`
      );
    case 'fields-lost':
      return (
        `More than 20 % of the rows that have ${summary.lostFields.join(', ')} would lose it. A column may have been ` +
        'renamed at the source. If the file is right, repeat with --allow-removals.'
      );
    case 'too-many-removals':
      return (
        `The import would remove ${String(summary.removals.length)} of the ${String(summary.owned)} rows this source owns, ` +
        'more than 20 %. If the file is right, repeat with --allow-removals.'
      );
  }
}

/** Columns that were recognised by a similar name, so that the operator sees a wrong guess. */
function readAsLines({ readAs }: ImportSummary): readonly string[] {
  return titled(
    'Columns read by another name',
    [...readAs].map(([name, column]) => `${name} → ${column}`),
    Infinity,
  );
}

/** The columns of the contacts in words, where the field's own name is not a column name. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  'customer-support.email': 'support email',
  'customer-support.phone': 'support phone',
  'customer-support.name': 'support name',
  'customer-support.url': 'support contact page',
  'engineering.email': 'engineering email',
  'engineering.phone': 'engineering phone',
  'csp-program.email': 'CSP program email',
  'csp-program.phone': 'CSP program phone',
  'links.support': 'support page',
};
/** Shown even when no offer has a value, so that the operator sees a column that is empty by mistake. */
const ALWAYS_SHOWN = new Set([
  'name',
  'publisher name',
  'customer-support.email',
  'customer-support.phone',
  'links.support',
  'engineering.email',
  'csp-program.email',
]);

function fillLines({ fill }: ImportSummary): readonly string[] {
  const shown = fill.filter(({ field, filled, of }) => of > 0 && (filled > 0 || ALWAYS_SHOWN.has(field)));
  return titled(
    'Filled, of the offers in the file',
    shown.map(({ field, filled, of, example }) => {
      const sample = example === undefined ? '' : `, for example ${short(example)}`;
      return `${FIELD_NAMES[field] ?? field}: ${String(filled)} of ${String(of)}${sample}`;
    }),
    Infinity,
  );
}

function titled(title: string, lines: readonly string[], most: number): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - most;
  return [
    `${title}:`,
    ...lines.slice(0, most).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${String(rest)} more (--verbose lists all)`] : []),
  ];
}

function rowText(row: DirectoryRow): string {
  return row.kind === 'offer'
    ? `offer ${row.offer.id} (${row.offer.name})`
    : `publisher ${row.publisher.id} (${row.publisher.name})`;
}

function changeText(change: RowChange): string {
  const fields = change.fields.map(
    ({ field, before, after }) => `${field}: ${short(before)} → ${short(after)}`,
  );
  return `${rowText(change.after)}: ${fields.join(', ')}`;
}

function kinds(rows: readonly DirectoryRow[]): string {
  const offers = rows.filter((row) => row.kind === 'offer').length;
  return `${counted(offers, 'offer')}, ${counted(rows.length - offers, 'publisher')}`;
}

function rowsOf(problems: readonly RowProblem[]): number {
  return new Set(problems.map(({ part, row }) => `${part ?? ''}:${String(row)}`)).size;
}

const short = (value: string | undefined) =>
  value === undefined ? 'none' : value.length > 60 ? `"${value.slice(0, 60)}…"` : `"${value}"`;
const counted = (count: number, what: string) => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
