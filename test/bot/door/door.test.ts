/** Commands about the directory while the server has its store: a real server, the real command line, one machine. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { throughDoor } from '../../../bot/door/door-client.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { startInstance, type Instance } from '../../helpers/instance.js';
import { program } from '../../helpers/program.js';

const HEADER = 'offer_id,offer_name,publisher_id,publisher_name,support_email';
const rows = (count: number, mail = 'help@contoso.com') =>
  Array.from({ length: count }, (_, at) => {
    const id = String(at);
    return `contoso.offer-${id},Contoso Offer ${id},contoso,Contoso,${mail}`;
  });

/** Rows of offers that no other file of these tests owns. */
const other = (count: number, mail?: string) =>
  rows(count, mail).map((row) => row.replace('contoso.offer-', 'contoso.other-'));

describe('the operators’ door of a running server', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-door-'));
  const dataDir = path.join(folder, 'data');
  const doorFile = path.join(dataDir, 'offer-desk.door');
  const env = { ...process.env, OFFER_DESK_DATA_DIR: dataDir, DATABASE_URL: '', NODE_ENV: '' };
  let server: Instance;

  before(async () => {
    server = await startInstance({ OFFER_DESK_DATA_DIR: dataDir, OFFER_DESK_STOP_SECONDS: '1' });
  });
  after(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const started = (...args: string[]) => {
    const child = spawn(process.execPath, [...program('cli'), 'directory', ...args], {
      cwd: findRootDir(),
      env,
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, err }));
    return { child, ended, progress: () => err };
  };
  const cli = (...args: string[]) => started(...args).ended;
  const file = (name: string, lines: readonly string[]) => {
    const target = path.join(folder, name);
    writeFileSync(target, [HEADER, ...lines, ''].join('\n'));
    return target;
  };
  const note = () => JSON.parse(readFileSync(doorFile, 'utf8')) as { port: number; key: string };
  /** Through the door as the command line goes, without a process for each. */
  const asked = async (...argv: string[]) => {
    const lines: string[] = [];
    const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
    const code = await throughDoor(
      dataDir,
      { actor: 'cli:amy', request: { argv: ['directory', ...argv], folder } },
      out,
    );
    return { code, text: lines.join('\n') };
  };
  const status = (headers: Record<string, string>, where = '/directory', method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const target = {
        host: '127.0.0.1',
        port: note().port,
        path: where,
        method,
        headers,
        agent: false,
      } as const;
      const sent = request(target, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.once('error', reject);
      sent.end(JSON.stringify({ actor: 'cli:eve', request: { command: 'forget', source: 'file:offers' } }));
    });
  const inStore = async <T>(work: (stores: Stores) => Promise<T>): Promise<T> => {
    const stores = await openStores({ dataDir, now: Date.now, log: new CapturedLog() });
    try {
      return await work(stores);
    } finally {
      await stores.close();
    }
  };

  it('lets the command line bring a file in, with its progress, in the name of who ran it', async () => {
    const { code, out, err } = await cli('import', file('offers.csv', rows(2500)));
    assert.equal(code, 0, err);
    assert.match(out, /^Added: 2500 offers, 1 publisher:$/m);
    assert.match(out, /^Done\. The directory is at version \d+\.$/m);
    assert.match(err, /(read|comparing|writing) \d+ rows/);
    const { text } = await asked('audit', '--limit', '1');
    assert.match(text, new RegExp(`cli:${os.userInfo().username} {2}file:offers`));
  });

  it('tries an import, finds nothing new, names bad rows, with the exit codes there are without a server', async () => {
    const importing = (name: string, lines: readonly string[], ...more: string[]) =>
      asked('import', file(name, lines), ...more);
    const dry = await importing('some.csv', other(3), '--dry-run');
    assert.equal(dry.code, 0);
    assert.match(dry.text, /Dry run: nothing was changed/);
    const again = await importing('offers.csv', rows(2500));
    assert.match(again.text, /Nothing to do: the directory already has these values/);
    const refused = await importing('bad.csv', [...other(2), ...other(1, 'not an address')]);
    assert.equal(refused.code, 2);
    assert.match(refused.text, /row 4, support_email "not an address": is not an email address/);
    const missing = await asked('import', 'nowhere.csv');
    assert.equal(missing.code, 3);
    assert.match(missing.text, /nowhere\.csv/);
  });

  it('corrects, takes back, explains, exports, and looks for sources', async () => {
    const key = 'contoso.offer-7';
    const kind = 'customer-support';
    assert.equal((await asked('correct', key, kind, '--email', 'desk@contoso.com')).code, 0);
    const why = await asked('why', key, 'email');
    assert.match(why.text, /desk@contoso\.com[\s\S]*from admin/);
    assert.match((await asked('undo', key)).text, /taken back/);
    const target = path.join(folder, 'out.csv');
    const exported = await asked('export', 'out.csv', '--format', 'csv', '--source', 'file:offers');
    assert.equal(exported.code, 0);
    assert.equal(readFileSync(target, 'utf8').split('\r\n').length, 2503);
    assert.match((await asked('sync')).text, /No source is configured/);
  });

  it('runs nothing it does not know', async () => {
    await assert.rejects(asked('drop'), { code: 'door.refused' });
    await assert.rejects(asked('forget', 'x', '--more'), { code: 'door.refused' });
  });

  it('keeps its key where only its own user reads it, and nowhere else', () => {
    assert.equal(statSync(doorFile).mode & 0o077, 0);
    assert.ok(!server.output().includes(note().key));
    if (process.getuid?.() !== 0) return;
    const script = `require('node:fs').readFileSync(${JSON.stringify(doorFile)})`;
    const other = spawnSync(process.execPath, ['-e', script], { uid: 65_534, gid: 65_534, encoding: 'utf8' });
    assert.match(other.stderr, /EACCES/);
  });

  it('is closed without the key, with another, to a page of a browser, and at any other address', async () => {
    const authorization = `Bearer ${note().key}`;
    assert.equal(await status({}), 403);
    assert.equal(await status({ authorization: `Bearer ${'x'.repeat(43)}` }), 403);
    assert.equal(await status({ authorization, origin: 'https://contoso.example' }), 403);
    assert.equal(await status({ authorization }, '/other'), 403);
    assert.equal(await status({ authorization }, '/directory', 'PUT'), 403);
    assert.match((await asked('sources')).text, /file:offers: 2500 offers/);
  });

  it('says so when the server is stopped in the middle of an import, of which nothing counts', async () => {
    const running = started('import', file('many.csv', rows(120_000)), '--source', 'file:many');
    while (!/writing|comparing|read \d/.test(running.progress()))
      await new Promise((go) => setTimeout(go, 5));
    await server.end('SIGTERM');
    const { code, out, err } = await running.ended;
    assert.equal(code, 1);
    assert.doesNotMatch(out, /Done\./);
    assert.match(
      err,
      /door\.closed: the (server is stopping|running server ended before the command was done)/,
    );
    assert.match(err, /The change was not saved/);
    assert.equal(existsSync(doorFile), false);
    await inStore(async ({ directory }) => {
      assert.deepEqual((await directory.rowsOf('file:many')).size, 0);
      assert.equal((await directory.rowsOf('file:offers')).size, 2501);
    });
  });

  it('is not missed where the server was killed and left its note: the command opens the store itself', async () => {
    server = await startInstance({ OFFER_DESK_DATA_DIR: dataDir, OFFER_DESK_STOP_SECONDS: '1' });
    const running = started('import', file('more.csv', rows(30_000)), '--source', 'file:more');
    while (!/writing|comparing|read \d/.test(running.progress()))
      await new Promise((go) => setTimeout(go, 5));
    await server.end('SIGKILL');
    const { code, err } = await running.ended;
    assert.equal(code, 1);
    assert.match(err, /door\.closed: the running server ended before the command was done/);
    assert.equal(existsSync(doorFile), true);
    const { code: good, out } = await cli('sources');
    assert.equal(good, 0);
    assert.match(out, /file:offers: 2500 offers/);
    assert.doesNotMatch(out, /file:more: [1-9]/);
  });
});
