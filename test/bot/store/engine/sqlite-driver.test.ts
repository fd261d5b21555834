/** A process chooses once between Node's SQLite and the package, so each test starts a new process. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SQLITE_DRIVER } from '../../../../bot/store/engine/sqlite-driver.js';
import { findRootDir } from '../../../../bot/runtime/root-dir.js';

const root = findRootDir();
const DRIVER = pathToFileURL(path.join(root, 'bot/store/engine/sqlite-driver.ts')).href;
const SWITCH = '--no-experimental-sqlite';
const hasOwn = process.allowedNodeEnvironmentFlags.has('--experimental-sqlite');
const without = hasOwn ? [SWITCH] : [];

/** Runs a module that can use `DatabaseSync`, `SQLITE_DRIVER` and `file`. */
function run(flags: readonly string[], body: string, file = '') {
  const source = `const { DatabaseSync, SQLITE_DRIVER } = await import('${DRIVER}'); const file = ${JSON.stringify(file)}; ${body}`;
  const args = [...flags, '--import', 'tsx', '--input-type=module', '--eval', source];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

describe('the SQLite driver', function () {
  it('is Node’s driver where that driver is complete, and the package elsewhere', () => {
    const own = run([], `console.log('backup' in (process.getBuiltinModule('node:sqlite') ?? {}))`);
    const isSwitchedOff = (process.env.NODE_OPTIONS ?? '').includes(SWITCH);
    const expected = own.stdout.trim() === 'true' ? 'node:sqlite' : '@photostructure/sqlite';
    assert.equal(SQLITE_DRIVER, isSwitchedOff ? '@photostructure/sqlite' : expected);
  });

  it('is the package where Node’s driver is switched off', () => {
    assert.equal(run(without, 'console.log(SQLITE_DRIVER)').stdout.trim(), '@photostructure/sqlite');
  });

  it('prints no warning about SQLite, and hides no other warning', () => {
    const { stderr } = run([], `process.emitWarning('told on purpose', 'ExperimentalWarning')`);
    assert.match(stderr, /told on purpose/);
    assert.doesNotMatch(stderr, /SQLite is an experimental feature/);
  });

  it('reads the file that the other driver wrote', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-driver-'));
    const file = path.join(folder, 'x.sqlite');
    const add = `const d = new DatabaseSync(file); d.exec('pragma journal_mode=wal; create table if not exists t (a)');
      d.prepare('insert into t values (?)').run(SQLITE_DRIVER); console.log(JSON.stringify(d.prepare('select a from t').all())); d.close();`;
    try {
      run([], add, file);
      const { stdout } = run(without, add, file);
      const rows = JSON.parse(stdout) as { a: string }[];
      assert.equal(rows.length, 2);
      assert.equal(rows[1]?.a, '@photostructure/sqlite');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
