/**
 * Staff name a customer in Teams, over the real route and a loopback Partner Center: the subscriptions become the choices
 * of the offer question. Others see nothing of it, and nothing of it stays.
 */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { runRetention } from '../../bot/app/retention.js';
import { openPartnerCenter } from '../../bot/partner-center/partner-center.js';
import { CapturedLog } from '../helpers/capture-log.js';
import { startDesk, textOf as textOfReply, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { ACCOUNT, startPartnerCenter, subscriptionBody } from '../helpers/partner-center-server.js';
import { clickOf, clicksOf, TeamsChat, type BotMessage, type Person } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const ADA: Person = { id: '29:ada', name: 'Ada', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' };
const GUEST = { ...ADA, id: '29:guest', tenantId: 'cccccccc-0000-0000-0000-000000000001' };
const SETTINGS = {
  OFFER_DESK_PARTNER_CENTER_TENANT: ACCOUNT.tenantId,
  OFFER_DESK_PARTNER_CENTER_APP_ID: ACCOUNT.appId,
  OFFER_DESK_PARTNER_CENTER_SECRET: ACCOUNT.secret,
  OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: ACCOUNT.refreshToken,
};
/** What Partner Center says and the directory does not. */
const PRIVATE = /lamna|goldplan|datum|canary/i;
const CUSTOMERS = [
  {
    id: 'c5757d70-06f3-4f23-8367-5a9e55019f94',
    name: 'Lamna Claims',
    subscriptions: [
      subscriptionBody('Contoso Backup - Goldplan', 'Contoso'),
      subscriptionBody('Datum Scan', 'Datum', { status: 'suspended' }),
    ],
  },
  { id: '7b26b357-9ca3-48b8-a58e-4febe2662a5d', name: 'Wide World Importers East', subscriptions: [] },
  {
    id: 'bfbd6ef0-311f-47ec-bbd7-0fcb7846661b',
    name: 'Wide World Importers West',
    subscriptions: [subscriptionBody('Fabrikam CRM', 'Fabrikam, Inc.')],
  },
];

const textOf = (reply: Reply | undefined) => (reply ? textOfReply(reply) : '');

describe('a customer whom staff name', () => {
  let keys: KeyServer;
  let connector: FakeConnector;
  let next = 0;
  const open = async (env: Record<string, string>, over = {}) =>
    startDesk(
      { ...REGISTERED, OFFER_DESK_PARTNER_TENANTS: TENANT, ...env },
      { sdk: keys.sdk(connector.url), ...over },
    );
  const chatOn = (desk: Desk, conversationType = 'personal') =>
    new TeamsChat(
      desk,
      connector,
      { id: `a:customers-${String((next += 1))}`, conversationType },
      { serviceUrl: SERVICE_URL },
      { authorization: `Bearer ${keys.token()}` },
    );
  const all = (messages: readonly BotMessage[]) => messages.map((one) => textOf(one)).join('\n');
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
  });
  after(() => Promise.all([connector.close(), keys.close()]));

  describe('with Partner Center', () => {
    let desk: Desk;
    let center: Awaited<ReturnType<typeof startPartnerCenter>>;
    let edgeLog: CapturedLog;
    before(async () => {
      center = await startPartnerCenter(CUSTOMERS);
      edgeLog = new CapturedLog();
      const newId = () => crypto.randomUUID();
      const partnerCenter = openPartnerCenter({
        account: ACCOUNT,
        send: center.send,
        now: Date.now,
        log: edgeLog,
        newId,
      });
      desk = await open(SETTINGS, { partnerCenter });
    });
    beforeEach(() => {
      center.requests.length = 0;
      center.replies = [];
    });
    after(async () => {
      assert.doesNotMatch(edgeLog.text, PRIVATE);
      await Promise.all([desk.close(), center.close()]);
    });
    const chat = (type?: string) => chatOn(desk, type);

    /** Every row of every table, as text. */
    async function everythingKept(): Promise<string> {
      const { kysely } = desk.app.stores.database;
      const tables = await sql<{
        name: string;
      }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(kysely);
      const rows = await Promise.all(
        tables.rows.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(kysely)),
      );
      return JSON.stringify(rows.map((one) => one.rows));
    }
    async function assertNothingStays() {
      const kept = await everythingKept();
      const at = kept.search(PRIVATE);
      assert.equal(at, -1, `the store has …${kept.slice(Math.max(0, at - 200), at + 100)}…`);
      const text = desk.entries.map((entry) => JSON.stringify(entry)).join('\n');
      assert.doesNotMatch(text, PRIVATE, 'the log has nothing of it');
    }

    it('keeps nothing of a list that staff leave open, once the chat has been silent for an hour', async () => {
      const one = chat();
      await one.say('Contoso Backup crashes', ADA);
      const [list] = await one.say('for customer Lamna', ADA);
      const { stores } = desk.app;
      const days = { state: 180, unanswered: 180, insights: 180, audit: 180, incidents: 180 };
      const cleanUp = (minutes: number) =>
        runRetention({
          stores,
          leases: stores.leases,
          days,
          now: () => Date.now() + minutes * 60_000,
          log: edgeLog,
        });
      assert.equal((await cleanUp(-60))?.customerLists, 0);
      assert.match(await everythingKept(), /Lamna/, 'the chat is not over');
      assert.equal((await cleanUp(61))?.customerLists, 1);
      await assertNothingStays();
      await one.execute(list!, clickOf(list, 'choose-subscription'), ADA);
      assert.match(all(one.news()), /Which offer/, 'the click finds no list, so the bot asks');
    });

    it('gets the subscriptions as choices; one fills the offer and how it was bought, and then nothing stays', async () => {
      const one = chat();
      await one.say('It crashes and shows an error', ADA);
      const [list] = await one.say('for customer Lamna', ADA);
      const text = textOf(list);
      assert.match(text, /Subscriptions of “Lamna Claims” in Partner Center/);
      assert.match(
        text,
        /Contoso Backup.*by Contoso, Ltd.*plan: Goldplan.*bought through the partner.*supported by the publisher.*active/s,
      );
      assert.match(text, /Datum Scan.*by Datum.*suspended.*not in the directory/s);
      assert.match(await everythingKept(), /Lamna/, 'the open question has it');
      await one.execute(list!, clickOf(list, 'choose-subscription'), ADA);
      const answer = all(one.news());
      assert.match(answer, /Contoso Backup/);
      assert.match(answer, /Contact Contoso, Ltd\./);
      assert.doesNotMatch(answer, /How was the offer bought/);
      await assertNothingStays();
    });

    it('may be named first; a number chooses, and the kind of issue is asked next', async () => {
      const one = chat();
      await one.say('customer Lamna Claims', ADA);
      const [question] = await one.say('1', ADA);
      assert.match(textOf(question), /I understood: Contoso Backup/);
      assert.ok(clicksOf(question).some(({ verb }) => verb === 'choose-issue' || verb === 'choose-group'));
      await assertNothingStays();
    });

    it('may be one of several of that name', async () => {
      const one = chat();
      const [list] = await one.say('customer: wide world', ADA);
      assert.match(textOf(list), /Which customer do you mean\?/);
      const [subscriptions] = await one.say('Wide World Importers West', ADA);
      assert.match(textOf(subscriptions), /Fabrikam CRM/);
      const [again] = await one.say('customer: wide world', ADA);
      await one.execute(again!, clickOf(again, 'choose-customer'), ADA);
      assert.match(all(one.news()), /no subscription of “Wide World Importers East”/);
    });

    it('with a product that the directory does not have: the answer rests on what Partner Center says', async () => {
      const one = chat();
      await one.say('It crashes and shows an error', ADA);
      await one.say('customer Lamna', ADA);
      const [answer] = await one.say('Datum Scan', ADA);
      assert.match(textOf(answer), /publisher/i);
      await assertNothingStays();
    });

    for (const [end, words] of [
      ['cancelled', 'cancel'],
      ['started over', 'start over'],
      ['taken back', 'back'],
      ['about another offer', 'Fabrikam CRM'],
    ] as const)
      it(`leaves nothing when the question is ${end}`, async () => {
        const one = chat();
        await one.say('customer Lamna', ADA);
        assert.match(await everythingKept(), /Lamna/);
        await one.say(words, ADA);
        await assertNothingStays();
      });

    it('leaves nothing of an open question after its retention', async () => {
      await chat().say('customer Lamna', ADA);
      assert.match(await everythingKept(), /Lamna/);
      await desk.app.stores.botState.purge(Date.now() + 1);
      await assertNothingStays();
    });

    it('is not looked up for a customer or a guest', async () => {
      const said = all(await chat().say('customer Lamna', GUEST));
      assert.doesNotMatch(said, /Claims|Partner Center|Goldplan/);
      assert.equal(center.requests.length, 0);
    });

    it('is not looked up where others read', async () => {
      for (const type of ['groupChat', 'channel']) {
        const said = all(await chat(type).say('customer Lamna', ADA));
        assert.match(said, /Please name the customer in our personal chat/);
      }
      assert.equal(center.requests.length, 0);
    });

    it('is not known, or cannot be looked up: the bot says so and asks on', async () => {
      const one = chat();
      assert.match(
        all(await one.say('customer Lucerne', ADA)),
        /no customer whose name begins with “Lucerne”/,
      );
      center.replies = [{ status: 403 }];
      assert.match(all(await one.say('customer Lamna', ADA)), /Partner Center refuses the request/);
      center.replies = [{ status: 500 }, { status: 500 }];
      assert.match(all(await one.say('customer Lamna', ADA)), /Partner Center does not answer/);
      const question = all(await one.say('It crashes and shows an error', ADA));
      assert.match(question, /Which offer/i);
      center.replies = [{ status: 429, headers: { 'retry-after': '2000' } }];
      const busy = await one.say('customer Lamna', ADA);
      assert.match(all(busy), /too many requests/);
      assert.match(textOf(busy.at(-1)), /offer/i, 'the open question comes again');
    });
  });

  describe('without Partner Center', () => {
    let desk: Desk;
    before(async () => {
      desk = await open({ OFFER_DESK_ADMINS: ADA.aadObjectId });
    });
    after(() => desk.close());

    it('is said to be out of reach; an administrator reads which settings are missing', async () => {
      const staff = { ...ADA, id: '29:ben', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000002' };
      const [plain, admin] = [
        all(await chatOn(desk).say('customer Lamna', staff)),
        all(await chatOn(desk).say('customer Lamna', ADA)),
      ];
      for (const said of [plain, admin]) assert.match(said, /Partner Center is not configured/);
      assert.match(admin, /four settings OFFER\\_DESK\\_PARTNER\\_CENTER\\_/);
      assert.doesNotMatch(plain, /settings/);
    });

    it('does not stand in the way of other sentences', async () => {
      const said = all(await chatOn(desk).say('customer cannot log in to Contoso Backup', ADA));
      assert.match(said, /Contoso Backup/);
      assert.doesNotMatch(said, /Partner Center is not configured/);
    });
  });
});
