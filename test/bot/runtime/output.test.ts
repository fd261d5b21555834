/** The server goes on when the program that reads its output ends. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { until } from '../../helpers/outage-sender.js';
import { program } from '../../helpers/program.js';

/** A port that is free now. The start lines, which would name the port, cannot be read here. */
async function freePort(): Promise<number> {
  const holder = net.createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

describe('a server whose output has no reader', () => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-no-reader-'));
  after(() => rmSync(data, { recursive: true, force: true }));

  it('says so once on standard error, answers, logs on and stops cleanly', async () => {
    const port = await freePort();
    const server = spawn(process.execPath, program('index'), {
      cwd: findRootDir(),
      env: {
        ...process.env,
        ...{
          NODE_ENV: '',
          DATABASE_URL: '',
          PORT: String(port),
          LOG_LEVEL: 'debug',
          OFFER_DESK_DATA_DIR: data,
        },
        OFFER_DESK_STOP_SECONDS: '2',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(server, 'exit');
    server.stdout.destroy();
    let said = '';
    await new Promise<void>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${said}`)));
      server.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.endsWith('\n')) resolve();
      });
    });
    // The message may come before the server listens.
    const listens = () => fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    await until(async () => ((await listens())?.ok ? true : undefined), 'the server');
    for (const page of ['healthz', 'readyz', 'nothing'])
      await (await fetch(`http://127.0.0.1:${port}/${page}`)).text();
    assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    const lines = said.trimEnd().split('\n');
    const told = lines.filter((line) =>
      line.startsWith('Standard output cannot be written (EPIPE). The server goes on'),
    );
    assert.equal(told.length, 1, said);
    assert.ok(
      lines.every((line) => told.includes(line) || line.startsWith('Nothing reads the setting')),
      said,
    );
  });
});
