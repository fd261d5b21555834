/** A scheduled source gets a column that nobody reads: the directory stays, and administrators hear of it in every way. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sinon from 'sinon';
import { unreadableSince } from '../../../bot/app/outages.js';
import { openSources } from '../../../bot/app/directory.js';
import { examine } from '../../../bot/app/doctor/doctor.js';
import { noteText } from '../../../bot/app/admin-notes.js';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { readConfig } from '../../../bot/app/config.js';
import { directorySync } from '../../../bot/cli/directory-sync.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { LANGUAGES } from '../../../core/terms.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { startConnector, type FakeConnector } from '../../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../../helpers/key-server.js';
import { until } from '../../helpers/outage-sender.js';
import { outageSource } from '../../helpers/outages.js';
import { ADA, TeamsChat } from '../../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const TOKEN = 'a-long-token-of-the-metrics';
const SOURCE = 'file:partners';
const HEAD = 'offer_id,offer_name,publisher_id,publisher_name,support_email';
const ROW = 'contoso.vault,Contoso Vault,contoso,Contoso,help@contoso.com';
const GOOD = `${HEAD}\n${ROW}\n`;
const STOPPED = `${HEAD},Duty roster\n${ROW},duty@contoso.com\n`;
const COMMAND = `offer-desk directory sync ${SOURCE} --ignore "Duty roster"`;

describe('a scheduled source with a column that nobody reads', function () {
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-sync-'));
  const csv = path.join(folder, 'partners.csv');
  let clock: sinon.SinonFakeTimers;
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let env: Record<string, string>;
  let ahead = 0;
  const now = () => Date.now() + ahead;

  before(async () => {
    const file = path.join(folder, 'sources.json');
    const source = { name: SOURCE, type: 'file', path: 'partners.csv', everyMinutes: 5 };
    writeFileSync(file, JSON.stringify({ sources: [source] }));
    writeFileSync(csv, GOOD);
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_ADMINS: ADA.aadObjectId,
      OFFER_DESK_SOURCES: file,
      OFFER_DESK_PROFILE: path.join(findRootDir(), 'data', 'partner-profile.json'),
      OFFER_DESK_METRICS_TOKEN: TOKEN,
    };
    // Only the schedule's interval is the test's; everything else runs by the real clock.
    clock = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now });
    const headers = { authorization: `Bearer ${keys.token()}` };
    const conversation = { id: 'a:ada', conversationType: 'personal' };
    await new TeamsChat(desk, connector, conversation, { serviceUrl: SERVICE_URL }, headers).say('help', ADA);
  });
  after(async () => {
    clock.restore();
    await Promise.all([desk?.close(), connector?.close(), keys?.close()]);
    rmSync(folder, { recursive: true });
  });

  const state = () => desk.app.stores.syncs.load(SOURCE);
  /** Lets the schedule look once more, later than every pause between runs, and waits for its run. */
  const scheduled = async () => {
    const runs = () => desk.entries.filter((one) => /^directory\.(not-)?synced$/.test(String(one.event)));
    const before = runs().length;
    ahead += 16 * 60_000;
    // A look that comes while the last one still sends its notes does nothing.
    await until(() => {
      clock.tick(60_000);
      return runs().length > before || undefined;
    }, 'the run');
    return state();
  };
  const notes = () =>
    connector.messages().filter(({ text }) => typeof text === 'string' && text.includes(SOURCE));
  const stopped = async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const page = await (await fetch(`${desk.url}/metrics`, { headers })).text();
    return /^offer_desk_directory_sources_stopped (\d+)$/m.exec(page)?.[1];
  };

  it('is taken while it is right', async () => {
    assert.equal((await scheduled())?.outcome, 'done');
    assert.equal(await stopped(), '0');
    assert.deepEqual(notes(), []);
  });

  it('is refused, keeps the last good state, and tells administrators in the chat with the command', async () => {
    writeFileSync(csv, STOPPED);
    const refused = await scheduled();
    assert.equal(refused?.outcome, 'refused');
    assert.ok(refused.detail.includes(COMMAND), refused.detail);
    const { offers } = await desk.app.stores.directory.load();
    assert.equal(offers.get('contoso.vault')?.contacts[0]?.email, 'help@contoso.com');
    const [note] = await until(() => (notes().length > 0 ? notes() : undefined), 'the note');
    assert.match(String(note?.text), /nobody reads “Duty roster”/);
    assert.ok(String(note?.text).includes(COMMAND), String(note?.text));
    assert.ok(!String(note?.text).includes('duty@contoso.com'), 'no value of a row');
  });

  it('counts as stopped in the metrics, and doctor names the command', async () => {
    assert.equal(await stopped(), '1');
    const config = readConfig({ ...env, OFFER_DESK_DATA_DIR: desk.dataDir }, folder);
    const { stores } = desk.app;
    const found = await examine({ config, env, rootDir: findRootDir(), stores, now, fetch, offline: true });
    const finding = found.find(({ id }) => id === 'directory.source');
    assert.equal(finding?.verdict, 'wrong');
    assert.ok(finding.what.includes(COMMAND), finding.what);
  });

  it('tells nobody again for the same reason', async () => {
    assert.equal((await scheduled())?.outcome, 'refused');
    // The run of the next look begins after the note of the one before would have been sent.
    await scheduled();
    assert.equal(notes().length, 1);
  });

  it('is taken again after the command, and in every later run', async () => {
    const lines: string[] = [];
    const out = { line: (line: string) => void lines.push(line), progress: () => undefined };
    const config = readConfig({ ...env, OFFER_DESK_DATA_DIR: desk.dataDir }, folder);
    const deps = { stores: desk.app.stores, sources: await openSources(config, now), now };
    const code = await directorySync({ source: SOURCE, ignore: ['Duty roster'] }, deps, out, 'cli:amy');
    assert.equal(code, 0, lines.join('\n'));
    assert.equal((await scheduled())?.outcome, 'done');
    assert.deepEqual((await state())?.ignored, ['Duty roster']);
    assert.equal(await stopped(), '0');
    assert.equal(await directorySync({ source: SOURCE, unignore: ['Duty roster'] }, deps, out, 'cli:amy'), 2);
    assert.equal(await directorySync({ ignore: ['Duty roster'] }, deps, out, 'cli:amy'), 2);
    assert.match(lines.at(-1) ?? '', /Name the source/);
  });

  it('has a companion for outages: an unreadable sender is told in the chat, with names of fields but no values', async () => {
    const { sources } = desk.app.stores.outages;
    const of = (id: string, auth: OutageSource['auth']) => outageSource({ id, format: 'auto', auth });
    const token = 'a-token-of-more-than-twenty-two-characters';
    await sources.save(of('shop', { kind: 'url-token', hashes: [hashUrlToken(token)] }), 'test', 1);
    const told = () => connector.messages().filter(({ text }) => String(text).includes('sender shop'));
    const answer = await fetch(`${desk.url}/api/outages/shop?token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kaputt: 'a secret value' }),
    });
    assert.equal(answer.status, 400);
    const [note] = await until(() => (told().length > 0 ? told() : undefined), 'the note about the sender');
    assert.match(String(note?.text), /sender shop.*Its fields: kaputt/);
    assert.doesNotMatch(String(note?.text), /secret value/);

    const since = (offerId: string) => unreadableSince(desk.app, offerId);
    assert.equal(await since('contoso.vault'), null);
    await sources.save(of('page', { kind: 'polled', url: 'https://page.example', everyMs: 1e9 }), 'test', 1);
    await sources.noteHealth('page', { okAt: null, failingSince: 5, reason: 'status 403' }, 6);
    assert.deepEqual([await since('contoso.vault'), await since('fabrikam.other')], [5, null]);
  });

  it('has its note in every language, also for other reasons', () => {
    const outcome = {
      kind: 'failed',
      code: 'source.unavailable',
      message: 'no answer',
      remedy: 'Wait.',
    } as const;
    for (const language of LANGUAGES)
      assert.match(noteText(SOURCE, outcome, language), /file:partners.*source\.unavailable: no answer/);
  });
});
