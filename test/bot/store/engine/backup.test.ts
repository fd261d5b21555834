/** A restored backup of the embedded store has the same rows as the store that was backed up. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '../../../../bot/store/engine/sqlite-driver.js';
import { backupDataDir, integrityProblems, restoreDataDir } from '../../../../bot/store/engine/backup.js';
import { openStores, type Stores } from '../../../../bot/store/stores.js';
import { CapturedLog } from '../../../helpers/capture-log.js';
import { isCode } from '../../../helpers/errors.js';

describe('backup and restore of the embedded store', () => {
  let folder: string;
  let dataDir: string;
  let file: string;
  const opened: Stores[] = [];
  const open = async (dir = dataDir) => {
    const stores = await openStores({ dataDir: dir, now: Date.now, log: new CapturedLog() });
    opened.push(stores);
    return stores;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-backup-'));
    dataDir = path.join(folder, 'data');
    file = path.join(folder, 'copy.sqlite');
  });
  afterEach(async () => {
    for (const stores of opened.splice(0)) await stores.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('restore every table into an empty directory with the same rows and checksums', async () => {
    const stores = await open();
    for (let n = 0; n < 300; n += 1)
      await stores.botState.write({ [`k${n}`]: { n, filling: 'x'.repeat(500) } });
    const key = await stores.secrets.getOrCreate('directline');
    const taken = await backupDataDir(dataDir, file);
    const elsewhere = path.join(folder, 'elsewhere');
    const restored = await restoreDataDir(elsewhere, file, 1);
    assert.deepEqual(restored.tables, taken.tables);
    assert.equal(taken.tables.find((one) => one.table === 'bot_state')?.rows, 300);
    const again = await open(elsewhere);
    assert.deepEqual(await again.secrets.getOrCreate('directline'), key);
    assert.equal((await again.botState.read(['k299'])).k299.n, 299);
  });

  it('write one consistent file while the server continues to write', async () => {
    const stores = await open();
    await stores.conversations.create({ id: 'c', userId: 'u', audience: 'customer', createdAt: 1 });
    let writing = true;
    const writer = (async () => {
      while (writing) await stores.conversations.append('c', { type: 'message' }, 1);
    })();
    await backupDataDir(dataDir, file);
    writing = false;
    await writer;
    const copy = new DatabaseSync(file);
    assert.deepEqual(integrityProblems(copy), []);
    const counts = copy
      .prepare('select positions, (select count(*) from conversation_activities) as kept from conversations')
      .get() as { positions: number; kept: number };
    copy.close();
    assert.equal(counts.positions, counts.kept);
    assert.deepEqual(readdirSync(folder).sort(), ['copy.sqlite', 'data']);
  });

  it('keep the earlier store beside the restored store', async () => {
    let stores = await open();
    await stores.botState.write({ kept: { n: 1 } });
    await backupDataDir(dataDir, file);
    await stores.botState.write({ kept: { n: 2 } });
    await stores.close();
    await restoreDataDir(dataDir, file, 1);
    stores = await open();
    assert.equal((await stores.botState.read(['kept'])).kept.n, 1);
    const before = new DatabaseSync(path.join(dataDir, 'offer-desk.before-restore.sqlite'));
    const row = before.prepare("select body from bot_state where key = 'kept'").get() as { body: string };
    before.close();
    assert.equal(row.body, '{"n":2}');
  });

  it('refuse to restore under a running server', async () => {
    await open();
    await backupDataDir(dataDir, file);
    await assert.rejects(restoreDataDir(dataDir, file, 1), isCode('store.locked'));
  });

  it('refuse a backup that is damaged, foreign or missing, and leave the store as it was', async () => {
    const stores = await open();
    for (let n = 0; n < 200; n += 1) await stores.botState.write({ [`k${n}`]: { filling: 'x'.repeat(500) } });
    await backupDataDir(dataDir, file);
    await stores.close();
    const damaged = path.join(folder, 'damaged.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8192, 40_000);
    writeFileSync(damaged, bytes);
    const cut = path.join(folder, 'cut.sqlite');
    writeFileSync(cut, readFileSync(file).subarray(0, 20_000));
    const foreign = path.join(folder, 'foreign.sqlite');
    const other = new DatabaseSync(foreign);
    other.exec('create table notes (text)');
    other.close();
    const text = path.join(folder, 'text.sqlite');
    writeFileSync(text, 'a,b,c\n'.repeat(500));
    for (const bad of [damaged, cut, foreign, text, path.join(folder, 'none')]) {
      await assert.rejects(restoreDataDir(dataDir, bad, 1), isCode('store.unavailable'), bad);
    }
    assert.equal(existsSync(path.join(dataDir, 'offer-desk.before-restore.sqlite')), false);
    assert.ok((await (await open()).botState.read(['k1'])).k1);
  });

  it('replace an earlier backup, and no other file: not the store, its journal, a list or a link', async () => {
    const stores = await open();
    await stores.botState.write({ a: { n: 1 } });
    await backupDataDir(dataDir, file);
    await stores.botState.write({ a: { n: 2 } });
    await backupDataDir(dataDir, file);
    const list = path.join(folder, 'contacts.csv');
    writeFileSync(list, 'offer_id,offer_name\n');
    const link = path.join(folder, 'link');
    symlinkSync(path.join(folder, 'nowhere'), link);
    const besides = path.join(folder, 'beside');
    symlinkSync(dataDir, besides);
    const store = path.join(dataDir, 'offer-desk.sqlite');
    for (const target of [store, `${store}-wal`, path.join(dataDir, 'offer-desk.lock'), list, link, folder])
      await assert.rejects(backupDataDir(dataDir, target), isCode('backup.refused'), target);
    const around = path.join(besides, 'offer-desk.sqlite');
    await assert.rejects(backupDataDir(dataDir, around), isCode('backup.refused'));
    assert.equal(readFileSync(list, 'utf8'), 'offer_id,offer_name\n');
    await stores.botState.write({ a: { n: 3 } });
    assert.equal((await stores.botState.read(['a'])).a.n, 3);
  });

  it('leave no file behind when the copy cannot be written', async () => {
    await open();
    await assert.rejects(
      backupDataDir(dataDir, path.join(folder, 'no', 'such', 'x')),
      isCode('store.unavailable'),
    );
    await assert.rejects(backupDataDir(path.join(folder, 'nothing'), file), isCode('store.unavailable'));
    assert.deepEqual(readdirSync(folder), ['data']);
  });
});
