/** A registered bot never answers from the sample data: without a profile it stays in set-up mode, on every store. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { examine } from '../../bot/app/doctor/doctor.js';
import type { Live } from '../../bot/app/live-values.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { startFacts, startLines } from '../../bot/app/startup.js';
import { readConfig } from '../../bot/app/config.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { mailLinks } from '../../bot/web/go-mail.js';
import { createProfile, planProfileUndo } from '../../core/services/directory/change-profile.js';
import { hmacSigner } from '../../cards/kit/actions.js';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { cardIn, outageSender } from '../helpers/outage-sender.js';
import { ADA, BEN, clicksOf, TeamsChat, type BotMessage, type Person } from '../helpers/teams-chat.js';

const ADMIN = 'bbbbbbbb-0000-0000-0000-000000000001';
const { OFFER_DESK_DIRECTORY: _directory, OFFER_DESK_PROFILE: _profile, ...BARE } = REGISTERED;
const METRICS = { OFFER_DESK_METRICS_TOKEN: 'a-token-of-many-letters' };
const SAMPLE_WORDS = /Alpine|Contoso|Fabrikam|Litware|Sample data/i;

describe('a registered bot without a partner profile', function () {
  let connector: FakeConnector;
  let keys: KeyServer;
  let desk: Desk;
  const env = { ...BARE, ...METRICS, OFFER_DESK_ADMINS: ADMIN };
  before(async () => {
    [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    desk = await startDesk(env, { sdk: keys.sdk(connector.url) });
  });
  after(async () => {
    await desk?.close();
    await Promise.all([connector?.close(), keys?.close()]);
  });

  const from = (aadObjectId: string, tenantId: string = BARE.MICROSOFT_APP_TENANT_ID) => ({
    from: { id: `29:${aadObjectId}`, name: 'Ada', aadObjectId },
    channelData: { tenant: { id: tenantId } },
    conversation: { id: `a:${aadObjectId}`, conversationType: 'personal', tenantId },
  });
  const heard = async (over: Record<string, unknown>, to = desk) => {
    const before = connector.sent.length;
    const activity = teamsActivity(connector, { serviceUrl: SERVICE_URL, ...over });
    const answer = await deliver(to.url, activity, { authorization: `Bearer ${keys.token()}` });
    return { answer, text: JSON.stringify(connector.sent.slice(before).map((one) => one.activity)) };
  };

  it('tells other people that the desk is not set up, with a reference that is in the log', async () => {
    const { text } = await heard({
      text: 'Contoso Backup refund',
      ...from('cccccccc-0000-0000-0000-000000000009'),
    });
    assert.match(text, /This desk is not set up yet/);
    const reference = desk.entries.find((one) => one.event === 'set-up.turned-away')?.reference;
    assert.ok(typeof reference === 'string' && text.includes(reference), text);
    assert.doesNotMatch(text, /profile init/);
  });

  it('shows an administrator the missing parts and the commands that add them', async () => {
    const { text } = await heard({ text: 'help', ...from(ADMIN) });
    assert.match(text, /offer-desk profile init/);
    assert.match(text, /offer-desk directory import/);
    assert.doesNotMatch(text, /OFFER_DESK_ADMINS/);
  });

  it('answers a search of the message extension with the same sentence', async () => {
    const { answer, text } = await heard({
      type: 'invoke',
      name: 'composeExtension/query',
      value: { commandId: 'searchOffers', parameters: [{ name: 'query', value: 'backup' }] },
      ...from('cccccccc-0000-0000-0000-000000000009'),
    });
    assert.equal(answer.status, 200);
    assert.match(JSON.stringify(answer.body), /not set up yet/);
    assert.equal(text, '[]');
  });

  it('greets a visitor of the web with the same notice', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    assert.match(JSON.stringify(visitor.first), /This desk is not set up yet/);
    const said = JSON.stringify(await visitor.say('Contoso Backup is down'));
    assert.match(said, /This desk is not set up yet/);
  });

  it('reports set-up mode in the start lines, on /readyz and as a metric', async () => {
    const config = readConfig({ OFFER_DESK_DATA_DIR: desk.dataDir, ...env }, desk.dataDir);
    const lines = startLines(await startFacts(config, desk.app, { host: '127.0.0.1', port: 1 }));
    assert.match(lines.join('\n'), /SET-UP MODE/);
    const ready = await fetch(`${desk.url}/readyz`);
    assert.equal(ready.status, 200);
    assert.match(await ready.text(), /set-up: there is no partner profile/);
    const metrics = await fetch(`${desk.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS.OFFER_DESK_METRICS_TOKEN}` },
    });
    assert.match(await metrics.text(), /set_up_needed 1/);
  });

  it('makes doctor report the missing profile and the commands that create a profile', async () => {
    const { stores } = desk.app;
    const config = readConfig({ OFFER_DESK_DATA_DIR: desk.dataDir, ...env }, desk.dataDir);
    const given = { config, env, rootDir: findRootDir(), stores, now: Date.now, fetch, offline: true };
    const found = (await examine(given)).find(({ id }) => id === 'profile.missing');
    assert.equal(found?.verdict, 'wrong');
    assert.match(`${found?.what} ${found?.mend}`, /nobody is answered.*profile init.*profile import/);
  });

  it('answers as usual after the import of a profile, without a restart', async () => {
    const profile = JSON.parse(
      await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8'),
    ) as PartnerProfile;
    const own = await startDesk(env, { sdk: keys.sdk(connector.url) });
    const ask = async () => JSON.stringify((await Visitor.join(own.url, 'customer')).first);
    try {
      assert.match(await ask(), /not set up yet/);
      await own.app.stores.profile.save({ ...profile, name: 'Northwind Cloud' }, 'cli:amy', Date.now());
      await (own.app.services.profile as Live<PartnerProfile>).refresh();
      assert.match(await ask(), /help chat of Northwind Cloud/);
      assert.doesNotMatch(await (await fetch(`${own.url}/readyz`)).text(), /set-up/);
    } finally {
      await own.close();
    }
  });

  it('lets an administrator create the profile on the card, and then answers at once', async () => {
    const own = await startDesk(env, { sdk: keys.sdk(connector.url) });
    const conversation = { id: 'a:set-up', conversationType: 'personal' };
    const authorization = `Bearer ${keys.token()}`;
    const tenant = BARE.MICROSOFT_APP_TENANT_ID;
    const home = {
      serviceUrl: SERVICE_URL,
      conversation: { ...conversation, tenantId: tenant },
      channelData: { tenant: { id: tenant } },
    };
    const chat = new TeamsChat(own, connector, conversation, home, { authorization });
    const press = async (verb: string, card: BotMessage, fields: object = {}, from: Person = ADA) => {
      const button = clicksOf(card.attachments).find(({ data }) =>
        JSON.stringify(data).includes(`"verb":"${verb}"`),
      );
      assert.ok(button, `no ${verb}`);
      const data = { ...(button.data as object), ...fields };
      const { body } = await chat.execute(card, { ...button, data }, from);
      const { value } = body as { value: Record<string, unknown> };
      return { ...card, attachments: [{ content: value }] };
    };
    try {
      const [first] = await chat.say('hello');
      assert.ok(first);
      const other = await press('set-up-form', first, {}, BEN);
      assert.match(JSON.stringify(other), /not set up yet/, 'Ben is no administrator');
      const form = await press('set-up-form', first);
      assert.ok(JSON.stringify(form).includes(tenant), 'the form proposes the own tenant');
      const typed = { name: 'Northwind Cloud', model: 'direct-bill', tier1: 'partner', tenant };
      const without = await press('set-up-create', form, typed);
      assert.match(JSON.stringify(without), /Nothing was saved[^]*Enter one email address/);
      const elsewhere = { ...typed, tenant: 'cccccccc-0000-4000-8000-00000000000c' };
      const foreign = await press('set-up-create', form, { ...elsewhere, supportPhone: '+1 425 555 0100' });
      assert.match(JSON.stringify(foreign), /your own tenant is not among these/);
      assert.equal(await own.app.stores.profile.load(), undefined);
      const good = { ...typed, supportEmail: 'help@northwind.example', languages: 'en' };
      const made = await press('set-up-create', form, good);
      assert.match(JSON.stringify(made), /Saved\. The bot answers from now on[^]*Northwind Cloud/);
      const { desks, languages } = own.app.services.profile();
      assert.equal(desks.billing.email, 'help@northwind.example');
      assert.deepEqual(languages, ['en']);
      assert.match(JSON.stringify(await chat.say('help')), /Northwind Cloud|what I can do|offer/i);
      assert.doesNotMatch(await (await fetch(`${own.url}/readyz`)).text(), /set-up/);
      assert.match(JSON.stringify((await Visitor.join(own.url, 'customer')).first), /Northwind Cloud/);
      const again = await press('set-up-create', form, { ...good, name: 'Wide World' });
      assert.match(JSON.stringify(again), /Northwind Cloud/);
      assert.equal(own.app.services.profile().name, 'Northwind Cloud');
    } finally {
      await own.close();
    }
  });

  it('never names a company of the sample, not even on a store that was used in local mode', async () => {
    const local = await startDesk();
    await local.app.stop();
    const registered = await startDesk(
      { ...env, OFFER_DESK_DATA_DIR: local.dataDir },
      { sdk: keys.sdk(connector.url) },
    );
    try {
      assert.equal(registered.app.directory.view().directory.offers.size, 0);
      const admin = await heard({ text: 'help', ...from(ADMIN) }, registered);
      assert.match(admin.text, /still has the fictional sample/);
      const asked = { text: 'Contoso', ...from('cccccccc-0000-0000-0000-000000000009') };
      const other = await heard(asked, registered);
      const { profile } = registered.app.stores;
      const answers = {
        name: 'Northwind Cloud',
        tenant: BARE.MICROSOFT_APP_TENANT_ID,
        supportPhone: '+14255550100',
      };
      const made = await createProfile(profile, { answers, actor: '29:ada', now: Date.now() });
      assert.equal(made.kind, 'created');
      assert.equal(await planProfileUndo(profile), undefined, 'no undo brings the sample back');
      assert.equal((await profile.load())?.name, 'Northwind Cloud');
      for (const said of [admin.text, other.text]) assert.doesNotMatch(said, SAMPLE_WORDS);
    } finally {
      await registered.close();
      await rm(local.dataDir, { recursive: true, force: true });
    }
  });
});

describe('the file of OFFER_DESK_PROFILE', function () {
  it('applies when its content changed; later edits win, and the start lines name these edits', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-profile-'));
    const file = path.join(folder, 'profile.json');
    const sample = await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8');
    const named = (name: string) => writeFile(file, sample.replace('Alpine Ski House Cloud', name));
    await named('Northwind Cloud');
    const env = { OFFER_DESK_PROFILE: file };
    const desk = await startDesk(env);
    const inForce = async () => {
      const config = readConfig({ OFFER_DESK_DATA_DIR: desk.dataDir, ...env }, desk.dataDir);
      return startLines(await startFacts(config, desk.app, { host: '127.0.0.1', port: 1 })).join('\n');
    };
    try {
      assert.match(await inForce(), /profile {4}Northwind Cloud, direct-bill/);
      const profile = await desk.app.stores.profile.load();
      assert.ok(profile);
      const logo = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
      const edited = { ...profile, tier1: 'publisher', colour: '#a4262c', languages: ['en'], logo } as const;
      // Each edit is a version. The desk still finds the older version that came from the file.
      for (let edit = 1; edit <= 201; edit += 1)
        await desk.app.stores.profile.save({ ...edited, country: edit % 2 ? 'US' : 'DE' }, '29:ada', edit);
      await desk.restart();
      const { tier1, colour, languages } = desk.app.services.profile();
      assert.deepEqual([tier1, colour, languages], ['publisher', '#a4262c', ['en']]);
      const started = await inForce();
      assert.match(started, /outrank the file[^]*colour: #0f5c8c → #a4262c[^]*languages: en; .* → en/);
      assert.match(started, /logo: image\/svg\+xml, 1 KB → image\/gif, 1 KB[^]*tier1: partner → publisher/);
      await named('Northwind Cloud Europe');
      await desk.restart();
      assert.equal(desk.app.services.profile().name, 'Northwind Cloud Europe');
      assert.deepEqual(desk.app.services.profile(), { ...profile, name: 'Northwind Cloud Europe' });
      assert.doesNotMatch(await inForce(), /outrank/);
    } finally {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('local mode', function () {
  const OWN = {
    OFFER_DESK_PROFILE: REGISTERED.OFFER_DESK_PROFILE,
    OFFER_DESK_DIRECTORY: REGISTERED.OFFER_DESK_DIRECTORY,
  };
  let connector: FakeConnector;
  let desk: Desk;
  beforeEach(async () => (connector = await startConnector()));
  afterEach(async () => {
    await desk.close();
    await connector.close();
  });

  /** Every page a browser can open. */
  const pages = async () => {
    const signer = hmacSigner(await desk.app.stores.secrets.getOrCreate('mail-links'));
    const mail = mailLinks(desk.url, signer)('help@contoso.com', 'Hello', 'Good morning');
    return [`${desk.url}/`, `${desk.url}/widget/frame?partner=partner`, `${desk.url}/demo`, mail];
  };
  /** The cards that staff get in Teams: from a turn, from a search in the message extension, and from an outage. */
  const teamsCards = async () => {
    const chat = { conversation: { id: 'a:ada', conversationType: 'personal', tenantId: 'tenant' } };
    await deliver(desk.url, teamsActivity(connector, { ...chat, text: 'help' }));
    const answer = connector.messages().find(({ attachments }) => Array.isArray(attachments));
    const query = { commandId: 'findContact', parameters: [{ name: 'q', value: 'backup' }] };
    const look = { ...chat, type: 'invoke', name: 'composeExtension/query', value: query };
    const { body: found } = await deliver(desk.url, teamsActivity(connector, look));
    const { recipients } = desk.app.stores.outages;
    const address = { channelId: 'msteams', conversationId: 'a:ada' };
    const about = { kind: 'person', tenantId: 'tenant', language: 'zh-Hant', zone: '', address } as const;
    await recipients.know({ ...about, id: 'ada' }, 1);
    await recipients.subscribe('ada', { what: { kind: 'everything' }, from: 'none', by: 'reader' }, 1);
    const { offers } = desk.app.directory.view().directory;
    const [offer] = [...offers.values()].filter(({ publisherId }) => publisherId === 'contoso');
    await (
      await outageSender(desk, 'status-page', offer?.name ?? '')
    )('investigating');
    return { answer, found, outage: await cardIn(connector, 'a:ada', 'status-page is down') };
  };

  it('marks every page and every card as sample data', async () => {
    desk = await startDesk();
    for (const page of await pages()) assert.match(await (await fetch(page)).text(), /Sample data/, page);
    const visitor = await Visitor.join(desk.url, 'customer');
    assert.match(JSON.stringify(visitor.first), /Sample data/);
    assert.match(JSON.stringify(await visitor.say('help')), /Sample data/);
    const { answer, found, outage } = await teamsCards();
    assert.match(JSON.stringify(answer), /Sample data/);
    assert.match(JSON.stringify(found), /Sample data/);
    assert.match(JSON.stringify(outage), /範例資料/, 'in the language of the recipient');
  });

  it('names an unknown setting when an administrator presses the button of the doctor', async () => {
    desk = await startDesk({ OFFER_DESK_KEEP_DAYS: '3' });
    const staff = await Visitor.join(desk.url, 'partner');
    const [menu] = await staff.say('admin');
    assert.ok(menu);
    const card = JSON.stringify(await staff.press(menu, 'Check this installation'));
    const found = card.replaceAll('\\', '');
    assert.match(
      found,
      /nothing reads OFFER_DESK_KEEP_DAYS\b[^]*perhaps OFFER_DESK_KEEP_STATE_DAYS is meant/,
    );
  });

  it('marks nothing when the profile and the directory are the operator’s', async () => {
    desk = await startDesk(OWN);
    for (const page of await pages())
      assert.doesNotMatch(await (await fetch(page)).text(), /Sample data/, page);
    assert.doesNotMatch(JSON.stringify((await Visitor.join(desk.url, 'customer')).first), /Sample data/);
    assert.doesNotMatch(JSON.stringify(await teamsCards()), /Sample data|範例資料/);
  });
});
