/** Opens the product's stores for a test: SQLite in a new folder, PostgreSQL in a new schema. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openStores, type Stores } from '../../bot/store/stores.js';
import { CapturedLog } from './capture-log.js';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type EngineKind = (typeof ENGINES)[number];

export const SERVER = process.env.OFFER_DESK_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/** The data of one test file. Tests may open PostgreSQL several times at once, as several instances do. */
export class TestStore {
  readonly log = new CapturedLog();
  /** The time that the stores see. Undefined means the real time. */
  frozenAt: number | undefined;
  readonly #opened: Stores[] = [];
  private constructor(
    readonly kind: EngineKind,
    readonly dataDir: string,
    readonly databaseUrl: string | undefined,
    readonly schema: string,
  ) {}

  /** Without PostgreSQL, prints the reason and returns undefined. */
  static async prepare(kind: EngineKind): Promise<TestStore | undefined> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'offer-desk-test-'));
    if (kind === 'sqlite') return new TestStore(kind, dataDir, undefined, '');
    const schema = `test_${randomBytes(6).toString('hex')}`;
    try {
      await onServer(`create schema ${schema}`);
    } catch (error) {
      rmSync(dataDir, { recursive: true });
      // eslint-disable-next-line no-console -- the person who runs the tests must see which tests are skipped, and why
      console.log(`    left out: no PostgreSQL at ${withoutPassword(SERVER)} (${(error as Error).message})`);
      return undefined;
    }
    const url = new URL(SERVER);
    url.searchParams.set('options', `-c search_path=${schema}`);
    return new TestStore(kind, dataDir, url.toString(), schema);
  }

  async open(): Promise<Stores> {
    const { databaseUrl, dataDir, log } = this;
    const now = () => this.frozenAt ?? Date.now();
    const stores = await openStores({ databaseUrl, dataDir, log, now, poolSize: 4 });
    this.#opened.push(stores);
    return stores;
  }

  /** Moves the stores' clock forward. */
  pass(milliseconds: number): void {
    this.frozenAt = (this.frozenAt ?? Date.now()) + milliseconds;
  }

  /** Closes all stores and deletes all data. */
  async remove(): Promise<void> {
    for (const stores of this.#opened.splice(0)) await stores.close();
    if (this.kind === 'postgres') await onServer(`drop schema ${this.schema} cascade`);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Describes the same behaviour once per engine. All tests share `stores()`, which opens before the first test. */
export function onEveryEngine(
  title: string,
  define: (stores: () => Stores, place: () => TestStore) => void,
  engines: readonly EngineKind[] = ENGINES,
): void {
  for (const kind of engines) {
    describe(`${title} on ${kind}`, function () {
      let place: TestStore | undefined;
      let stores: Stores | undefined;
      before(async function () {
        place = await TestStore.prepare(kind);
        if (!place) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
        stores = await place.open();
      });
      after(async () => place?.remove());
      const given = <T>(value: T | undefined): T => {
        if (value === undefined) throw new Error('asked for before the first test');
        return value;
      };
      define(
        () => given(stores),
        () => given(place),
      );
    });
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.toString();
}
