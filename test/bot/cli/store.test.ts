/** Backup, restore, check, privacy export and erase as an operator runs them: processes, files, exit codes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { openStores } from '../../../bot/store/stores.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { program } from '../../helpers/program.js';

describe('the store commands', function () {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-drill-'));
  const dataDir = path.join(dir, 'data');
  const copy = path.join(dir, 'copy.sqlite');
  after(() => rmSync(dir, { recursive: true, force: true }));

  const cli = (...args: string[]) => {
    const env = { ...process.env, OFFER_DESK_DATA_DIR: dataDir, DATABASE_URL: '', NODE_ENV: '' };
    const command = [...program('cli'), ...args];
    const run = spawnSync(process.execPath, command, { cwd: findRootDir(), env, encoding: 'utf8' });
    return { code: run.status, out: run.stdout, err: run.stderr };
  };
  const opened = async <T>(work: (stores: Awaited<ReturnType<typeof openStores>>) => Promise<T>) => {
    const stores = await openStores({ dataDir, now: Date.now, log: new CapturedLog() });
    try {
      return await work(stores);
    } finally {
      await stores.close();
    }
  };
  const tablesOf = (out: string) => out.split('\n').filter((line) => / rows {2}/.test(line));

  it('back up the store while the server runs, restore the backup, and find the same rows and checksums', async () => {
    const backup = await opened(async (stores) => {
      await stores.people.set({ channelId: 'msteams', userId: '29:ada' }, { language: 'en' });
      return cli('store', 'backup', copy);
    });
    assert.equal(backup.code, 0, backup.err);
    assert.ok(tablesOf(backup.out).length > 15);
    await opened((stores) => stores.people.forget({ channelId: 'msteams', userId: '29:ada' }));
    const lost = cli('store', 'check');
    assert.match(lost.out, /The store is whole/);
    assert.notDeepEqual(tablesOf(lost.out), tablesOf(backup.out));
    const restored = cli('store', 'restore', copy);
    assert.equal(restored.code, 0, restored.err);
    assert.deepEqual(tablesOf(cli('store', 'check').out), tablesOf(backup.out));
  });

  it('refuse to restore over a running server, and from a file that is not a backup', async () => {
    const busy = await opened(() => Promise.resolve(cli('store', 'restore', copy)));
    assert.deepEqual([busy.code, busy.err.includes('store.locked')], [1, true]);
    const wrong = cli('store', 'restore', path.join(findRootDir(), 'package.json'));
    assert.deepEqual([wrong.code, wrong.err.includes('store.unavailable')], [1, true]);
  });

  it('export and erase a person', () => {
    const shown = cli('privacy', 'export', '--person', '29:ada');
    assert.match(shown.out, /"people"/, shown.err);
    assert.match(cli('privacy', 'erase', '--person', '29:ada').out, /people {2}1 rows/);
    assert.match(cli('privacy', 'erase', '--person', '29:ada').out, /Nothing was kept/);
    assert.notEqual(cli('privacy', 'erase').code, 0);
  });

  it('find damage in the store file', () => {
    const file = openSync(path.join(dataDir, 'offer-desk.sqlite'), 'r+');
    writeSync(file, Buffer.alloc(4096 * 6, 0xaa), 0, 4096 * 6, 4096 * 2);
    closeSync(file);
    const report = cli('store', 'check');
    assert.equal(report.code, 1);
    assert.match(report.out, /damaged/);
  });
});
