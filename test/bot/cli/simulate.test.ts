/** `simulate` as an operator runs it: the transcript, the exit code, and a store that stays as it was. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { runCommand } from '../../helpers/command-line.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { offerOf } from '../../helpers/directory-builders.js';
import { onEveryEngine, type TestStore } from '../../helpers/stores.js';

const ASKED = (expected: string, offer = 'Contoso Backup') =>
  JSON.stringify([
    {
      name: 'a bill',
      who: 'customer',
      lines: [{ say: `My invoice for ${offer} is wrong`, expect: expected }],
    },
    { name: 'a button', who: 'partner', lines: [{ press: 'Help', expect: 'cancel' }] },
  ]);

const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-simulate-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string, name = 'conversations.json'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function run(settings: Record<string, string>, ...argv: string[]) {
  const kept = { ...process.env };
  Object.assign(process.env, settings);
  try {
    return await runCommand(folder, argv);
  } finally {
    for (const name of Object.keys(settings))
      if (kept[name] === undefined) delete process.env[name];
      else process.env[name] = kept[name];
  }
}

describe('simulate without a store', () => {
  const settings = { OFFER_DESK_DATA_DIR: path.join(folder, 'nothing') };

  it('prints who said what, with titles, texts and buttons of the sample’s answers', async () => {
    const file = fileOf(ASKED('Bill or price'));
    const { code, text } = await run(settings, 'simulate', file);
    assert.equal(code, 0, text);
    assert.match(text, /^── a bill \(customer, en-US\)$/m);
    assert.match(text, /^customer: My invoice for Contoso Backup is wrong$/m);
    assert.match(text, /^bot: \*\*.+\*\*$/m);
    assert.match(text, /^partner presses \[Help\]$/m);
    assert.match(text, /^ {5}\[.+\]$/m);
    assert.match(text, /^Conversations held: 2\. Failed: 0\.$/m);
  });

  it('returns 1 with a comparison when an expectation fails', async () => {
    const file = fileOf(ASKED('Bill or prize'));
    const { code, text } = await run(settings, 'simulate', file);
    assert.equal(code, 1);
    assert.match(text, /- expected: Bill or prize\n {4}\+ nearest: {2}.*Bill or price/);
    assert.match(text, /Failed: 1\.\n✗ a bill/);
  });

  it('prints the same as JSON, also for the chosen conversations only', async () => {
    const file = fileOf(ASKED('x'));
    const { code, text } = await run(settings, 'simulate', file, '--only', 'BUTTON', '--json');
    assert.equal(code, 0, text);
    const { ok, conversations } = JSON.parse(text) as {
      ok: boolean;
      conversations: { name: string; lines: { press: string; replies: { title: string }[] }[] }[];
    };
    assert.deepEqual([ok, conversations.length, conversations[0]?.name], [true, 1, 'a button']);
    assert.equal(conversations[0]?.lines[0]?.press, 'Help');
    assert.ok(conversations[0].lines[0].replies[0]?.title);
  });

  it('refuses a missing file, a wrong file and an unknown name, with the next step', async () => {
    for (const [argv, expected] of [
      [['simulate', path.join(folder, 'none.yaml')], /cannot be read \(ENOENT\)/],
      [['simulate', fileOf('[]', 'empty.json')], /must not be empty/],
      [['simulate', fileOf(ASKED('x')), '--only', 'weather'], /no conversation has “weather”/],
    ] as const) {
      const { code, text } = await run(settings, ...argv);
      assert.equal(code, 1);
      assert.match(text, expected);
      assert.match(text, /docs\/operations\.md/);
    }
  });

  it('creates no store and leaves no scratch files', async () => {
    const scratch = () =>
      readdirSync(os.tmpdir()).filter((name) => name.startsWith('offer-desk-simulation-'));
    const before = scratch();
    await run(settings, 'simulate', fileOf(ASKED('x')));
    assert.deepEqual(
      scratch().filter((name) => !before.includes(name)),
      [],
    );
    assert.ok(!readdirSync(folder).includes('nothing'));
  });
});

describe('simulate beside a running server', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  it('answers from the server’s directory and writes nothing to it', async () => {
    const settings = { OFFER_DESK_DATA_DIR: desk.dataDir };
    await run(settings, 'insights', 'add-alias', 'contoso.backup', 'Relecloud Ledger');
    const { stores } = desk.app;
    const before = await stores.directory.version();
    const file = fileOf(ASKED('Bill or price · Contoso Backup', 'Relecloud Ledger'));
    const { code, text } = await run(settings, 'simulate', file);
    assert.equal(code, 0, text);
    assert.equal(await stores.directory.version(), before);
    const talks = await stores.database.kysely.selectFrom('conversations').select('id').execute();
    assert.equal(talks.length, 0);
    assert.equal((await run(settings, 'simulate', file, '--sample')).code, 1);
  });
});

onEveryEngine('simulate with an own store', (stores, place) => {
  const settingsOf = ({ dataDir, databaseUrl = '' }: TestStore) => ({
    OFFER_DESK_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
  });

  it('uses the own directory, and the sample’s profile where none is stored', async () => {
    const offer = offerOf({ id: 'relecloud.ledger', name: 'Relecloud Ledger', publisherId: 'relecloud' });
    const rows = [{ kind: 'offer' as const, key: 'offer:relecloud.ledger', offer }];
    await stores().directory.commit({ source: 'file', upserts: rows, removals: [], actor: 'cli:amy', at: 1 });
    const file = fileOf(ASKED('Bill or price · Relecloud Ledger', 'Relecloud Ledger'));
    const { code, text } = await run(settingsOf(place()), 'simulate', file);
    assert.equal(code, 0, text);
    assert.equal(await stores().profile.load(), undefined);
    assert.equal(await stores().directory.version(), 1);
  });
});
