/** Forgetting a web conversation: on the visitor's wish and after its time, with every token of it dead from then on. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { startWebRetention } from '../../../bot/app/retention.js';
import { TREATMENTS } from '../../../bot/store/people/personal-data.js';
import { openStores } from '../../../bot/store/stores.js';
import { startDesk, Visitor, type Desk } from '../../helpers/desk.js';
import { call, Listener, startConversation } from '../../helpers/direct-line.js';
import { until, WebVisitor } from '../../helpers/handover.js';
import { REGISTERED } from '../../helpers/key-server.js';
import { ENGINES, TestStore } from '../../helpers/stores.js';
import { startWebServer } from '../../helpers/web-server.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const DAY_MS = 86_400_000;

describe('forgetting a web conversation', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  const post = (path: string, body: object, token?: string) =>
    call(desk.url + path, 'POST', { body, ...(token && { headers: { authorization: `Bearer ${token}` } }) });
  const stateKeys = async () =>
    (await desk.app.stores.database.kysely.selectFrom('bot_state').select('key').execute()).map(
      (one) => one.key,
    );

  it('deletes the messages and the bot’s memory, and no token restores them', async () => {
    const made = JSON.parse((await post('/api/token', {})).text) as Record<string, string>;
    const { token = '', resume = '', conversationId = '' } = made;
    assert.equal((await post('/v3/directline/conversations', {}, token)).status, 201);
    const activities = `/v3/directline/conversations/${conversationId}/activities`;
    assert.equal((await post(activities, { type: 'message', text: 'help' }, token)).status, 200);
    for (let look = 0; look < 100 && !(await stateKeys()).some((key) => key.includes(conversationId)); look++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(
      (await stateKeys()).some((key) => key.includes(conversationId)),
      'there is something to forget',
    );

    assert.equal((await post('/api/token/forget', { resume })).status, 200);
    assert.ok(!(await stateKeys()).some((key) => key.includes(conversationId)));
    assert.equal((await post('/v3/directline/conversations', {}, token)).status, 404);
    assert.equal((await post('/v3/directline/tokens/refresh', {}, token)).status, 403);
    assert.equal((await post(activities, { type: 'message', text: 'again' }, token)).status, 404);
    assert.equal((await post('/api/token/resume', { resume })).status, 404);
    assert.equal((await post('/api/token/forget', { resume })).status, 200, 'asking twice does no harm');
  });

  it('refuses a missing token and a token of another use', async () => {
    const made = JSON.parse((await post('/api/token', {})).text) as Record<string, string>;
    for (const resume of [made.token, 'x.y.z', '', undefined, 5])
      assert.equal((await post('/api/token/forget', { resume })).status, 403);
  });

  it('happens by itself after the configured days', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const { stores } = desk.app;
    const sweepAt = (now: number) => {
      const forgetConversation = (id: string) => stores.conversations.delete(id);
      const log = new CapturedLog();
      const upkeep = startWebRetention({ stores, now: () => now, log, forgetConversation, keepDays: 30 });
      upkeep.stop();
      return upkeep.sweep();
    };
    assert.equal(await sweepAt(Date.now() + 29 * DAY_MS), 0);
    assert.ok((await sweepAt(Date.now() + 31 * DAY_MS)) >= 1);
    assert.equal(await stores.conversations.get(visitor.conversationId), undefined);
    assert.ok(!(await stateKeys()).some((key) => key.includes(visitor.conversationId)));
  });
});

/** Part of every word that the visitor writes. */
const CANARY = 'zanzibarcanary';

