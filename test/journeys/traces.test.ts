/** Traces as a receiver gets them: a turn with its store calls and sends, a notice of an outage and its card. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sinon from 'sinon';
import { readConfig } from '../../bot/app/config.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { cardIn, outageSender } from '../helpers/outage-sender.js';
import { startTraceReceiver, type ReceivedSpan, type TraceReceiver } from '../helpers/trace-receiver.js';
import { failWrites } from '../helpers/turn-faults.js';

const SAID = 'canarytext';
const WHO = '29:canary-user-id';
const NAME = 'Canary Surname';
const CHAT = 'a:canary-chat';
const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const AAD = 'bbbbbbbb-0000-4000-8000-00000000ca4a';
const root = findRootDir();

describe('the traces', function () {
  let receiver: TraceReceiver;
  let connector: FakeConnector;
  let desk: Desk;
  const say = (text: string, over: Record<string, unknown> = {}) =>
    deliver(
      desk.url,
      teamsActivity(connector, {
        text,
        from: { id: WHO, name: NAME, aadObjectId: AAD },
        conversation: { id: CHAT, conversationType: 'personal', tenantId: TENANT },
        ...over,
      }),
    );

  before(async () => {
    [receiver, connector] = await Promise.all([startTraceReceiver(), startConnector()]);
    desk = await startDesk({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
    await say(`${SAID} refund for a vault`);
    const { recipients } = desk.app.stores.outages;
    const address = { channelId: 'msteams', conversationId: CHAT };
    const about = { kind: 'person', tenantId: TENANT, language: 'en', zone: '', address } as const;
    await recipients.know({ ...about, id: WHO }, 1);
    await recipients.subscribe(WHO, { what: { kind: 'everything' }, from: 'none', by: 'reader' }, 1);
    const notice = await outageSender(desk, 'status-page', 'Contoso Backup for Azure');
    await notice('investigating');
    await cardIn(connector, CHAT, 'status-page is down');
    await fetch(`${desk.url}/api/outages/${SAID}?token=${SAID}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    failWrites(desk.app.stores.turns, new Error(`${SAID} violates a rule`));
    await say('a turn that fails');
    // The server sends the waiting spans when it stops.
    await desk.close();
  });
  after(async () => {
    sinon.restore();
    await receiver?.close();
    await connector?.close();
  });

  const named = (name: string) => receiver.spans.filter((span) => span.name === name);
  const inside = (outer: ReceivedSpan) =>
    receiver.spans.filter((span) => span.traceId === outer.traceId && span.id !== outer.id);

  it('hold a turn with its store calls and its reply inside', () => {
    const turn = named('turn').find((span) => span.attributes['offer_desk.turn.outcome'] === 'replied');
    assert.ok(turn);
    assert.equal(turn.parent, undefined);
    assert.equal(turn.attributes['offer_desk.channel'], 'msteams');
    assert.equal(turn.attributes['offer_desk.activity.type'], 'message');
    assert.match(String(turn.attributes['offer_desk.turn']), /^[0-9a-f]{8}$/);
    const logged = desk.entries.find((entry) => entry.turn === turn.attributes['offer_desk.turn']);
    assert.ok(logged, 'the log knows the same turn');
    const store = inside(turn).filter((span) => span.name.startsWith('store '));
    assert.ok(store.length >= 3, `${store.length} store calls`);
    for (const { attributes } of store) {
      assert.equal(attributes['db.system.name'], 'sqlite');
      assert.match(
        String(attributes['db.operation.name']),
        /^(select|insert|update|delete|begin|commit|pragma|with)$/,
      );
    }
    const [reply] = inside(turn).filter((span) => span.name === 'connector send');
    assert.equal(reply?.parent, turn.id);
    assert.equal(reply?.attributes['offer_desk.send.action'], 'turn');
  });

  it('hold a notice of an outage, with the sender that an operator registered and no other name', () => {
    const notices = named('outage notice');
    assert.equal(notices.length, 2);
    const taken = notices.find((span) => span.attributes['http.response.status_code'] === 200);
    assert.ok(taken);
    assert.equal(taken.attributes['offer_desk.outage.source'], 'status-page');
    assert.equal(taken.attributes['offer_desk.outage.format'], 'own');
    assert.ok(inside(taken).some((span) => span.name === 'store insert incidents'));
    const refused = notices.find((span) => span.attributes['http.response.status_code'] === 401);
    assert.ok(refused);
    assert.equal(refused.attributes['offer_desk.outage.source'], undefined);
  });

  it('hold the send of an outage card with its result', () => {
    const card = named('connector send').find(
      (span) => span.attributes['offer_desk.send.action'] === 'outage-create',
    );
    assert.ok(card);
    assert.equal(card.attributes['offer_desk.send.result'], 'answered');
    assert.equal(card.attributes['http.response.status_code'], 200);
  });

  it('mark a failed turn with only the kind of the error', () => {
    const failed = named('turn').filter((span) => span.failed);
    assert.equal(failed.length, 1);
    assert.equal(failed[0]?.attributes['offer_desk.turn.outcome'], 'failed');
    assert.equal(failed[0]?.attributes['error.type'], 'Error');
  });

  it('name the product and its version', () => {
    assert.ok(receiver.resources.length > 0);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const resource of receiver.resources) {
      assert.equal(resource['service.name'], 'offer-desk');
      assert.equal(resource['service.version'], version);
    }
  });

  it('hold no text, person, conversation, tenant or token', () => {
    const sent = receiver.bodies.join('\n');
    assert.ok(sent.length > 1000);
    for (const hidden of [SAID, WHO, AAD, NAME, CHAT, TENANT, 'vault', 'is down', '?token'])
      assert.ok(!sent.includes(hidden), hidden);
  });
});

describe('the server without a receiver of traces', () => {
  it('loads no OpenTelemetry SDK', () => {
    const script = `
      const { createRequire } = await import('node:module');
      const { openSpans } = await import('./bot/tracing/open-spans.ts');
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((one) => one.includes('@opentelemetry')).length;
      const version = async () => '0.0.0';
      const none = await openSpans({ endpoint: undefined, version });
      const before = loaded();
      const some = await openSpans({ endpoint: 'http://127.0.0.1:9', version });
      console.log(JSON.stringify([before, loaded() > 0, none.queries('sqlite') === undefined]));
      await some.close();`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const printed = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
    assert.deepEqual(JSON.parse(printed), [0, true, true]);
  });

  it('names the OpenTelemetry packages in only one file', () => {
    const files = readdirSync(path.join(root, 'bot'), { recursive: true, encoding: 'utf8' });
    const naming = files.filter(
      (file) =>
        file.endsWith('.ts') && /['"]@opentelemetry/.test(readFileSync(path.join(root, 'bot', file), 'utf8')),
    );
    assert.deepEqual(naming, [path.join('tracing', 'telemetry.ts')]);
  });

  it('refuses at the start an endpoint that is not an address', () => {
    assert.throws(
      () => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, root),
      /OTEL_EXPORTER_OTLP_ENDPOINT: must be the base address of an OTLP receiver/,
    );
  });
});
