/** Input from attackers and broken clients: refusals or turns, no standstill, no memory growth, no unhandled error. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { loopDelayOf } from '../helpers/event-loop.js';
import { startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';

const RUNS = Number(process.env.OFFER_DESK_FUZZ_RUNS ?? 60);
/** Processor time. The rule is 100 ms for one message; the default is higher, because a cold start compiles code too. */
const STANDSTILL_MS = Number(process.env.OFFER_DESK_STANDSTILL_MS ?? 400);

describe('the server with bad input over the real routes', function () {
  let desk: Desk;
  let connector: FakeConnector;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  before(async () => {
    connector = await startConnector();
    desk = await startDesk({ OFFER_DESK_MESSAGES_PER_MINUTE: '100000' });
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await desk?.close();
    await connector?.close();
  });
  afterEach(() => assert.deepEqual(unhandled.splice(0), []));

  const post = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const activity = (over: Record<string, unknown> = {}) =>
    teamsActivity(connector, { text: 'help', ...over });
  const fine = (status: number) => status < 500 || status === 501 || status === 503;
  const long = (length: number) => 'x'.repeat(length);

  type Case = readonly [name: string, body: () => string, headers?: Record<string, string>];
  const json = (name: string, over: Record<string, unknown>): Case => [
    name,
    () => JSON.stringify(activity(over)),
  ];
  const corpus: readonly Case[] = [
    ['a type that is a number', () => '{"type":5}'],
    ['a list', () => '[]'],
    ['half an object', () => '{'],
    ['no body', () => ''],
    ['null', () => 'null'],
    ['plain text', () => 'hello', { 'content-type': 'text/plain' }],
    ['JSON of depth 200,000', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      'an activity of depth 20,000',
      () =>
        JSON.stringify(activity()).replace(
          '"help"',
          `"help","value":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
        ),
    ],
    [
      '__proto__ keys',
      () => JSON.stringify(activity()).replace('{', '{"__proto__":{"type":"message","polluted":true},'),
    ],
    [
      'constructor keys',
      () => JSON.stringify(activity()).replace('{', '{"constructor":{"prototype":{"polluted":true}},'),
    ],
    ['duplicate keys', () => JSON.stringify(activity()).replace('"text":', '"text":"first","text":')],
    json('from as text', { from: '29:ada' }),
    json('entities as an object', { entities: { type: 'mention' } }),
    json('a conversation id of 10 KB', { conversation: { id: long(10_240) } }),
    json('a conversation id with ..', { conversation: { id: '../../users/29:someone' } }),
    json('a conversation id with NUL', { conversation: { id: 'a\u0000b' } }),
    json('a conversation id with %00', { conversation: { id: 'a%00b%2F..' } }),
    json('a locale that is a path', { locale: '../../etc/passwd' }),
    json('a locale of 1 KB', { locale: long(1_024) }),
    json('text that is null', { text: null }),
    json('text that is a number', { text: 5 }),
    json('an empty text', { text: '' }),
    json('a time in the year 9999', { timestamp: '9999-12-31T23:59:59Z' }),
    json('a time that is none', { timestamp: 'yesterday', localTimestamp: {} }),
    json('5,000 entities', {
      entities: Array.from({ length: 5_000 }, () => ({ type: 'mention', text: '' })),
    }),
    json('a mention with an empty text', {
      entities: [{ type: 'mention', text: '', mentioned: { id: '28:offer-desk' } }],
    }),
    json('a mention with a regular expression', {
      text: '<at>(a+)+$</at> help',
      entities: [{ type: 'mention', text: '<at>(a+)+$</at>', mentioned: { id: '28:offer-desk' } }],
    }),
    json('another recipient', { recipient: { id: '28:somebody-else' } }),
    json('an answer to another conversation', { replyToId: 'a:other|0000001' }),
    json('an unknown invoke', { type: 'invoke', name: 'nobody/knows' }),
    json('an invoke without a name', { type: 'invoke' }),
    json('a click with 100 KB', {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'x', data: { x: long(100_000) } } },
    }),
    json('a click without an action', { type: 'invoke', name: 'adaptiveCard/action', value: {} }),
    json('a click whose verb is a prototype’s', {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: {
        action: { type: 'Action.Execute', verb: '__proto__', data: { __proto__: null, constructor: 1 } },
      },
    }),
    json('a task without data', { type: 'invoke', name: 'task/fetch' }),
    json('sign-in out of order', { type: 'invoke', name: 'signin/verifyState', value: { state: '123456' } }),
    json('a token exchange nobody asked for', {
      type: 'invoke',
      name: 'signin/tokenExchange',
      value: { id: 'x', token: 'y' },
    }),
    json('a search with a list for a query', {
      type: 'invoke',
      name: 'composeExtension/query',
      value: { parameters: [[]], commandId: {} },
    }),
    json('an edited message', { type: 'messageUpdate' }),
    json('a deleted message', { type: 'messageDelete' }),
    json('a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }),
    json('the bot removed', { type: 'installationUpdate', action: 'remove' }),
    json('an event without a name', { type: 'event' }),
    json('a handover', { type: 'handoff' }),
    json('a type with a prototype’s name', { type: 'constructor' }),
    json('a channel nobody serves', { channelId: 'AseChannel' }),
    json('a template expression', {
      text: "${json('{}')} ${$root} ${string(1)} {{DATE(2020-01-01T00:00:00Z)}}",
    }),
    json('markdown and HTML', {
      text: '[click](javascript:alert(1)) <script>alert(1)</script> **x**',
      from: { id: '29:ada', name: '<at>everyone</at>[x](http://evil.example)' },
    }),
    json('a name with a template', { from: { id: '29:ada', name: '${$root}' } }),
    json('numbers for the recognisers', {
      text: Array.from({ length: 400 }, (_, n) => `${n}th of one hundred`).join(' '),
    }),
    json('2 KB of nothing but a', { text: long(2_048) }),
    json('256 KB', { text: long(250_000) }),
    json('1 MB', { text: long(1_000_000) }),
    json('combining marks', { text: 'e\u0301'.repeat(2_000) }),
    json('right-to-left and zero-width', { text: '\u202Eabc\u200B\uFEFF'.repeat(200) }),
    json('lone surrogates', { text: '\uD800\uDC00\uD800' }),
    json('attachments of every kind', {
      attachments: [
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          contentUrl: 'http://169.254.169.254/',
        },
        null,
      ],
    }),
  ];

  for (const [name, body, headers] of corpus) {
    it(`handles ${name}`, async () => {
      const text = body();
      let status = 0;
      const { maxMs } = await loopDelayOf(async () => {
        ({ status } = await post(text, headers));
      });
      assert.ok(fine(status), `answered ${status}`);
      assert.ok(maxMs < STANDSTILL_MS, `stood still for ${maxMs.toFixed(0)} ms`);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    });
  }

  it('would notice work that stands still, between many short pieces of work', async () => {
    const { maxMs } = await loopDelayOf(async () => {
      await post(JSON.stringify(activity()));
      const { user } = process.cpuUsage();
      while (process.cpuUsage().user - user < STANDSTILL_MS * 1100);
      await post(JSON.stringify(activity()));
    });
    assert.ok(maxMs >= STANDSTILL_MS, `${maxMs.toFixed(0)} ms`);
  });

  it('does not load the SDK’s recognisers, because their run time grows with the square of the text length', () => {
    const loaded = Object.keys(process.getBuiltinModule('module').createRequire(import.meta.url).cache);
    assert.ok(
      loaded.some((file) => file.includes('botbuilder-dialogs')),
      'the dialogs are loaded through require',
    );
    assert.deepEqual(
      loaded.filter((file) =>
        /recognizers-text-(number|choice|date-time|sequence|suite)|botbuilder-dialogs.*(choice|number|dateTime)Prompt/i.test(
          file,
        ),
      ),
      [],
    );
  });

  it('either refuses any random activity or runs a turn', async () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const field = fc.oneof(fc.constant(undefined), anything, fc.string({ maxLength: 300, unit: 'binary' }));
    const fields = fc.record(
      {
        type: fc.oneof(
          fc.constantFrom('message', 'invoke', 'event', 'conversationUpdate', 'installationUpdate'),
          field,
        ),
        name: fc.oneof(
          fc.constantFrom('adaptiveCard/action', 'composeExtension/query', 'task/submit'),
          field,
        ),
        text: field,
        value: field,
        entities: field,
        attachments: field,
        channelData: field,
        locale: field,
        membersAdded: field,
        from: field,
        conversation: field,
        recipient: field,
        replyToId: field,
        action: field,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (over) => {
        const { status, text } = await post(JSON.stringify({ ...activity(), ...over }));
        assert.ok(fine(status), `${status} ${text}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('either refuses any random click or runs a turn', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const [card] = await visitor.say('help');
    assert.ok(card);
    const signed = JSON.stringify(card);
    const data = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.record({ action: fc.jsonValue(), offerDesk: fc.jsonValue(), sig: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(data, fc.nat(signed.length), async (value, at) => {
        const action = { type: 'Action.Execute', verb: signed.slice(at, at + 20), data: value };
        const invoke = await post(
          JSON.stringify(activity({ type: 'invoke', name: 'adaptiveCard/action', value: { action } })),
        );
        const submit = await post(JSON.stringify(activity({ text: undefined, value })));
        assert.ok(fine(invoke.status) && fine(submit.status), `${invoke.text} ${submit.text}`);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it('either refuses any random Direct Line call or returns a result', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const own = `/v3/directline/conversations/${visitor.conversationId}`;
    const target = fc.oneof(
      fc.constantFrom(
        '/v3/directline/tokens/generate',
        '/v3/directline/tokens/refresh',
        '/v3/directline/conversations',
        '/api/token',
        own,
        `${own}/activities`,
        `${own}/activities?watermark=x`,
        `${own}/upload`,
        '/v3/directline/conversations/../../x/activities',
      ),
      fc.webPath().map((path) => `/v3/directline${path}`),
    );
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
      target,
      token: fc.oneof(
        fc.constant(visitor.token),
        fc.constant(`${visitor.token}x`),
        fc.stringMatching(/^[\w.-]{0,80}$/),
      ),
      body: fc.oneof(
        fc.json(),
        fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify({ type: 'message', value, text: value })),
        fc.string(),
      ),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, target: path, token, body }) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const withBody = method === 'GET' ? {} : { body };
        const answer = await fetch(new URL(path, desk.url), { method, headers, ...withBody });
        await answer.arrayBuffer();
        assert.ok(fine(answer.status) || answer.status === 501, `${method} ${path} ${answer.status}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('does not use more memory after a thousand bad activities', async () => {
    const flood = async (count: number) => {
      for (let n = 0; n < count; n += 20) {
        await Promise.all(
          Array.from({ length: 20 }, (_, at) =>
            post(
              JSON.stringify(
                activity({
                  type: at % 2 ? `odd-${n + at}` : 5,
                  channelId: `c-${n + at}`,
                  conversation: { id: `a:${n + at}` },
                }),
              ),
            ),
          ),
        );
      }
      desk.entries.length = 0;
      connector.sent.length = 0;
    };
    await flood(200);
    const before = settledHeap();
    await flood(1_000);
    const grown = (settledHeap() - before) / 1024 / 1024;
    assert.ok(grown < 8, `the heap grew by ${grown.toFixed(1)} MB`);
  });
});

/** Bytes in use after the garbage collection. */
function settledHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
