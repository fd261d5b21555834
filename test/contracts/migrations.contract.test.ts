/** Migrations that run twice, run on several instances, die half-way, or meet data of a later version. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql, type Kysely, type Migration } from 'kysely';
import type { Schema } from '../../bot/store/engine/schema.js';
import { MIGRATIONS, migrate } from '../../bot/store/engine/migrate.js';
import { openStores } from '../../bot/store/stores.js';
import { isCode } from '../helpers/errors.js';
import { ENGINES, onEveryEngine, TestStore } from '../helpers/stores.js';

const addNotes: Migration = {
  up: async (db) => {
    await db.schema.createTable('notes').addColumn('text', 'text').execute();
  },
};
const halfWay: Migration = {
  up: async (db) => {
    await db.schema.createTable('half').addColumn('text', 'text').execute();
    throw new Error('killed here');
  },
};

onEveryEngine('migrations', (stores) => {
  const run = (migrations: Readonly<Record<string, Migration>>) => {
    const { kysely, engine } = stores().database;
    return migrate(kysely, engine, migrations);
  };
  // Kysely's introspection reads every schema, and fails when another test drops one meanwhile.
  const tables = async () => {
    const { kysely, engine } = stores().database;
    const query =
      engine.kind === 'postgres'
        ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`
        : sql<{ name: string }>`select name from sqlite_master where type = 'table'`;
    return (await query.execute(kysely)).rows.map(({ name }) => name);
  };

  it('change nothing on the second run', async () => {
    assert.deepEqual(await run(MIGRATIONS), []);
  });

  it('read only the recorded names when no migration is missing', async () => {
    const { kysely, engine } = stores().database;
    const queries: string[] = [];
    const counted = kysely.withPlugin({
      transformQuery: ({ node }) => {
        queries.push(node.kind);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    await migrate(counted, engine);
    // PostgreSQL also asks for the schema.
    assert.deepEqual(queries, engine.kind === 'postgres' ? ['RawNode', 'RawNode'] : ['RawNode']);
  });

  it('change nothing when they fail half-way, and complete the next time', async () => {
    const next = { ...MIGRATIONS, '9001-notes': addNotes };
    await assert.rejects(run({ ...next, '9002-half': halfWay }), isCode('store.unavailable'));
    assert.deepEqual(
      (await tables()).filter((name) => ['notes', 'half'].includes(name)),
      [],
    );
    assert.deepEqual(await run(next), ['9001-notes']);
    assert.ok((await tables()).includes('notes'));
  });

  it('run again when another schema is dropped meanwhile', async () => {
    let looks = 0;
    const vanishing: Migration = {
      up: () => {
        looks += 1;
        return looks < 3
          ? Promise.reject(Object.assign(new Error('schema "other" does not exist'), { code: '3F000' }))
          : Promise.resolve();
      },
    };
    const next = { ...MIGRATIONS, '9001-notes': addNotes, '9002-vanishing': vanishing };
    assert.deepEqual(await run(next), ['9002-vanishing']);
    assert.equal(looks, 3);
  });

  it('keep existing data', async () => {
    await stores().botState.write({ kept: { n: 1 } });
    await run({
      ...MIGRATIONS,
      '9001-notes': addNotes,
      '9002-vanishing': { up: () => Promise.resolve() },
      '9003-more': {
        up: async (db) => {
          await db.schema.alterTable('notes').addColumn('more', 'text').execute();
        },
      },
    });
    assert.equal((await stores().botState.read(['kept'])).kept.n, 1);
  });

  it('refuse data of a later version and name the unknown migrations', async () => {
    await assert.rejects(
      run(MIGRATIONS),
      (error) => isCode('store.newer-schema')(error) && String(error).includes('9001-notes'),
    );
  });
});

/** Empties the database, so that the next migration is the first. */
async function emptied(kysely: Kysely<Schema>, kind: 'sqlite' | 'postgres'): Promise<void> {
  if (kind === 'postgres') {
    const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(kysely);
    const name = sql.id(rows[0]?.name ?? 'none');
    await sql`drop schema ${name} cascade`.execute(kysely);
    await sql`create schema ${name}`.execute(kysely);
    return;
  }
  for (const { name } of await kysely.introspection.getTables({ withInternalKyselyTables: true })) {
    await sql`drop table if exists ${sql.table(name)}`.execute(kysely);
  }
}

