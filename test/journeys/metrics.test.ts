/** Operators see one log line for every turn, and the page with the metrics. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { take } from '../../core/handover/life.js';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';

import { handover } from '../helpers/handover-views.js';
import { outageSender, until } from '../helpers/outage-sender.js';

const TOKEN = 'a-long-token-of-the-metrics';
const CHAT = 'a:private-chat';

describe('the metrics', function () {
  let desk: Desk;
  let connector: FakeConnector;
  before(async () => {
    connector = await startConnector();
    desk = await startDesk({ OFFER_DESK_METRICS_TOKEN: TOKEN });
  });
  after(async () => {
    await desk?.close();
    await connector?.close();
  });

  const look = (token?: string) =>
    fetch(`${desk.url}/metrics`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  const page = async () => (await look(TOKEN)).text();
  const say = (over: Record<string, unknown>) =>
    deliver(
      desk.url,
      teamsActivity(connector, { conversation: { id: CHAT, conversationType: 'personal' }, ...over }),
    );
  const done = () => desk.entries.filter((entry) => entry.event === 'turn.done');

  it('require the token', async () => {
    assert.equal((await look()).status, 401);
    assert.equal((await look(`${TOKEN}x`)).status, 401);
    const seen = await look(TOKEN);
    assert.equal(seen.status, 200);
    assert.match(seen.headers.get('content-type') ?? '', /^text\/plain/);
  });

  it('do not exist when no token is set', async () => {
    const quiet = await startDesk();
    try {
      assert.equal((await fetch(`${quiet.url}/metrics`)).status, 404);
    } finally {
      await quiet.close();
    }
  });

  it('count turns by channel and outcome, repetitions and refusals', async () => {
    const activity = { id: 'one', text: 'refund for a vault' };
    await say(activity);
    await say(activity);
    const visitor = await Visitor.join(desk.url, 'customer');
    await visitor.say('it is down');
    await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      body: '[',
      headers: { 'content-type': 'application/json' },
    });
    const text = await page();
    assert.match(text, /^offer_desk_turns_total\{channel="msteams",outcome="replied"\} 1$/m);
    assert.match(text, /^offer_desk_turns_total\{channel="msteams",outcome="repeated"\} 1$/m);
    assert.match(text, /^offer_desk_turns_total\{channel="directline",outcome="replied"\} \d+$/m);
    assert.match(text, /^offer_desk_turns_repeated_total 1$/m);
    assert.match(text, /^offer_desk_turn_duration_seconds_count\{channel="msteams"\} \d+$/m);
    assert.match(text, /^offer_desk_http_requests_refused_total\{code="request.malformed"\} 1$/m);
    assert.match(text, /^offer_desk_auth_rejected_total\{code="auth.refused"\} 2$/m);
    assert.match(text, /^offer_desk_outbox_pending 0$/m);
    assert.match(text, /^offer_desk_outbox_oldest_age_seconds 0$/m);
    assert.match(text, /^offer_desk_directory_version [1-9]\d*$/m);
    assert.match(text, /^offer_desk_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('hold every number that the alert rules and the dashboard use', async () => {
    const text = await page();
    const read = (file: string) => readFileSync(path.join(findRootDir(), 'infra', file), 'utf8');
    const asked = `${read('alerts.yaml')}${read('grafana/dashboards/offer-desk.json')}`;
    const names = new Set(asked.match(/offer_desk_[a-z_]+/g)?.map((name) => name.replace(/_bucket$/, '')));
    assert.ok(names.size > 15);
    for (const name of names) assert.ok(text.includes(`# TYPE ${name} `), name);
  });

  it('count the hand-overs that wait for staff, and count one less when staff take a hand-over', async () => {
    const { handovers } = desk.app.stores;
    const openedAt = Date.now() - 60_000;
    await handovers.begin({ ...handover(), id: 'waiting-one', openedAt, lastAt: openedAt });
    const waiting = await page();
    assert.match(waiting, /^offer_desk_handovers_waiting 1$/m);
    const age = Number(/^offer_desk_handovers_waiting_oldest_age_seconds ([\d.]+)$/m.exec(waiting)?.[1]);
    assert.ok(age >= 60 && age < 120, String(age));
    await handovers.change('waiting-one', (one) => take(one, { by: '29:staff', key: 'take' }, Date.now()), {
      at: Date.now(),
    });
    const taken = await page();
    assert.match(taken, /^offer_desk_handovers_waiting 0$/m);
    assert.match(taken, /^offer_desk_handovers_waiting_oldest_age_seconds 0$/m);
  });

  it('count a card that the bot gave up sending, and the connections to the database', async () => {
    assert.match(await page(), /^offer_desk_dead_letters_total\{queue="outage-cards"\} 0$/m);
    const { recipients } = desk.app.stores.outages;
    const address = { channelId: 'msteams', conversationId: CHAT };
    const about = { kind: 'person', tenantId: 't1', language: 'en', zone: '', address } as const;
    await recipients.know({ ...about, id: '29:ada' }, 1);
    await recipients.subscribe('29:ada', { what: { kind: 'everything' }, from: 'none', by: 'reader' }, 1);
    connector.failAll(400);
    await (
      await outageSender(desk, 'status-page', 'Contoso Backup for Azure')
    )('investigating');
    await until(
      () => desk.entries.find((entry) => entry.event === 'outages.given-up'),
      'the end of the card',
    );
    connector.failAll(undefined);
    const text = await page();
    assert.match(text, /^offer_desk_dead_letters_total\{queue="outage-cards"\} 1$/m);
    assert.match(text, /^offer_desk_outbox_given_up 1$/m);
    assert.match(text, /^offer_desk_database_connections_limit 1$/m);
    assert.match(text, /^offer_desk_database_connections_used [01]$/m);
    assert.match(text, /^offer_desk_database_requests_waiting \d+$/m);
  });

  it('contain no conversation, person or text', async () => {
    const text = await page();
    for (const hidden of [CHAT, 'vault', '29:']) assert.ok(!text.includes(hidden), hidden);
  });

  it('come with one log line per turn that names the deciding rule and a hash of the conversation', async () => {
    const before = done().length;
    await say({ id: 'two', text: 'Who do I call, the backup of Fabrikam Vault is down' });
    const [line, ...more] = done().slice(before);
    assert.equal(more.length, 0);
    assert.ok(line);
    assert.equal(line.outcome, 'replied');
    assert.equal(line.channel, 'msteams');
    assert.equal(line.place, 'personal');
    assert.equal(typeof line.ranMs, 'number');
    assert.match(String(line.conversation), /^[\w-]{12}$/);
    assert.match(String(line.turn), /^[0-9a-f]{8}$/);
    const sameTurn = desk.entries.filter((entry) => entry.turn === line.turn);
    assert.ok(sameTurn.length > 0);
    for (const other of done().filter((one) => one.channel === 'msteams')) {
      assert.equal(other.conversation, line.conversation);
    }
  });
});
