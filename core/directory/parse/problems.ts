/** The problems that an imported row can have. `bot/cli/problem-text.ts` has the sentences for the codes. */

/** `error`: the row is left out. `warning`: the row is imported, and the value was repaired or left out. */
export type ProblemLevel = 'error' | 'warning';

export const PROBLEM_CODES = [
  'missing', // a required field
  'bad-id', // not a marketplace id
  'not-allowed', // not one of the allowed words
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
  'duplicate-key', // a second row with the same id and other values
  'ragged', // more or fewer cells than columns
  'bad-quotes',
  'bad-json',
  'not-an-object',
  'duplicate-same', // a second row with the same id and the same values
  'several-emails', // the first one is used
  'several-phones', // the first one is used
  'phone-words-removed', // words beside the number, such as "option 2"
  'unlikely-phone', // no number of this length exists in its country
  'url-words-removed', // a description beside the address
  'markup-removed', // rich text became plain text
  'name-as-alias', // a second row with the same id and another name
  'not-an-offer', // the mapping says that such a row is none
  'banner-row', // a line above the header
  'mailto-removed',
  'url-upgraded', // http: became https:
  'url-scheme-added',
  'url-encoded',
  'formula-removed', // characters a spreadsheet would run as a formula
  'characters-removed', // control or text-direction characters
  'damaged-text', // the text was saved in a wrong encoding before the import
  'placeholder', // "n/a" or similar: treated as empty
  'shortened',
  'too-many', // too many entries in a list: the rest is left out
  'no-way-to-reach', // a contact that has only a name
  'remove-in-full', // `remove` works only in a delta import
  'unknown-column',
  'unknown-language', // a column ends in a language that the product does not have
  'unread-contacts', // nobody reads the column, and it has addresses, numbers or links
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One problem of one row. */
export interface RowProblem {
  /** The row number in the spreadsheet (the header is 1), or the position in the list. */
  readonly row: number;
  /** The list in the file, when the file has several (`publishers`, `offers`). */
  readonly part?: string;
  /** The column, or empty for the whole row. */
  readonly field: string;
  readonly code: ProblemCode;
  /** The value, made printable and shortened. */
  readonly value: string;
  readonly level: ProblemLevel;
  /** The values that the column accepts, when it has a fixed list. */
  readonly allowed?: readonly string[];
}

/** The longest quote in a problem. */
const QUOTED = 60;

/** A value for a message: one printable line, at most 60 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const head = text.slice(0, QUOTED).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·');
  return text.length > QUOTED ? `${head}…` : head;
}

/** The result of reading one value: the value with the repairs that were made, or the reason why it could not be read. */
export type ReadValue<T> =
  | { readonly ok: true; readonly value: T; readonly remarks: readonly ProblemCode[] }
  | { readonly ok: false; readonly code: ProblemCode };

export const good = <T>(value: T, ...remarks: ProblemCode[]): ReadValue<T> => ({ ok: true, value, remarks });
export const bad = (code: ProblemCode): ReadValue<never> => ({ ok: false, code });
