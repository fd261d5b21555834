/** Reads rows from JSON: a list, a list inside an object, one record, or one object a line. */
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import type { DeskError } from '../../core/errors.js';
import { unreadable } from './decode.js';

/** Names of record lists in exports and API answers. The first two names tell the content. */
const LISTS = ['publishers', 'offers', 'value', 'items', 'listings', 'products', 'rows', 'data'] as const;
const MAX_LINE = 4_000_000;
/** Longest text, in characters, in which the position of an error is searched. */
const SEARCHED = 4_000_000;

/**
 * The records of a JSON text, read whole.
 * @throws DeskError `import.unreadable` for text that is cut off or no JSON.
 */
export function jsonRows(text: string): readonly SourceRow[] {
  const value = parseWhole(text);
  if (Array.isArray(value)) return numbered(value);
  if (typeof value !== 'object' || value === null)
    throw unreadable('The JSON holds a single value, no records.');
  const lists = LISTS.filter((name) => Array.isArray(value[name as keyof typeof value]));
  if (lists.length === 0) return [{ number: 1, fields: value }];
  return lists.flatMap((name) => numbered(value[name as keyof typeof value] as unknown[], name));
}

/** The records of a text with one JSON object per line. A line with another value is passed on as a problem. */
export async function* ndjsonRows(text: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let number = 0;
  for await (const line of lines(text)) {
    number += 1;
    if (line.trim() !== '') yield rowOfLine(line, number);
  }
}

function rowOfLine(line: string, number: number): SourceRow {
  try {
    return { number, fields: JSON.parse(line) as unknown };
  } catch {
    return { number, problem: 'bad-json', value: line };
  }
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
    if (rest.length > MAX_LINE)
      throw unreadable('A line is longer than four million characters: this is no list.');
  }
  if (rest !== '') yield rest;
}

function numbered(list: readonly unknown[], name?: string): readonly SourceRow[] {
  const part = name === 'publishers' || name === 'offers' ? { part: name } : {};
  return list.map((fields, at) => ({ number: at + 1, ...part, fields }));
}

/** The engine's own message may quote the file, so only the kind of error and its position are used. */
function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw brokenJson(String(error), text);
  }
}

function brokenJson(error: string, text: string): DeskError {
  if (isCutOff(error, text)) {
    return unreadable(
      `The JSON ends in the middle, after ${String(text.length)} characters: the file was cut off.`,
    );
  }
  const line = text.length > SEARCHED ? undefined : lineOfError(text);
  return unreadable(`The JSON is not valid${line === undefined ? '' : ` at line ${String(line)}`}.`);
}

function errorIn(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function isCutOff(error: string, text: string): boolean {
  const place = /position (\d+)/.exec(error)?.[1];
  return /end of JSON|unterminated/i.test(error) || Number(place ?? -1) >= text.trimEnd().length;
}

/** Some engines do not name the position. The shortest beginning that is wrong, and not only unfinished, ends there. */
function lineOfError(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const error = errorIn(text.slice(0, middle));
    if (error === undefined || isCutOff(error, text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return text.slice(0, bad).split('\n').length;
}