onEveryEngine('a database of an earlier version', (stores) => {
  it('migrates once to the current version, and keeps its data', async function () {
    const { kysely, engine } = stores().database;
    const all = Object.entries(MIGRATIONS);
    const versions = Array.from({ length: all.length - 1 }, (_, at) => at + 1);
    // PostgreSQL is slow to create a schema, so the test tries only the first and the last of the earlier versions.
    const tried = engine.kind === 'postgres' ? [1, all.length - 1] : versions;
    for (const released of tried) {
      await emptied(kysely, engine.kind);
      await migrate(kysely, engine, Object.fromEntries(all.slice(0, released)));
      await stores().botState.write({ kept: { released } });
      assert.deepEqual(
        await migrate(kysely, engine),
        all.slice(released).map(([name]) => name),
      );
      assert.deepEqual(await migrate(kysely, engine), []);
      assert.equal((await stores().botState.read(['kept'])).kept.released, released);
    }
  });
});

onEveryEngine('a database of a later version', (stores, place) => {
  it('stops the stores from opening, and stays unchanged', async () => {
    const { kysely, engine } = stores().database;
    await migrate(kysely, engine, { ...MIGRATIONS, '9001-notes': addNotes });
    if (engine.singleProcess) await stores().close();
    await assert.rejects(place().open(), isCode('store.newer-schema'));
    await assert.rejects(place().open(), isCode('store.newer-schema'));
  });
});

for (const kind of ENGINES) {
  describe(`a process killed half-way through the first start on ${kind}`, function () {
    let place: TestStore | undefined;
    before(async function () {
      place = await TestStore.prepare(kind);
      if (!place) this.skip(); // TestStore.prepare has reported that there is no PostgreSQL
    });
    after(async () => place?.remove());

    it('leaves no table behind, and the next start completes', async () => {
      assert.ok(place);
      const { dataDir, databaseUrl } = place;
      const script = fileURLToPath(new URL('../helpers/half-migration.ts', import.meta.url));
      const args = ['--import', 'tsx', script, dataDir, ...(databaseUrl === undefined ? [] : [databaseUrl])];
      const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(killed, 'exit');
      const early = ended.then(([code]) => {
        throw new Error(`the start ended by itself with code ${String(code)}`);
      });
      await Promise.race([once(killed.stdout, 'data'), early]);
      killed.kill('SIGKILL');
      await ended;
      const { kysely } = (await place.open()).database;
      const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(kysely);
      assert.deepEqual(rows.map((row) => row.name).sort(), Object.keys(MIGRATIONS).sort());
      const tables = await kysely.introspection.getTables();
      assert.ok(!tables.some(({ name }) => name === 'half'));
    });
  });
}

describe('three instances that start together on an empty PostgreSQL', function () {
  let place: TestStore | undefined;
  before(async function () {
    place = await TestStore.prepare('postgres');
    if (!place) this.skip(); // TestStore.prepare has reported that there is no PostgreSQL
  });
  after(async () => place?.remove());

  it('all start, and run each migration once', async () => {
    const up = await Promise.all([place?.open(), place?.open(), place?.open()]);
    const kysely = up[0]?.database.kysely;
    assert.ok(kysely);
    const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(kysely);
    assert.deepEqual(
      rows.map((row) => row.name),
      Object.keys(MIGRATIONS),
    );
    for (const one of up) await one?.checkReady();
  });
});

describe('opening a database', () => {
  it('fails for an unsupported URL scheme and for a server that does not answer', async () => {
    const place = await TestStore.prepare('sqlite');
    assert.ok(place);
    const { dataDir, log } = place;
    const options = { dataDir, log, now: Date.now };
    await assert.rejects(
      openStores({ ...options, databaseUrl: 'mysql://localhost/x' }),
      isCode('config.invalid'),
    );
    await assert.rejects(
      openStores({ ...options, databaseUrl: 'postgres://nobody@127.0.0.1:9/none' }),
      isCode('store.unavailable'),
    );
    await place.remove();
  });
});
