/** Reads the cells of one row and collects their problems. */
import type { Column, Draft } from './columns.js';
import { quoted, type ProblemCode, type ProblemLevel, type RowProblem } from './problems.js';
import { hasMarkup, simpleValue, withoutMarkup, type Wanted } from './markup.js';
import { cleanLine, cleanName, isPlaceholder, memoized, scalarText, type Cleaned } from './text.js';
import { readDate, readEmail, readFlag, readHours, readPhone, readUrl, type ReadValue } from './values.js';

/** The longest values that are accepted, in characters. */
export const LIMITS = { name: 200, summary: 600, id: 200, list: 200, cell: 32_767 } as const;

/** The most entries that are taken from a list. */
export const MOST = { aliases: 100, categories: 50, plans: 500 } as const;

/** The row that is being parsed. */
export interface Cells {
  readonly draft: Draft;
  readonly problems: RowProblem[];
  note(
    level: ProblemLevel,
    field: Column | '',
    code: ProblemCode,
    value: unknown,
    allowed?: readonly string[],
  ): void;
}

/** Starts parsing a row. */
export function startRow(draft: Draft, row: number, part?: string): Cells {
  const problems: RowProblem[] = [];
  return {
    draft,
    problems,
    note: (level, field, code, value, allowed) =>
      problems.push({
        row,
        ...(part ? { part } : {}),
        field,
        code,
        value: quoted(value),
        level,
        ...(allowed ? { allowed } : {}),
      }),
  };
}

/** True while the row has no error. */
export function isUsable(cells: Cells): boolean {
  return !cells.problems.some((problem) => problem.level === 'error');
}

/** The text of a cell; undefined when it is empty or a placeholder. An object is an error. */
function rawText(
  cells: Cells,
  field: Column,
  clean: (raw: string) => Cleaned,
  given: unknown = cells.draft[field],
  wanted: Wanted = 'text',
): string | undefined {
  const value = simpleValue(given, wanted);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'object') {
    cells.note('error', field, 'not-allowed', value);
    return undefined;
  }
  const raw = scalarText(value);
  if (raw.length > LIMITS.cell) {
    cells.note('error', field, 'too-long', raw);
    return undefined;
  }
  const isRich = hasMarkup(raw);
  if (isRich) cells.note('warning', field, 'markup-removed', raw);
  const { text, remarks } = clean(isRich ? withoutMarkup(raw) : raw);
  for (const code of remarks) cells.note('warning', field, code, raw);
  if (text !== '' && isPlaceholder(text)) {
    cells.note('warning', field, 'placeholder', raw);
    return undefined;
  }
  return text === '' ? undefined : text;
}

/** A name without a formula, at most 200 characters long. */
export function nameCell(cells: Cells, field: Column): string | undefined {
  return nameIn(cells, field, cells.draft[field]);
}

function nameIn(cells: Cells, field: Column, value: unknown): string | undefined {
  const text = rawText(cells, field, cleanName, value);
  if (text === undefined || text.length <= LIMITS.name) return text;
  cells.note('error', field, 'too-long', text);
  return undefined;
}

/** A text of several sentences. It is cut at its limit, with a warning. */
export function summaryCell(cells: Cells, field: Column): string | undefined {
  const text = rawText(cells, field, cleanName);
  if (text === undefined || text.length <= LIMITS.summary) return text;
  cells.note('warning', field, 'shortened', text);
  return `${Array.from(text)
    .slice(0, LIMITS.summary - 1)
    .join('')
    .trimEnd()}…`;
}

/** One of the given words, in any case. */
export function choiceCell<T extends string>(
  cells: Cells,
  field: Column,
  words: readonly T[],
): T | undefined {
  const word = rawChoice(cells, field);
  if (word === undefined || (words as readonly string[]).includes(word)) return word as T | undefined;
  cells.note('error', field, 'not-allowed', word, words);
  return undefined;
}

/** Does not look for placeholders, because `none` and `unknown` are valid choices. */
function rawChoice(cells: Cells, field: Column): string | undefined {
  const value = simpleValue(cells.draft[field], 'text');
  if (value === undefined || value === null) return undefined;
  const text = cleanLine(typeof value === 'string' ? value : quoted(value)).text;
  return text === '' ? undefined : text.toLowerCase().replace(/[\s_]+/g, '-');
}

/** Several names: a list, or text separated by `;`. Repeated and empty names are left out. */
export function listCell(cells: Cells, field: Column, most: number): readonly string[] {
  const names = new Map<string, string>();
  for (const item of partsOf(cells.draft[field])) {
    const name = nameIn(cells, field, item ?? '');
    if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size > most) cells.note('warning', field, 'too-many', `${String(names.size)} entries`);
  return [...names.values()].slice(0, most);
}

/** The entries of a cell: a list, text separated by `;`, or a JSON list (for entries that contain a `;`). */
export function partsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return [value];
  return jsonList(value) ?? value.split(';');
}

function jsonList(text: string): readonly unknown[] | undefined {
  if (!/^\[["{].*\]$/s.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const READ = {
  email: memoized(readEmail),
  phone: memoized(readPhone),
  url: memoized(readUrl),
  date: memoized((today: string) => memoized((raw: string) => readDate(raw, today))),
  hours: memoized(readHours),
} as const;

export const emailCell = (cells: Cells, field: Column) =>
  formatted(cells, field, READ.email, 'error', 'email');
export const phoneCell = (cells: Cells, field: Column) => formatted(cells, field, READ.phone, 'error');
export const urlCell = (cells: Cells, field: Column, level: ProblemLevel) =>
  formatted(cells, field, READ.url, level, 'url');
export const dateCell = (cells: Cells, field: Column, today: string) =>
  formatted(cells, field, READ.date(today), 'error');
export const hoursCell = (cells: Cells, field: Column) => formatted(cells, field, READ.hours, 'warning');
export const flagCell = (cells: Cells, field: Column) => formatted(cells, field, readFlag, 'error');

/**
 * Problems that have the same level in every column. A dangerous address is an error. A future date is a warning,
 * because a clock that runs late must not stop an import.
 */
const LEVELS: Partial<Record<ProblemCode, ProblemLevel>> = {
  'unsafe-url': 'error',
  'future-date': 'warning',
};

/** The apostrophe that an export writes before text that a spreadsheet would run as a formula. */
const ESCAPED = /^'(?=[=+\-@＝＋－＠])/;

/** Reads a cell that must have a certain format. */
function formatted<T>(
  cells: Cells,
  field: Column,
  read: (raw: string) => ReadValue<T>,
  level: ProblemLevel,
  wanted: Wanted = 'text',
): T | undefined {
  const raw = rawText(cells, field, cleanLine, cells.draft[field], wanted)
    ?.replace(/[\u200C\u200D]/g, '')
    .replace(ESCAPED, '');
  if (raw === undefined) return undefined;
  const value = read(raw);
  if (!value.ok) {
    cells.note(LEVELS[value.code] ?? level, field, value.code, raw);
    return undefined;
  }
  for (const code of value.remarks) cells.note('warning', field, code, raw);
  return value.value;
}
