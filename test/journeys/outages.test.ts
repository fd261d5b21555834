/** Outages over the real routes with signed requests: who gets which card, who may press what, what customers see. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashUrlToken } from '../../bot/outages/verify.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import type { OutageSource } from '../../core/incident/ports.js';
import { startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { about } from '../helpers/outage-recipients.js';
import { Member, type OutageRoom } from '../helpers/outage-room.js';
import { outageSource } from '../helpers/outages.js';
import { ADA, BEN, type Person } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const OFFER = { id: 'contoso.backup-azure', name: 'Contoso Backup for Azure' };
const QUESTION = `${OFFER.name} crashes with an error when a backup runs`;
/** A customer: a guest in the partner's tenant, with an account in another tenant. */
const GUEST = {
  ...BEN,
  id: '29:gus',
  name: 'Gus',
  tenantId: 'cccccccc-0000-0000-0000-000000000001',
} as Person;

const source = (id: string, over: Partial<OutageSource> = {}) =>
  outageSource({ id, auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] }, ...over });

describe('the bot during an outage', function () {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let room: OutageRoom;
  let ada: Member;
  let ben: Member;
  let guest: Member;
  const time = { ahead: 0 };
  const now = () => Date.now() + time.ahead;
  let clock = 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-outages-'));

  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const sample = readFileSync(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8');
    const profile = path.join(folder, 'profile.json');
    writeFileSync(
      profile,
      JSON.stringify({ ...JSON.parse(sample), customerRegions: ['westeurope', 'East US'] }),
    );
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_OUTAGE_RELEASE_FROM: 'critical',
      OFFER_DESK_PROFILE: profile,
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now });
    room = { desk, connector, keys, time };
    const member = (person: Person, zone?: string, id = `a:${person.name}`, conversationType = 'personal') =>
      new Member(room, person, { id, conversationType }, zone);
    ada = member(ADA, 'Asia/Taipei');
    ben = member(BEN);
    guest = member(GUEST);
    const { sources } = desk.app.stores.outages;
    await sources.save(source('page'), 'test', 1);
    await sources.save(source('unsigned', { confirmAt: 'critical' }), 'test', 1);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close(), keys.close()]);
    rmSync(folder, { recursive: true });
  });

  /** Sends a notice with a later time than the last notice. */
  const tell = async (id: string, over: Record<string, unknown> = {}, from = 'page') => {
    clock = Math.max(clock + 1, now());
    const body = {
      id, title: `Trouble ${id}`, state: 'investigating', severity: 'major', updated: new Date(clock).toISOString(),
      started: '2026-03-02T12:00:00Z', affected: { offers: [OFFER.id], regions: ['West Europe', 'Brazil South'] }, ...over,
    }; // prettier-ignore
    const answer = await fetch(`${desk.url}/api/outages/${from}?token=${TOKEN}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, await answer.text());
  };
  const customerReads = async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    await visitor.send({ type: 'message', text: QUESTION, localTimezone: 'Asia/Taipei' });
    return (await visitor.replies(1)).map(textOf).join('\n');
  };
  const over = (id: string) => tell(id, { state: 'resolved' });

  it('follows outages from a severity on, by form and by command, and lists each choice with its reason', async () => {
    const followed = await ada.menu('outage-follow', { followName: OFFER.name, followFrom: 'major' });
    assert.match(
      followed,
      /You now get outage cards[^]*Contoso Backup for Azure, from: major \(your choice\)/,
    );
    assert.match(await ben.say('outages follow contoso from minor'), /All offers of .*, from: minor/);
    const unclear = await ben.say('outages follow backup from critical');
    assert.match(unclear, /Several offers have this name/);
    assert.match(
      await ben.then('outage-subscribe'),
      /You now get outage cards[^]*, from: critical \(your choice\)/,
    );
    assert.match(await ben.say('outages follow zzzzqqqq'), /No offer or publisher of this name/);
    await tell('S-1', { severity: 'minor' });
    await ben.sees('Trouble S-1', /You get this because you follow all offers of/);
    assert.equal(ada.ways('Trouble S-1'), '', 'too mild for Ada');
    await tell('S-2');
    await ada.sees('Trouble S-2', /You get this because you follow Contoso Backup for Azure/);
    await ben.sees('Trouble S-2', /Trouble S-2/);
    assert.match(String(ada.cardOf('Trouble S-2')?.summary), /Trouble S-2 – Being investigated · major/);
  });

  it('shows the recipient’s local time, the customers’ regions, and Microsoft’s part', () => {
    const card = ada.read('Trouble S-2');
    assert.match(card, /Since Mar 2, 2026, 20:00 GMT\+8/);
    assert.match(card, /Our customers are in: West Europe/);
    assert.doesNotMatch(card, /customers are in:[^\n]*Brazil/);
    assert.match(card, /Microsoft does not run this product and cannot restore it/);
    assert.match(ben.read('Trouble S-2'), /12:00 UTC/, 'nothing is known of Ben’s clock');
  });

  it('shows an acknowledgement and a note to everybody', async () => {
    const pressed = await ben.press('Trouble S-2', 'outage-acknowledge');
    assert.match(pressed, /Ben is working on this outage[^]*Sent to 2 of 2 recipients\./);
    await ada.sees('Trouble S-2', /Ben is working on this outage/);
    await ada.press('Trouble S-2', 'outage-note', { note: 'They work on it' });
    await ben.sees('Trouble S-2', /Ada:[^]*They work on it/);
    assert.match(ada.ways('Trouble S-2'), /^PU+$/, 'one card, updated in place');
    assert.doesNotMatch(
      ada.read('Trouble S-2'),
      /Told/,
      'how many were told is for who looks, and as of then',
    );
  });

  it('stops cards and sends cards again from buttons on the card, and keeps the card', async () => {
    const stopped = await ben.press('Trouble S-2', 'outage-unsubscribe');
    assert.match(stopped, /^\s*Outage: Trouble S-2[^]*You no longer get outage cards for this choice/);
    assert.match(await ben.then('outage-subscribe'), /^\s*Outage: Trouble S-2[^]*You now get outage cards/);
    assert.match(await ben.say('outages'), /Contoso Backup for Azure, from: minor \(your choice\)/);
  });

  it('mutes one recipient with a reason and an end, lists the silence and can end the silence', async () => {
    assert.match(await ada.press('Trouble S-2', 'outage-silence', { hours: '4' }), /Please give a reason/);
    const silenced = await ada.press('Trouble S-2', 'outage-silence', { reason: 'Ben has it', hours: '4' });
    assert.match(silenced, /Silenced until .* GMT\+8 because: Ben has it/);
    const heard = ada.ways('Trouble S-2');
    await tell('S-2', { state: 'identified' });
    await ben.sees('Trouble S-2', /Cause found/);
    assert.equal(ada.ways('Trouble S-2'), heard);
    assert.match(await ada.say('outages'), /Outage: Trouble S-2: silenced until .* because: Ben has it/);
    const { outages } = desk.app.stores;
    const [silence] = await outages.silences.active(now());
    assert.match(
      await ben.menu('outage-mute', { muteName: OFFER.name, muteReason: 'x' }),
      /Contoso Backup for Azure: silenced/,
    );
    assert.match(
      await ada.menu('outage-unmute', { endedSilences: silence?.id ?? '' }),
      /You get cards again/,
    );
    await ada.sees('Trouble S-2', /Cause found/);
    assert.equal((await outages.silences.active(now())).length, 1, 'Ben’s own stays');
    const [own] = await outages.silences.active(now());
    await ben.menu('outage-unmute', { endedSilences: own?.id ?? '' });
    await over('S-2');
    await ada.sees('Trouble S-2', /Resolved/);
    await over('S-1');
  });

  it('has quiet hours with days and an alert severity, and sends the held cards when the recipient ends the hours', async () => {
    const wall = (hours: number) =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Asia/Taipei',
        hour: '2-digit',
        minute: '2-digit',
      }).format(Date.now() + hours * 3_600_000);
    const hours = { quietFrom: wall(-1), quietTo: wall(2), quietDays: '', quietOverride: 'critical' };
    assert.match(
      await ada.menu('outage-quiet', { ...hours, quietTo: hours.quietFrom }),
      /in this form: 08:00/,
    );
    const week = await ada.menu('outage-quiet', { ...hours, quietDays: '1,2,3,4,5' });
    assert.match(week, /\(Asia\/Taipei\), beginning Mon, Tue, Wed, Thu, Fri\. From critical on/);
    await ada.menu('outage-quiet', hours);
    await tell('Q-1');
    await ben.sees('Trouble Q-1', /major/);
    await ada.hearsNothing('Trouble Q-1');
    await tell('Q-2', { severity: 'critical' });
    await ada.sees('Trouble Q-2', /critical/);
    assert.match(await ada.menu('outage-awake'), /You have no quiet hours/);
    await ada.sees('Trouble Q-1', /major/);
    await over('Q-1');
    await over('Q-2');
  });

  it('shows customers an outage that staff announced only after another person released the outage', async () => {
    const missing = { title: '', offer: OFFER.name, severity: 'major' };
    assert.match(await ada.menu('outage-create', missing), /Say in a few words/);
    assert.match(
      await ada.menu('outage-create', { ...missing, title: 'x', offer: 'zzzzqqqq' }),
      /No offer or publisher of this name/,
    );
    await ada.menu('outage-create', { ...missing, title: 'Nobody can restore' });
    await ben.sees('Nobody can restore', /Ada asks a second person to release this/);
    await ada.sees('Nobody can restore', /major/);
    assert.match(await ben.say(QUESTION), /Outage now: Nobody can restore/, 'staff see it at once');
    await ada.press('Nobody can restore', 'outage-release');
    assert.doesNotMatch(await customerReads(), /Nobody can restore/);
    assert.doesNotMatch(await guest.say(QUESTION), /Nobody can restore/);
    assert.match(
      await ben.press('Nobody can restore', 'outage-release'),
      /Ben released this outage to customers/,
    );
    assert.match(
      await customerReads(),
      /Outage now: Nobody can restore – Being investigated, major, since .* GMT\+8/,
    );
    assert.match(await guest.say(QUESTION), /Outage now: Nobody can restore/);
  });

  it('asks for a reason to close an outage, ends every card, and reopens the outage on a later notice', async () => {
    assert.match(await ben.press('Nobody can restore', 'outage-close'), /give a reason/);
    assert.match(
      await ben.press('Nobody can restore', 'outage-close', { why: 'They fixed it' }),
      /Ben closed this outage:[^]*They fixed it/,
    );
    await ada.sees('Nobody can restore', /Resolved · major[^]*They fixed it/);
    assert.doesNotMatch(await customerReads(), /Nobody can restore/);
    await tell('C-1');
    await ada.sees('Trouble C-1', /major/);
    await ben.press('Trouble C-1', 'outage-close', { why: 'No more news' });
    await ada.sees('Trouble C-1', /Resolved/);
    await tell('C-1', { state: 'identified' });
    await ada.sees('Trouble C-1', /Cause found/);
    await over('C-1');
    await ada.sees('Trouble C-1', /Resolved/);
  });

  it('shows customers a severe outage at once, from the severity that the partner set', async () => {
    await tell('G-1');
    await ada.sees('Trouble G-1', /major/);
    assert.doesNotMatch(await customerReads(), /Trouble G-1/);
    await tell('G-1', { severity: 'critical' });
    assert.match(await customerReads(), /Outage now: Trouble G-1/);
    await over('G-1');
    assert.doesNotMatch(await customerReads(), /Trouble G-1/);
  });

  it('lets staff make a channel follow outages with one card updated in place, and refuses guests', async () => {
    const conversation = { id: '19:alerts@thread.tacv2;messageid=17', conversationType: 'channel' };
    const inChannel = (person: Person) => new Member(room, person, conversation);
    assert.doesNotMatch(
      await inChannel(GUEST).say(`outages follow ${OFFER.name}`),
      /You now get outage cards/,
    );
    const channel = inChannel(ADA);
    assert.match(await channel.say(`outages follow ${OFFER.name}`), /You now get outage cards/);
    await tell('T-1');
    await channel.sees('Trouble T-1', /because you follow Contoso Backup for Azure/);
    const [first] = connector.sent.filter(
      (one) => String(one.activity.summary).includes('Trouble T-1') && one.path.includes('19'),
    );
    assert.doesNotMatch(decodeURIComponent(first?.path ?? ''), /messageid/, 'a thread of its own');
    assert.doesNotMatch(
      channel.read('Trouble T-1'),
      /Our customers are in|engineering@/,
      'guests may read a channel',
    );
    await tell('T-1', { state: 'monitoring' });
    await channel.sees('Trouble T-1', /Fixed, being monitored/);
    assert.match(channel.ways('Trouble T-1'), /^PU+$/);
    const noted = await channel.press('Trouble T-1', 'outage-note', { note: 'We know' });
    assert.match(noted, /We know/);
    assert.doesNotMatch(noted, /Told \d/, 'nor is it for guests');
    const refused = await inChannel(GUEST).press('Trouble T-1', 'outage-acknowledge');
    assert.match(refused, /Only staff/);
    assert.doesNotMatch(refused, /Trouble|You follow/);
    assert.match(await channel.say(`outages unfollow ${OFFER.name}`), /no longer get outage cards/);
    await over('T-1');
    await ada.sees('Trouble T-1', /Resolved/);
  });

  it('joins two outages from a card, and splits them again, for everybody who has the cards', async () => {
    await tell('J-1');
    await tell('J-2');
    await Promise.all(['J-1', 'J-2'].map((id) => ben.sees(`Trouble ${id}`, /Being investigated/)));
    const open = await desk.app.stores.outages.incidents.open();
    const same = open.find((one) => one.title === 'Trouble J-2')?.id ?? '';
    await ben.press('Trouble J-1', 'outage-acknowledge');
    assert.match(await ben.then('outage-join'), /Choose something first/);
    assert.match(await ben.then('outage-join', { same }), /The two outages are now one/);
    await ada.sees('Trouble J-2', /Joined with/);
    assert.match(await ada.press('Trouble J-2', 'outage-split'), /separate again/);
    await ben.sees('Trouble J-2', /Being investigated/);
    assert.match(await ben.press('Trouble J-2', 'outage-acknowledge'), /Same outage/);
    await over('J-1');
    await over('J-2');
    await ada.sees('Trouble J-2', /Resolved/);
  });

  it('turns the weekly summary on and off by command and by button, in both languages', async () => {
    assert.match(await ada.say('outages weekly'), /every Monday at 08:00[^]*You get a weekly summary/);
    assert.match(await ada.then('outage-weekly'), /no longer get the weekly summary/);
    assert.match(await ada.then('outage-weekly'), /every Monday at 08:00/);
    assert.match(await ada.say('中斷 週報 停止'), /no longer get the weekly summary/);
  });

  it('holds a report without a signature until staff confirm it, for customers too', async () => {
    const { recipients } = desk.app.stores.outages;
    for (let n = 0; n < 10; n += 1) {
      await recipients.know(about(`p|0${String(n)}`), 1);
      await recipients.subscribe(
        `p|0${String(n)}`,
        { what: { kind: 'everything' }, from: 'critical', by: 'reader' },
        1,
      );
    }
    await tell('U-1', { severity: 'critical' }, 'unsigned');
    await ada.hearsNothing('Trouble U-1');
    assert.equal(ada.ways('Trouble U-1'), '', 'ten others were asked');
    assert.doesNotMatch(await customerReads(), /Trouble U-1/);
    assert.match(await ben.say(QUESTION), /Reported, not confirmed: Trouble U-1/);
    assert.match(await ben.say('outages'), /critical · not confirmed/);
    assert.match(await ben.menu('outage-show'), /The sender unsigned does not sign its reports/);
    assert.match(await ben.then('outage-confirm'), /Ben confirmed this outage/);
    await ada.sees('Trouble U-1', /^\s*Outage: Trouble U-1[^]*Ben confirmed this outage/);
    assert.match(await customerReads(), /Outage now: Trouble U-1/);
    await tell('U-1', { severity: 'critical', state: 'resolved' }, 'unsigned');
    await ada.sees('Trouble U-1', /Resolved/);
  });

  it('dismisses an unconfirmed outage, and shows the reason to the people who got the question', async () => {
    await tell('U-2', { severity: 'critical' }, 'unsigned');
    await ada.sees('Trouble U-2', /Reported, not confirmed[^]*You get this because you follow/);
    assert.match(await ada.press('Trouble U-2', 'outage-dismiss'), /give a reason/);
    assert.match(
      await ada.press('Trouble U-2', 'outage-dismiss', { why: 'They run a drill' }),
      /dismissed this report:[^]*They run a drill/,
    );
    await ben.sees('Trouble U-2', /They run a drill/);
    assert.doesNotMatch(await customerReads(), /Trouble U-2/);
  });

  it('alerts for a severity from a sender without a signature only after staff confirm it', async () => {
    await tell('R-1', { severity: 'minor' }, 'unsigned');
    await ben.sees('Trouble R-1', /minor/);
    await tell('R-1', { severity: 'critical' }, 'unsigned');
    await ben.sees('Trouble R-1', /critical · not confirmed/);
    assert.deepEqual([ben.rings('Trouble R-1'), ben.ways('Trouble R-1')], [0, 'PU']);
    await ben.press('Trouble R-1', 'outage-confirm');
    await ada.sees('Trouble R-1', /Ben confirmed this outage/);
    for (let tries = 0; ben.rings('Trouble R-1') === 0 && tries < 400; tries += 1) {
      time.ahead += 500;
      await sleep(25);
    }
    assert.equal(ben.rings('Trouble R-1'), 1);
  });

  it('sends the weekly summary on Monday at 08:00 of the recipient’s zone', async () => {
    await ada.press('Trouble R-1', 'outage-acknowledge');
    await tell('R-1', { severity: 'critical', state: 'resolved' }, 'unsigned');
    await ada.sees('Trouble R-1', /Resolved/);
    await ada.say('outages weekly');
    const due = await desk.app.stores.outages.weekly.dueAt(`p|${ADA.id}`);
    assert.ok(due !== undefined);
    assert.match(new Date(due).toISOString(), /T00:00:00/, '08:00 in Taipei');
    time.ahead += due - now() + 1000;
    const summary = () =>
      connector.sent.find(({ activity }) => String(activity.summary).startsWith('Outages last week'));
    // The worker looks every 15 seconds.
    for (let tries = 0; !summary() && tries < 600; tries += 1) await sleep(50);
    const text = textOf(summary()?.activity as unknown as Reply);
    assert.match(text, /Trouble R-1\nContoso Backup for Azure · worst severity: critical · lasted/);
    assert.match(text, /Ada acknowledged it after .* · first card after/);
  });
});
