/** Reads the cells of one row and keeps note of everything that was wrong with them. */
import type { Column, Draft } from './columns.js';
import { quoted, type ProblemCode, type ProblemLevel, type RowProblem } from './problems.js';
import { cleanLine, cleanName, isPlaceholder, scalarText, type Cleaned } from './text.js';
import { remembered } from './remembered.js';
import { readDate, readEmail, readFlag, readHours, readPhone, readUrl, type Read } from './values.js';

/** Longest values taken, in characters. */
export const LIMITS = { name: 200, summary: 600, id: 200, list: 200, cell: 32_767 } as const;

/** Most entries taken of a list. */
export const MOST = { aliases: 100, categories: 50, plans: 500 } as const;

/** One row being read. */
export interface Cells {
  readonly draft: Draft;
  readonly problems: RowProblem[];
  note(level: ProblemLevel, field: Column | '', code: ProblemCode, value: unknown): void;
}

/** Begins reading a row. */
export function readCells(draft: Draft, row: number, part?: string): Cells {
  const problems: RowProblem[] = [];
  return {
    draft,
    problems,
    note: (level, field, code, value) =>
      problems.push({ row, ...(part ? { part } : {}), field, code, value: quoted(value), level }),
  };
}

/** True when nothing so far keeps the row out. */
export function isUsable(cells: Cells): boolean {
  return !cells.problems.some((problem) => problem.level === 'error');
}

/** The text of a cell; undefined when it is empty or a placeholder. Objects are no text. */
function rawText(
  cells: Cells,
  field: Column,
  clean: (raw: string) => Cleaned,
  value: unknown = cells.draft[field],
): string | undefined {
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
  const { text, remarks } = clean(raw);
  for (const code of remarks) cells.note('warning', field, code, raw);
  if (text !== '' && isPlaceholder(text)) {
    cells.note('warning', field, 'placeholder', raw);
    return undefined;
  }
  return text === '' ? undefined : text;
}

/** A name: formula-safe, at most 200 characters. */
export function nameCell(cells: Cells, field: Column): string | undefined {
  return nameIn(cells, field, cells.draft[field]);
}

function nameIn(cells: Cells, field: Column, value: unknown): string | undefined {
  const text = rawText(cells, field, cleanName, value);
  if (text === undefined || text.length <= LIMITS.name) return text;
  cells.note('error', field, 'too-long', text);
  return undefined;
}

/** Running text; cut at its limit with a remark. */
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
  cells.note('error', field, 'not-allowed', word);
  return undefined;
}

/** `none` and `unknown` are words of ours, so placeholders are not looked for. */
function rawChoice(cells: Cells, field: Column): string | undefined {
  const value = cells.draft[field];
  if (value === undefined || value === null) return undefined;
  const text = cleanLine(typeof value === 'string' ? value : quoted(value)).text;
  return text === '' ? undefined : text.toLowerCase().replace(/[\s_]+/g, '-');
}

/** Several names: a list, or text parted by `;`. Repeats and empty ones are left out. */
export function listCell(cells: Cells, field: Column, most: number): readonly string[] {
  const names = new Map<string, string>();
  for (const item of partsOf(cells.draft[field])) {
    const name = nameIn(cells, field, item ?? '');
    if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size > most) cells.note('warning', field, 'too-many', `${String(names.size)} entries`);
  return [...names.values()].slice(0, most);
}

/** The entries of a cell that may hold several: a list, text parted by `;`, or a JSON list where entries hold a `;`. */
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
  email: remembered(readEmail),
  phone: remembered(readPhone),
  url: remembered(readUrl),
  date: remembered((today: string) => remembered((raw: string) => readDate(raw, today))),
  hours: remembered(readHours),
} as const;

export const emailCell = (cells: Cells, field: Column) => formed(cells, field, READ.email, 'error');
export const phoneCell = (cells: Cells, field: Column) => formed(cells, field, READ.phone, 'error');
export const urlCell = (cells: Cells, field: Column, level: ProblemLevel) =>
  formed(cells, field, READ.url, level);
export const dateCell = (cells: Cells, field: Column, today: string) =>
  formed(cells, field, READ.date(today), 'error');
export const hoursCell = (cells: Cells, field: Column) => formed(cells, field, READ.hours, 'warning');
export const flagCell = (cells: Cells, field: Column) => formed(cells, field, readFlag, 'error');

/**
 * What weighs the same wherever it stands: an address that could do harm keeps the row out; a date to come is only left
 * out, because a clock that is behind must not stop an import.
 */
const LEVELS: Partial<Record<ProblemCode, ProblemLevel>> = {
  'unsafe-url': 'error',
  'future-date': 'warning',
};

/** The apostrophe an export puts before what a spreadsheet would take for a formula. */
const ESCAPED = /^'(?=[=+\-@＝＋－＠])/;

/** Reads a cell that must have a form. */
function formed<T>(
  cells: Cells,
  field: Column,
  read: (raw: string) => Read<T>,
  level: ProblemLevel,
): T | undefined {
  const raw = rawText(cells, field, cleanLine)?.replace(ESCAPED, '');
  if (raw === undefined) return undefined;
  const value = read(raw);
  if (!value.ok) {
    cells.note(LEVELS[value.code] ?? level, field, value.code, raw);
    return undefined;
  }
  for (const code of value.remarks) cells.note('warning', field, code, raw);
  return value.value;
}