for (const engine of ENGINES)
  describe(`a forgotten web conversation on ${engine}`, function () {
    let place: TestStore | undefined;
    let desk: Desk | undefined;
    before(async function () {
      place = await TestStore.prepare(engine);
      if (!place) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
      desk = await startDesk({ DATABASE_URL: place.databaseUrl ?? '' });
      const channel = {
        ...{ channelId: 'msteams', conversationId: '19:staff', tenantId: 't', kind: 'channel' as const },
        ...{ language: 'en' as const, reference: {}, zone: 'UTC' },
      };
      await desk.app.stores.handovers.setStaffChannel(channel, '29:ada', Date.now());
      await desk.restart();
    });
    after(async () => {
      await desk?.close();
      await place?.remove();
    });

    /** The files of the data directory that contain the words, and the tables. */
    const holding = async (dataDir: string): Promise<readonly string[]> => {
      const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .filter((one) => readFileSync(path.join(one.parentPath, one.name)).includes(CANARY));
      const tables: string[] = [];
      const stores = await openStores({
        ...{ dataDir, databaseUrl: place?.databaseUrl, now: Date.now, log: new CapturedLog() },
      });
      for (const table of Object.keys(TREATMENTS)) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(stores.database.kysely);
        if (JSON.stringify(rows).includes(CANARY)) tables.push(table);
      }
      await stores.close();
      return [...files.map((one) => one.name), ...tables];
    };

    it('leaves no word of the visitor: no question, report, lesson or hand-over, in any file or table', async () => {
      assert.ok(desk);
      const { stores } = desk.app;
      const visitor = await WebVisitor.join(desk.url);
      await visitor.say(`Qwertz ${CANARY} Suite crashes since monday`);
      await visitor.say(`the ${CANARY} invoice for Contoso Backup for Azure is wrong`);
      await visitor.sees('Responsible: ');
      const note = { wrongContact: '0', wrongReason: 'bounces', wrongNote: `${CANARY} came back` };
      await visitor.press('report-contact', note);
      await visitor.press('not-helped');
      await visitor.asksForPerson(`Please help, ${CANARY}.`, `${CANARY}@contoso.com`);
      await visitor.say(`${CANARY} to staff`);
      const kept = async (table: 'contact_reports' | 'handover_entries') =>
        JSON.stringify(await stores.database.kysely.selectFrom(table).selectAll().execute()).includes(CANARY);
      for (const table of ['contact_reports', 'handover_entries'] as const)
        await until(
          () => kept(table),
          () => table,
        );
      assert.equal(await visitor.forget(), 200);
      await desk.app.stop();
      assert.deepEqual(await holding(desk.dataDir), []);
    });
  });

describe('the limits of one address behind proxies', () => {
  it('use the address that our own proxy wrote', async () => {
    const limits = { OFFER_DESK_PROXIES: '1', OFFER_DESK_TOKENS_PER_MINUTE: '3' };
    const desk = await startDesk({ ...REGISTERED, ...limits });
    const ask = async (forwarded: string) => {
      const answer = await call(`${desk.url}/api/token`, 'POST', {
        body: {},
        headers: { 'x-forwarded-for': forwarded },
      });
      return answer.status;
    };
    const spoofed = [
      '203.0.113.7',
      '1.2.3.4, 203.0.113.7',
      '::1, 8.8.8.8, 203.0.113.7:4711',
      'x, , 203.0.113.7:9',
    ];
    assert.deepEqual(
      [await ask(spoofed[0]!), await ask(spoofed[1]!), await ask(spoofed[2]!)],
      [200, 200, 200],
    );
    for (const one of spoofed) assert.equal(await ask(one), 429, one);
    assert.equal(await ask('203.0.113.8'), 200, 'somebody else is not held up');
    await desk.close();
  });
});

describe('open conversations of one address', () => {
  it('are limited in number, for any number of tabs', async () => {
    const web = await startWebServer({ limits: { conversationsPerAddress: 2 } });
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => startConversation(web.url)));
    assert.ok(one && two && three);
    const open = [one, one, two].map(({ streamUrl }) => new Listener(streamUrl));
    assert.deepEqual(await Promise.all(open.map((listener) => listener.opened())), [101, 101, 101]);
    assert.equal(await new Listener(three.streamUrl).opened(), 429);
    open[2]?.close();
    await open[2]?.closed();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const late = new Listener(three.streamUrl);
    assert.equal(await late.opened(), 101);
    for (const listener of [...open, late]) listener.close();
    await web.close();
  });
});
