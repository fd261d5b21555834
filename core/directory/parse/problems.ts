/** What can be wrong with an imported row. Codes only; the sentences stand where they are printed. */

/** `error`: the row is left out. `warning`: the row is taken, the value was repaired or left out. */
export type ProblemLevel = 'error' | 'warning';

export const PROBLEM_CODES = [
  'missing', // a field the row cannot do without
  'bad-id', // not an id a marketplace gives
  'not-allowed', // not one of the words this field knows
  'too-long',
  'bad-email',
  'bad-url',
  'unsafe-url', // javascript:, data:, a password in the address
  'bad-phone',
  'bad-date',
  'future-date',
  'bad-flag', // neither yes nor no
  'bad-plan',
  'bad-hours', // not opening hours with a time zone
  'duplicate-key', // a second row for one id, and it differs
  'ragged', // more or fewer cells than columns
  'bad-quotes',
  'bad-json',
  'not-an-object',
  'duplicate-same', // a second row for one id that says the same
  'several-emails', // the first is taken
  'mailto-removed',
  'url-upgraded', // http: read as https:
  'url-scheme-added',
  'url-encoded',
  'formula-removed', // characters a spreadsheet would run as a formula
  'characters-removed', // control or text-direction characters
  'damaged-text', // the text was saved in a wrong encoding before it came here
  'placeholder', // "n/a" and the like: taken as empty
  'shortened',
  'too-many', // more entries than a list may hold: the rest is left out
  'no-way-to-reach', // a contact with a name and nothing else
  'remove-in-full', // `remove` means something in a delta only
  'unknown-column',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One remark about one row. */
export interface RowProblem {
  /** As the operator counts: the row of the spreadsheet (its header is 1), or the place in the list. */
  readonly row: number;
  /** Which list of the file, when it has several (`publishers`, `offers`). */
  readonly part?: string;
  /** Column, or `` for the row as a whole. */
  readonly field: string;
  readonly code: ProblemCode;
  /** The value, made printable and shortened. */
  readonly value: string;
  readonly level: ProblemLevel;
}

/** Longest value quoted in a problem. */
const QUOTED = 60;

/** A value as it may stand in a report: one line, printable, at most 60 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const head = text.slice(0, QUOTED).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·');
  return text.length > QUOTED ? `${head}…` : head;
}
