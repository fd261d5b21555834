/** Text that tries to become SQL stays a value: it is stored, found and compared as written, and changes no other row. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Stores } from '../../bot/store/stores.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { subscribeAll } from '../helpers/outage-recipients.js';
import { onEveryEngine } from '../helpers/stores.js';

const ATTACKS: readonly string[] = [
  "'",
  '"',
  "' or 1=1 --",
  "'; drop table turn_claims; --",
  '"; drop table people; --',
  "') on conflict do nothing; delete from outage_readers; --",
  "x' union select value from secrets --",
  '\\',
  "\\'; drop table people; --",
  '%',
  '_',
  "%' or key like '%",
  '$1',
  ':name',
  '?',
  '@p1',
  '${1}',
  '[people]',
  '`people`',
  '/* comment */',
  '-- comment',
  "e'\\x27'",
  "u&'\\0027'",
  'ｘ＇ ｏｒ １＝１',
  'null',
  '0x27',
  '{"$ne":null}',
  "'||(select pg_sleep(5))||'",
  "'||sqlite_version()||'",
  "'; attach database '/tmp/x' as x; --",
];

/** The number of rows of each table. */
async function rowsOf({ database, kind }: Stores): Promise<Readonly<Record<string, number>>> {
  const list =
    kind === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = current_schema()`;
  const { rows } = await list.execute(database.kysely);
  const counts = await Promise.all(
    rows.map(async ({ name }) => {
      const counted = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(
        database.kysely,
      );
      return [name, Number(counted.rows[0]?.n)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

onEveryEngine('text that looks like SQL', (stores) => {
  it('is a value in every part of a key, and touches no other row', async () => {
    const { turns, botState, people, references, leases, handovers, visitors, rates } = stores();
    const { recipients, deliveries, incidents } = stores().outages;
    await people.set({ channelId: 'msteams', userId: 'bystander' }, { language: 'en' });
    await subscribeAll(recipients, ['bystander']);
    const before = await rowsOf(stores());
    for (const text of ATTACKS) {
      const key = { channelId: text, conversationId: text, activityId: text };
      assert.equal(await turns.claim(key), 'new', text);
      assert.equal(await turns.claim(key), 'running', text);
      await botState.write({ [text]: { text } });
      assert.equal((await botState.read([text]))[text]?.text, text);
      await people.set({ channelId: text, userId: text }, { language: text });
      assert.deepEqual(await people.get({ channelId: text, userId: text }), { language: text });
      const saved = { channelId: 'msteams', conversationId: text, userId: text, tenantId: text };
      assert.equal(await references.save({ ...saved, reference: { text } }), true);
      assert.equal((await references.list({ userId: text })).length, 1, text);
      await subscribeAll(recipients, [text]);
      assert.equal((await recipients.byId(text))?.id, text);
      assert.equal(await leases.withLease(text, 1_000, () => Promise.resolve('mine')), 'mine');
      assert.equal(await rates.take(Buffer.alloc(32), text, [{ calls: 5, windowMs: 1_000 }]), 0);
      assert.equal(await handovers.openOf(text, text), undefined);
      assert.equal(await visitors.get(text), undefined);
      assert.equal(await incidents.byId(text), undefined);
      assert.equal(await deliveries.one(text, text), undefined);
      assert.deepEqual(await incidents.openFor(text, text), []);
      assert.equal(await deliveries.claimDue(1, 5, 1, [text]).then((rows) => rows.length), 0);
    }
    const after = await rowsOf(stores());
    assert.deepEqual(Object.keys(after).sort(), Object.keys(before).sort());
    for (const table of ['turn_claims', 'outage_readers'])
      assert.equal((after[table] ?? 0) - (before[table] ?? 0), ATTACKS.length, table);
    assert.equal((await recipients.byId('bystander'))?.subscriptions.length, 1);
    assert.deepEqual(await people.get({ channelId: 'msteams', userId: 'bystander' }), { language: 'en' });
  });

  it('is deleted alone, and deletes nothing else', async () => {
    const { people, botState } = stores();
    for (const text of ATTACKS) {
      assert.equal(await people.forget({ channelId: text, userId: text }), true);
      await botState.delete([text]);
    }
    assert.deepEqual(await people.get({ channelId: 'msteams', userId: 'bystander' }), { language: 'en' });
  });
});

describe('the queries of the store', () => {
  it('never contain a text that is not a constant of the code', () => {
    const folder = path.join(findRootDir(), 'bot', 'store');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length > 30);
    for (const name of files) {
      const source = readFileSync(path.join(folder, name), 'utf8');
      assert.doesNotMatch(
        source,
        /\bsql\.raw\b|CompiledQuery\.raw\((?!['"`][^$]*['"`])/,
        `${name}: use a parameter`,
      );
      // A literal is written into the statement: only numbers and constants.
      for (const [, inside = ''] of source.matchAll(/\bsql\.lit\(([^()]*(?:\([^()]*\))?[^()]*)\)/g))
        assert.match(
          inside,
          /^(\d+|'[^']*'|nextAt|missed|Math\.round\(ttlMs\)|begins\.length)$/,
          `${name}: sql.lit(${inside})`,
        );
    }
  });
});
