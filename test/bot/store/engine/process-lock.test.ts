/** A data directory belongs to one process, and becomes free when that process ends. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeskError } from '../../../../core/errors.js';
import { lockDataDir } from '../../../../bot/store/engine/process-lock.js';
import { isCode } from '../../../helpers/errors.js';

const WRITER = fileURLToPath(new URL('../../../helpers/store-writer.ts', import.meta.url));

describe('the lock of a data directory', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-lock-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  async function holder(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDir, '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  it('names the process, the host and the time when another process has the lock', async () => {
    const child = await holder();
    try {
      assert.throws(
        () => lockDataDir(dataDir, 1),
        (error) =>
          error instanceof DeskError &&
          error.code === 'store.locked' &&
          error.message.includes(`process ${child.pid} on ${os.hostname()} since 20`),
      );
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  });

  it('becomes free as soon as its process is killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'close');
    lockDataDir(dataDir, 1).release();
  });

  it('refuses a second lock in the same process until the first lock is released', () => {
    const lock = lockDataDir(dataDir, 1);
    assert.throws(() => lockDataDir(dataDir, 1), isCode('store.locked'));
    lock.release();
    lock.release();
    lockDataDir(dataDir, 1).release();
  });

  it('names a directory that cannot be created or written as the problem, and not another process', function () {
    const file = path.join(dataDir, 'a-file');
    writeFileSync(file, 'not a folder');
    assert.throws(() => lockDataDir(path.join(file, 'data'), 1), isCode('store.read-only'));
    writeFileSync(path.join(dataDir, 'offer-desk.lock'), 'this is no database, and longer than a header');
    assert.throws(() => lockDataDir(dataDir, 1), isCode('store.unavailable'));
  });
});
