/** Getting the Web Chat bundle: what is not the pinned thing is refused, and a machine without a network is told what to do. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { WEB_CHAT_VERSION } from '../../bot/web/pages/routes.js';
import { ROOT } from '../helpers/chromium.js';

interface BundleScript {
  readonly WEB_CHAT: { readonly version: string; readonly integrity: string };
  webChatDir(root?: string): string;
  ensureWebChat(options: { root: string }): Promise<string>;
}
interface TarScript {
  readTar(
    stream: AsyncIterable<Buffer>,
    wanted: (name: string) => boolean,
  ): AsyncGenerator<{ name: string; bytes: Buffer }>;
}

/** One entry of a tar archive as npm writes it. */
function entry(name: string, content: string, kind = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124);
  header.write('        ', 148);
  header.write(kind, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

describe('the tar reader', () => {
  const END = Buffer.alloc(1_024);
  let tar: TarScript;
  before(async () => {
    tar = (await import(path.join(ROOT, 'scripts', 'tar.mjs'))) as TarScript;
  });

  async function read(archive: Buffer, chunk: number, wanted: (name: string) => boolean = () => true) {
    const chunks = Array.from({ length: Math.ceil(archive.length / chunk) }, (_, index) =>
      archive.subarray(index * chunk, (index + 1) * chunk),
    );
    const files: Record<string, string> = {};
    for await (const { name, bytes } of tar.readTar(Readable.from(chunks), wanted))
      files[name] = bytes.toString();
    return files;
  }

  it('finds the wanted files however the stream is cut', async () => {
    const archive = Buffer.concat([
      entry('package/a.js', 'first'),
      entry('package/dir', '', '5'),
      entry('package/big.js', 'x'.repeat(1_500)),
      entry('package/b.js', ''),
      entry('package/c.js', 'y'.repeat(512)),
      END,
    ]);
    const all = {
      'package/a.js': 'first',
      'package/big.js': 'x'.repeat(1_500),
      'package/b.js': '',
      'package/c.js': 'y'.repeat(512),
    };
    for (const chunk of [1, 7, 511, 512, 513, 100_000])
      assert.deepEqual(await read(archive, chunk), all, String(chunk));
    assert.deepEqual(await read(archive, 300, (name) => name.endsWith('c.js')), {
      'package/c.js': 'y'.repeat(512),
    });
  });

  it('refuses what is no archive or ends too early', async () => {
    await assert.rejects(read(Buffer.from('x'.repeat(2_000)), 512), /checksum/);
    await assert.rejects(read(entry('a', 'x'.repeat(900)).subarray(0, 1_000), 512), /middle of a file/);
    await assert.rejects(read(Buffer.alloc(100, 'a'), 512), /middle of a header/);
  });
});

describe('getting the Web Chat bundle', () => {
  let script: BundleScript;
  let root: string;
  const npm = process.env.npm_execpath;
  before(async () => {
    script = (await import(path.join(ROOT, 'scripts', 'webchat.mjs'))) as BundleScript;
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
    assert.equal(script.WEB_CHAT.version, WEB_CHAT_VERSION);
    assert.equal(script.webChatDir(root), path.join(root, 'vendor', `webchat-${WEB_CHAT_VERSION}`));
  });

  it('refuses a package that is not the pinned one, and leaves nothing behind', async () => {
    const tarball = gzipSync(Buffer.concat([entry('package/dist/webchat.js', 'evil'), Buffer.alloc(1_024)]));
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
});
