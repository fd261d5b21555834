/** Inserts many rows with statements built once: building one costs more than running it. */
import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.js';

export class BulkInsert<T extends keyof Schema> {
  readonly #built = new Map<number, CompiledQuery>();

  /** `columns` in the order in which rows will give their values. */
  constructor(
    private readonly table: T,
    private readonly columns: readonly (keyof Schema[T] & string)[],
  ) {}

  /** Inserts rows given as arrays of values. Statements are kept by their number of rows. */
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
