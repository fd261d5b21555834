/** Helpers that the stores share: storable text, ordered numbers, paged work, and inserts of many rows. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely, type CompiledQuery } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Schema } from './schema.js';

const LONGEST_KEY = 512;
const NUL = String.fromCharCode(0);
const REPLACEMENT = '\uFFFD';

/** PostgreSQL refuses NUL in text, and SQLite sometimes cuts the text there. JSON bodies never contain NUL. */
export function cleanParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === 'string' ? withoutNul(value) : value));
}

/** A key that fits into an index: PostgreSQL refuses index entries above about 2,700 bytes. */
export function indexable(key: string): string {
  if (key.length <= LONGEST_KEY) return withoutNul(key);
  return `${withoutNul(key.slice(0, LONGEST_KEY - 65))}#${createHash('sha256').update(key).digest('hex')}`;
}

/** Joins several texts into one key. Different texts always give different keys. */
export function joinKey(...parts: readonly string[]): string {
  return indexable(parts.map((part) => part.replaceAll('%', '%25').replaceAll('|', '%7C')).join('|'));
}

function withoutNul(text: string): string {
  return text.includes(NUL) ? text.replaceAll(NUL, REPLACEMENT) : text;
}

/** The next number of `name`, from 1. */
export async function nextNumber(kysely: Kysely<Schema>, name: string): Promise<number> {
  const row = await kysely
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql<number>`counters.value + 1` }))
    .returning('value')
    .executeTakeFirst();
  if (!row) throw new DeskError('invariant', `The counter ${name} gave no number`);
  return row.value;
}

/** Runs `work` on slices of at most `size` items, one after another. Pauses for the event loop between slices. */
export async function inPages<T>(
  items: readonly T[],
  size: number,
  work: (page: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await nextTurn();
    await work(items.slice(from, from + size));
  }
}

/** Reads pages until a page is short. Pauses for the event loop between pages. */
export async function* readPages<T>(
  size: number,
  read: (after: T | undefined) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let last: T | undefined;
  for (;;) {
    const page = await read(last);
    yield page;
    if (page.length < size) return;
    last = page[page.length - 1];
    await nextTurn();
  }
}

export class BulkInsert<T extends keyof Schema> {
  readonly #built = new Map<number, CompiledQuery>();

  /** `columns` in the order in which the rows give their values. */
  constructor(
    private readonly table: T,
    private readonly columns: readonly (keyof Schema[T] & string)[],
  ) {}

  /** Inserts rows given as arrays of values. Keeps one statement for each number of rows. */
  async run(kysely: Kysely<Schema>, rows: readonly (readonly unknown[])[]): Promise<void> {
    if (rows.length === 0) return;
    const built = this.#built.get(rows.length) ?? this.#build(kysely, rows.length);
    this.#built.set(rows.length, built);
    await kysely.executeQuery({ ...built, parameters: rows.flat() });
  }

  #build(kysely: Kysely<Schema>, count: number): CompiledQuery {
    const sample = Object.fromEntries(this.columns.map((column) => [column, '']));
    const loose = kysely as unknown as Kysely<Record<string, Record<string, unknown>>>;
    return loose
      .insertInto(this.table)
      .values(Array.from({ length: count }, () => sample))
      .compile();
  }
}
