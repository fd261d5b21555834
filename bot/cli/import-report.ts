/** Puts an import's report into lines: every bad row, what changes, and what to do when it was refused. */
import type { RowProblem } from '../../core/directory/parse/problems.js';
import type { RowChange } from '../../core/directory/reconcile.js';
import type { DirectoryRow } from '../../core/directory/types.js';
import type { ImportReport, Refusal } from '../../core/services/directory/import-rows.js';
import { problemText } from './problem-text.js';

/** Rows of each kind listed unless everything is asked for. Bad rows are always all listed. */
const LISTED = 20;

export interface ReportOptions {
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

const DONE = { add: 'Added', change: 'Changed', remove: 'Removed' } as const;

/** The lines of a report, in the order an operator needs them. */
export function reportLines(report: ImportReport, options: ReportOptions): readonly string[] {
  const errors = report.problems.filter((problem) => problem.level === 'error');
  const warnings = report.problems.filter((problem) => problem.level === 'warning');
  const most = options.verbose ? Infinity : LISTED;
  const verb = (what: keyof typeof DONE) => (report.outcome.kind === 'committed' ? DONE[what] : `To ${what}`);
  return [
    ...titled(`Left out, ${counted(report.badRecords, 'row')}`, errors.map(problemText), Infinity),
    ...titled(
      `Taken with a remark, ${counted(rowsOf(warnings), 'row')}`,
      warnings.map(problemText),
      Infinity,
    ),
    ...titled(`${verb('add')}: ${kinds(report.adds)}`, report.adds.map(rowText), most),
    ...titled(
      `${verb('change')}: ${kinds(report.changes.map((change) => change.after))}`,
      report.changes.map(changeText),
      most,
    ),
    ...titled(`${verb('remove')}: ${kinds(report.removals)}`, report.removals.map(rowText), most),
    `${counted(report.records, 'row')} read, ${String(report.unchanged)} unchanged in the directory.`,
    ...(report.removalsHeld
      ? ['Nothing was taken for gone, because a bad row could not be told by its id.']
      : []),
    conclusion(report, options),
  ];
}

function conclusion(report: ImportReport, options: ReportOptions): string {
  const { outcome } = report;
  switch (outcome.kind) {
    case 'committed':
      return `Done. The directory is at version ${String(outcome.version)}.`;
    case 'unchanged':
      return 'Nothing to do: the directory says the same already.';
    case 'dry-run':
      return 'Dry run: nothing was changed.';
    case 'refused':
      return `${options.dryRun ? 'Dry run: it would be refused' : 'Refused, nothing was changed'}. ${refusal(outcome.why, report)}`;
  }
}

function refusal(why: Refusal, report: ImportReport): string {
  switch (why) {
    case 'no-rows':
      return 'The file holds no usable row, and an empty file is never taken as an order to empty the directory.';
    case 'bad-rows':
      return 'Correct the rows left out, or import the others with --skip-bad-rows; what is known of the bad ones stays.';
    case 'fields-lost':
      return (
        `More than 20 % of the rows that have ${report.lostFields.join(', ')} would lose it: a column may have been ` +
        'renamed at the source. If it is right, repeat with --allow-removals.'
      );
    case 'too-many-removals':
      return (
        `It would remove ${String(report.removals.length)} of the ${String(report.owned)} rows this source owns, ` +
        'more than 20 %. If the file is right, repeat with --allow-removals.'
      );
  }
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
