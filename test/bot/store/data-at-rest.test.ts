/** Tests for the files of the embedded store: their permissions, and the errors of a store that cannot be opened. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeskError } from '../../../core/errors.js';
import { backupDataDir, checkDataDir, restoreDataDir } from '../../../bot/store/engine/backup.js';
import { looseFiles } from '../../../bot/store/engine/private-files.js';
import { compactStore, erasePerson } from '../../../bot/store/people/person.js';
import { hasRoom, openStores, type Stores } from '../../../bot/store/stores.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { isCode } from '../../helpers/errors.js';

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('the data directory', () => {
  let folder: string;
  let dataDir: string;
  let umask: number;
  const log = new CapturedLog();
  const opened: Stores[] = [];
  const open = async (): Promise<Stores> => {
    const stores = await openStores({ dataDir, now: Date.now, log });
    opened.push(stores);
    return stores;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-rest-'));
    dataDir = path.join(folder, 'data');
    umask = process.umask(0o000);
  });
  afterEach(async () => {
    process.umask(umask);
    for (const stores of opened.splice(0)) await stores.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has mode 700 and files of mode 600 for any umask, and backups have mode 600 too', async () => {
    const stores = await open();
    await stores.botState.write({ a: { n: 1 } });
    const backup = path.join(folder, 'backup.sqlite');
    await backupDataDir(dataDir, backup);
    assert.equal(modeOf(dataDir), '700');
    const files = readdirSync(dataDir);
    assert.ok(files.includes('offer-desk.sqlite-wal') && files.includes('offer-desk.lock'), files.join(' '));
    assert.deepEqual([...new Set(files.map((file) => modeOf(path.join(dataDir, file))))], ['600']);
    assert.equal(modeOf(backup), '600');
    await stores.close();
    await restoreDataDir(dataDir, backup, 1);
    assert.deepEqual(looseFiles(dataDir), []);
  });

  it('loses permissions for other users at the start, and the log and the check report the problem', async () => {
    await (await open()).close();
    chmodSync(dataDir, 0o755);
    chmodSync(path.join(dataDir, 'offer-desk.sqlite'), 0o644);
    assert.deepEqual(
      checkDataDir(dataDir).loose.map(({ mode }) => mode),
      ['755', '644'],
    );
    await open();
    assert.deepEqual(looseFiles(dataDir), []);
    const told = log.entries.filter(({ event }) => event === 'store.permissions-tightened');
    assert.ok(told.length >= 2, String(told.length));
  });

  it('keeps an empty or damaged store, and the error names the file and what to do', async () => {
    const file = path.join(dataDir, 'offer-desk.sqlite');
    const backup = path.join(folder, 'backup.sqlite');
    const stores = await open();
    await stores.botState.write({ kept: { n: 1 } });
    await backupDataDir(dataDir, backup);
    await stores.close();
    for (const content of [
      '',
      'this is not a database, and it is longer than the header of one. '.repeat(40),
    ]) {
      // The file must be new, because SQLite keeps the lock of a closed connection until the garbage collection of its
      // statements. A real restore runs in another process.
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      writeFileSync(file, content);
      await assert.rejects(open(), (error) => {
        assert.ok(error instanceof DeskError);
        assert.equal(error.code, 'store.damaged');
        assert.ok(error.message.includes(file), error.message);
        return error.remedy.includes('store check') && error.remedy.includes('store restore');
      });
      assert.notEqual(checkDataDir(dataDir).problems.length, 0);
      await restoreDataDir(dataDir, backup, 1);
      const again = await open();
      assert.equal((await again.botState.read(['kept'])).kept.n, 1);
      await again.close();
    }
  });

  it('contains no byte of an erased person after a normal stop', async () => {
    const stores = await open();
    const canary = 'canary-of-an-erased-person';
    for (let n = 0; n < 50; n += 1)
      await stores.botState.write({
        [`msteams/users/29:erased-person-id/${n}`]: { words: canary.repeat(n + 1) },
      });
    const holds = () =>
      readdirSync(dataDir).filter((file) => readFileSync(path.join(dataDir, file)).includes(canary));
    assert.notEqual(holds().length, 0);
    const done = await erasePerson(stores.database.kysely, '29:erased-person-id');
    compactStore(stores.database);
    await stores.close();
    assert.deepEqual([done.done.bot_state, done.left, holds()], [50, {}, []]);
  });

  it('gets a new store after a crash before the first page of the store was written', async () => {
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'offer-desk.sqlite.new'), '');
    await open();
    assert.equal(existsSync(path.join(dataDir, 'offer-desk.sqlite.new')), false);
  });

  it('is not ready when the store cannot be written or the disk is nearly full', async () => {
    const stores = await open();
    await stores.checkReady();
    stores.database.sqlite?.exec('pragma query_only=1');
    await assert.rejects(stores.checkReady(), isCode('store.unavailable'));
    stores.database.sqlite?.exec('pragma query_only=0');
    await stores.checkReady();
    assert.deepEqual([await hasRoom(dataDir, 1), await hasRoom(dataDir, 1e18)], [true, false]);
  });
});
