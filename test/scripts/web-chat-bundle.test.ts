/** Getting the Web Chat bundle: what is not the pinned thing is refused, and a machine without a network is told what to do. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { WEB_CHAT_VERSION } from '../../bot/web/pages/routes.js';
import { ROOT } from '../helpers/chromium.js';

interface FilesScript {
  readonly WEB_CHAT: { readonly version: string; readonly integrity: string };
  webChatDir(root: string): string;
}
interface FetchScript {
  ensureWebChat(options: { root: string }): Promise<string>;
}

describe('getting the Web Chat bundle', () => {
  let files: FilesScript;
  let script: FetchScript;
  let root: string;
  const npm = process.env.npm_execpath;
  before(async () => {
    files = (await import(path.join(ROOT, 'scripts', 'webchat-files.mjs'))) as FilesScript;
    script = (await import(path.join(ROOT, 'scripts', 'webchat.mjs'))) as FetchScript;
  });
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-bundle-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    if (npm === undefined) delete process.env.npm_execpath;
    else process.env.npm_execpath = npm;
  });

  /** Stands in for npm: runs this source with `target` set to the folder the tarball is wanted in. */
  function fakeNpm(source: string): void {
    const file = path.join(root, 'npm.js');
    writeFileSync(file, `const fs = require('node:fs'); const target = process.argv.at(-1); ${source}`);
    process.env.npm_execpath = file;
  }

  it('is of the version the page asks for', () => {
    assert.equal(files.WEB_CHAT.version, WEB_CHAT_VERSION);
    assert.equal(files.webChatDir(root), path.join(root, 'vendor', `webchat-${WEB_CHAT_VERSION}`));
  });

  it('refuses a package that is not the pinned one, and leaves nothing behind', async () => {
    const tarball = gzipSync('not the pinned package');
    fakeNpm(`fs.writeFileSync(target + '/x.tgz', Buffer.from('${tarball.toString('base64')}', 'base64'));`);
    await assert.rejects(
      script.ensureWebChat({ root }),
      /integrity is sha512-.*does not match the pinned one/,
    );
    assert.ok(!existsSync(path.join(root, 'vendor')));
  });

  it('says what to do when the registry cannot be reached', async () => {
    fakeNpm(`console.error('npm error ENOTFOUND registry'); process.exit(1);`);
    await assert.rejects(script.ensureWebChat({ root }), /could not be fetched.*Connect.*ENOTFOUND/s);
    assert.deepEqual(readdirSync(root), ['npm.js']);
  });

  it('stops npm and removes what npm fetched, when the server that started it stops', () => {
    for (const name of ['webchat.mjs', 'webchat-files.mjs'])
      cpSync(path.join(ROOT, 'scripts', name), path.join(root, 'scripts', name));
    const temp = path.join(root, 'temp');
    mkdirSync(temp);
    fakeNpm(
      `fs.writeFileSync(target + '/x.tgz', 'half'); process.kill(process.ppid); setInterval(() => {}, 1000);`,
    );
    const env = { ...process.env, TMPDIR: temp, TEMP: temp };
    const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/webchat.mjs')], { env });
    assert.equal(status, 1);
    assert.deepEqual(readdirSync(temp), []);
  });
});
