/** The embedded Direct Line against clients that lie: foreign, forged and expired tokens, false senders, bad and oversized bodies. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { createTokens } from '../../../bot/web/directline/tokens.js';
import {
  call,
  Listener,
  poll,
  say,
  startConversation,
  type Conversation,
} from '../../helpers/direct-line.js';
import { until } from '../../helpers/outage-sender.js';
import { startWebServer, type WebServer } from '../../helpers/web-server.js';

const KEY = randomBytes(32);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Every route that needs a token, for a conversation. */
const ROUTES: readonly {
  name: string;
  method: string;
  path: (id: string) => string;
  ofConversation: boolean;
}[] = [
  { name: 'refresh', method: 'POST', path: () => '/tokens/refresh', ofConversation: false },
  { name: 'start', method: 'POST', path: () => '/conversations', ofConversation: false },
  { name: 'session', method: 'GET', path: () => '/session/getsessionid', ofConversation: false },
  { name: 'reconnect', method: 'GET', path: (id) => `/conversations/${id}`, ofConversation: true },
  { name: 'history', method: 'GET', path: (id) => `/conversations/${id}/activities`, ofConversation: true },
  { name: 'post', method: 'POST', path: (id) => `/conversations/${id}/activities`, ofConversation: true },
  { name: 'upload', method: 'POST', path: (id) => `/conversations/${id}/upload`, ofConversation: true },
];

describe('the embedded Direct Line under attack', () => {
  let web: WebServer;
  let mine: Conversation;
  let theirs: Conversation;
  before(async () => {
    web = await startWebServer({ keys: [KEY], limits: { messagesPerMinute: 10_000 } });
    mine = await startConversation(web.url);
    theirs = await startConversation(web.url);
    await say(theirs, 'my secret');
  });
  after(() => web.close());

  const attempt = (route: (typeof ROUTES)[number], id: string, token?: string) =>
    call(`${web.url}/v3/directline${route.path(id)}`, route.method, {
      token,
      body: route.method === 'POST' ? { type: 'message', text: 'x' } : undefined,
    });

  const signed = (
    header: unknown,
    payload: unknown,
    key: Buffer = KEY,
    label = 'offer-desk/directline\n',
  ) => {
    const body = `${encode(header)}.${encode(payload)}`;
    return `${body}.${createHmac('sha256', key).update(`${label}${body}`).digest('base64url')}`;
  };
  const claims = () => ({
    conv: mine.id,
    user: 'dl_me',
    audience: 'partner',
    use: 'chat',
    exp: Date.now() / 1000 + 99,
  });
  const HS = { alg: 'HS256', typ: 'JWT' };
  const flip = (token: string, part: number) => {
    const parts = token.split('.');
    const text = parts[part] ?? '';
    parts[part] = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    return parts.join('.');
  };

  const BAD: Record<string, () => string | undefined> = {
    'no token': () => undefined,
    'a word': () => 'token',
    'an empty signature': () => `${mine.token.split('.').slice(0, 2).join('.')}.`,
    'a changed header': () => flip(mine.token, 0),
    'a changed payload': () => flip(mine.token, 1),
    'a changed signature': () => flip(mine.token, 2),
    'a signature in another spelling': () => `${mine.token}=`,
    'a fourth part': () => `${mine.token}.x`,
    'algorithm none': () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`,
    'another header signed with our key': () => signed({ alg: 'HS256' }, claims()),
    'another key': () => signed(HS, claims(), randomBytes(32)),
    'our key without our label': () => signed(HS, claims(), KEY, ''),
    'a megabyte': () => 'x'.repeat(8_000),
    'an expired token': () =>
      createTokens({ keys: [KEY], now: () => Date.now() - 3_601_000 }).issue({
        conv: mine.id,
        user: 'dl_me',
        audience: 'customer',
        use: 'chat',
      }),
    'a stream ticket': () => new URL(mine.streamUrl).searchParams.get('t') ?? '',
    'a resume token': () =>
      createTokens({ keys: [KEY], now: Date.now }).issue({
        conv: mine.id,
        user: 'x',
        audience: 'customer',
        use: 'resume',
      }),
  };

  for (const route of ROUTES) {
    for (const [name, token] of Object.entries(BAD)) {
      it(`answers ${route.name} with 403 for ${name}`, async () => {
        const answer = await attempt(route, mine.id, token());
        assert.equal(answer.status, 403);
        assert.equal(answer.body.error?.code, 'token.invalid');
        assert.ok(web.log.withReference(answer.body.error.reference), 'the reference is in the log');
      });
    }
  }

  for (const route of ROUTES.filter((one) => one.ofConversation)) {
    it(`answers ${route.name} with 403 for the token of another conversation`, async () => {
      const answer = await attempt(route, theirs.id, mine.token);
      assert.equal(answer.status, 403);
      assert.ok(!answer.text.includes('my secret'));
    });
    it(`answers ${route.name} alike whether or not a foreign conversation exists`, async () => {
      const [there, absent] = await Promise.all([
        attempt(route, theirs.id, mine.token),
        attempt(route, 'no-such-conversation', mine.token),
      ]);
      assert.deepEqual([there.status, there.body.error.code], [absent.status, absent.body.error.code]);
    });
    it(`answers ${route.name} with 404 for a good token whose conversation was never started`, async () => {
      const { body } = await call(`${web.url}/v3/directline/tokens/generate`, 'POST');
      const answer = await attempt(route, body.conversationId, body.token);
      assert.equal(answer.status, 404);
      assert.equal(answer.body.error.code, 'conversation.unknown');
    });
  }

  it('refuses a stream without its own ticket, or from a foreign page', async () => {
    const ticket = new URL(mine.streamUrl).searchParams.get('t') ?? '';
    const stream = (id: string, t: string) =>
      `${web.url.replace('http', 'ws')}/v3/directline/conversations/${id}/stream?t=${t}`;
    const status = (url: string, headers = {}) => new Listener(url, headers).opened();
    assert.equal(await status(stream(mine.id, '')), 403);
    assert.equal(await status(stream(mine.id, mine.token)), 403, 'a chat token opens no stream');
    assert.equal(await status(stream(theirs.id, ticket)), 403);
    assert.equal(await status(stream(mine.id, ticket), { origin: 'https://evil.example' }), 403);
    assert.equal(await status(`${web.url.replace('http', 'ws')}/elsewhere`), 404);
    assert.equal(await status(stream(mine.id, ticket), { origin: web.url }), 101);
  });

  it('overwrites the sender and removes fields that a client may not set', async () => {
    await say(mine, 'who am I', {
      id: 'chosen',
      timestamp: '2099-01-01T00:00:00Z',
      from: { id: 'evil', role: 'bot', aadObjectId: 'admin', name: 'Administrator' },
      recipient: { id: 'somebody-else' },
      conversation: { id: theirs.id, tenantId: 'partner-tenant' },
      serviceUrl: 'https://evil.example/',
      channelId: 'msteams',
      entities: [{ type: 'mention' }],
      channelData: { tenant: { id: 'partner-tenant' }, clientActivityID: 'c', team: { id: 't' } },
      suggestedActions: { actions: [] },
      speak: 'x',
      attachmentLayout: 'carousel',
      callerId: 'urn:botframework:azure',
      relatesTo: {},
    });
    const given = web.delivered.find(({ activity }) => activity.text === 'who am I');
    const { id, timestamp, ...activity } = given?.activity ?? { type: '' };
    const user = given?.meta.userId ?? '';
    assert.match(user, /^dl_/);
    assert.ok(id?.startsWith(`${mine.id}|`) && !timestamp?.startsWith('2099'));
    assert.deepEqual(activity, {
      type: 'message',
      text: 'who am I',
      textFormat: 'plain',
      channelData: { clientActivityID: 'c' },
      channelId: 'directline',
      conversation: { id: mine.id },
      from: { id: user, role: 'user' },
      serviceUrl: 'urn:botframework:local',
      recipient: { id: 'offer-desk', name: 'Offer Desk', role: 'bot' },
    });
    assert.equal(given?.meta.audience, 'customer');
  });

  it('takes only messages, events and typing from a client', async () => {
    const types = [
      'conversationUpdate',
      'installationUpdate',
      'invoke',
      'endOfConversation',
      'messageUpdate',
      '',
      7,
      null,
    ];
    for (const type of types) assert.equal((await say(mine, 'x', { type })).status, 400, String(type));
    assert.equal((await say(mine, '', { type: 'event', name: 'join', value: { a: 1 } })).status, 200);
  });

  it('refuses text beyond 4 KB, counted in bytes', async () => {
    assert.equal((await say(mine, 'a'.repeat(40_960))).status, 200);
    for (const text of ['a'.repeat(40_961), '字'.repeat(13_660), 'x'.repeat(60_000)]) {
      const answer = await say(mine, text);
      assert.equal(answer.status, 413);
      assert.equal(answer.body.error.code, 'request.too-large');
    }
    assert.equal((await say(mine, '', { value: { big: 'x'.repeat(20_000) } })).status, 413);
  });

  it('takes odd text as it is', async () => {
    for (const text of ['', '🙂🙃', '<img src=x onerror=alert(1)>', '\u202Eabc', '${secret}', '\u0000']) {
      assert.equal((await say(mine, text)).status, 200);
      assert.ok(web.delivered.some(({ activity }) => activity.text === text));
    }
  });

  it('refuses a host name that is not this machine’s, as a rebinding page would send', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const options = {
        port: web.port,
        method: 'POST',
        path: '/api/token',
        headers: { host: 'evil.example' },
      };
      request({ host: '127.0.0.1', ...options }, (res) => resolve(res.resume().statusCode)).end();
    });
    assert.equal(status, 421);
  });

  it('gives no token to a page of another origin', async () => {
    for (const path of ['/v3/directline/tokens/generate', '/api/token']) {
      const answer = await call(`${web.url}${path}`, 'POST', { headers: { origin: 'https://evil.example' } });
      assert.equal(answer.status, 403);
      assert.equal(answer.body.error.code, 'request.origin');
      assert.equal((await call(`${web.url}${path}`, 'POST', { headers: { origin: web.url } })).status, 200);
    }
  });

  it('writes no token, no text and no identity to the log', async () => {
    await say(mine, 'canary-text-9000');
    await poll({ ...mine, token: flip(mine.token, 2) });
    assert.ok(web.log.entries.length > 50);
    for (const secret of [mine.token, 'canary-text-9000', 'my secret', mine.token.split('.')[2] ?? '?'])
      assert.ok(!web.log.text.includes(secret));
  });
});

describe('bodies no route takes', () => {
  let web: WebServer;
  let conversation: Conversation;
  before(async () => {
    web = await startWebServer();
    conversation = await startConversation(web.url);
  });
  after(() => web.close());

  const targets = (): Record<string, string> => ({
    generate: `${conversation.base}/tokens/generate`,
    refresh: `${conversation.base}/tokens/refresh`,
    start: `${conversation.base}/conversations`,
    post: `${conversation.base}/conversations/${conversation.id}/activities`,
    token: `${web.url}/api/token`,
    resume: `${web.url}/api/token/resume`,
  });
  const CASES: Record<string, { body: string; type?: string; encoding?: string; status: number }> = {
    'malformed JSON': { body: '{"type":', status: 400 },
    'an array': { body: '[]', status: 400 },
    'a number': { body: '5', status: 400 },
    null: { body: 'null', status: 400 },
    'JSON nested 2,000 deep': { body: `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, status: 400 },
    'plain text': { body: '{"type":"message"}', type: 'text/plain', status: 415 },
    'a form': { body: 'a=b', type: 'application/x-www-form-urlencoded', status: 415 },
    'another charset': { body: '{}', type: 'application/json; charset=utf-16', status: 415 },
    'a compressed body': { body: '{}', encoding: 'gzip', status: 415 },
    'a body of 300 KB': { body: JSON.stringify({ a: 'x'.repeat(300_000) }), status: 413 },
  };
  for (const name of ['generate', 'refresh', 'start', 'post', 'token', 'resume']) {
    for (const [what, given] of Object.entries(CASES)) {
      it(`gets ${String(given.status)} from ${name} for ${what}`, async () => {
        const headers = {
          'content-type': given.type ?? 'application/json',
          ...(given.encoding && { 'content-encoding': given.encoding }),
        };
        const answer = await call(targets()[name] ?? '', 'POST', {
          token: conversation.token,
          body: given.body,
          headers,
        });
        assert.equal(answer.status, given.status, answer.text);
        assert.deepEqual(Object.keys(answer.body.error), ['code', 'message', 'reference']);
        assert.ok(web.log.withReference(answer.body.error.reference));
        assert.ok(!/at .*\.js|node_modules/.test(answer.text), 'no stack trace');
      });
    }
  }

  it('is ready for the next request after all of that', async () => {
    assert.equal((await say(conversation, 'still there?')).status, 200);
  });
});

describe('rate limits', () => {
  it('hold per address for tokens, with the time to wait, and end', async () => {
    let now = 1_700_000_000_000;
    const web = await startWebServer({ now: () => now, limits: { tokensPerMinute: 3, tokensPerHour: 100 } });
    try {
      const statuses: number[] = [];
      for (const path of ['/api/token', '/v3/directline/tokens/generate', '/api/token', '/api/token'])
        statuses.push((await call(`${web.url}${path}`, 'POST')).status);
      assert.deepEqual(statuses, [200, 200, 200, 429]);
      const refused = await call(`${web.url}/api/token`, 'POST');
      assert.equal(refused.headers.get('retry-after'), '20');
      assert.equal(refused.body.error.code, 'rate.limited');
      now += 20_000;
      assert.equal((await call(`${web.url}/api/token`, 'POST')).status, 200);
    } finally {
      await web.close();
    }
  });

  it('hold per conversation for messages and leave others alone', async () => {
    const web = await startWebServer({ now: () => 1_700_000_000_000, limits: { messagesPerMinute: 2 } });
    try {
      const busy = await startConversation(web.url);
      const calm = await startConversation(web.url);
      assert.deepEqual(
        [(await say(busy, '1')).status, (await say(busy, '2')).status, (await say(busy, '3')).status],
        [200, 200, 429],
      );
      assert.equal((await say(calm, '1')).status, 200);
    } finally {
      await web.close();
    }
  });

  it('hold for open streams', async () => {
    const web = await startWebServer({ limits: { streamsPerConversation: 2 } });
    try {
      const { streamUrl } = await startConversation(web.url);
      const listeners = [new Listener(streamUrl), new Listener(streamUrl)];
      for (const listener of listeners) assert.equal(await listener.opened(), 101);
      assert.equal(await new Listener(streamUrl).opened(), 429);
      for (const listener of listeners) listener.close();
    } finally {
      await web.close();
    }
  });

  it('hold for sixty sockets that ask at once, and cut off a client that sends a large frame', async () => {
    const web = await startWebServer({ limits: { streamsPerConversation: 8 } });
    try {
      const { streamUrl } = await startConversation(web.url);
      const crowd = Array.from({ length: 60 }, () => new Listener(streamUrl));
      const answers = await Promise.all(crowd.map((one) => one.opened()));
      assert.equal(answers.filter((one) => one === 101).length, 8);
      assert.equal(answers.filter((one) => one === 429).length, 52);
      const [flooder, ...others] = crowd.filter((_, at) => answers[at] === 101);
      const cut = flooder?.closed();
      for (const one of others) for (let n = 0; n < 500; n += 1) one.send('x'.repeat(1_000));
      flooder?.send('x'.repeat(5_000));
      await cut;
      // The place of the client that was cut off becomes free, and the others keep theirs.
      const next = await until(async () => {
        const one = new Listener(streamUrl);
        return (await one.opened()) === 101 ? one : undefined;
      }, 'a free place');
      assert.equal(await new Listener(streamUrl).opened(), 429);
      for (const one of [...crowd, next]) one.close();
    } finally {
      await web.close();
    }
  });
});

describe('our own token endpoint', () => {
  it('lets a visitor of a local server be partner staff, and nobody else', async () => {
    const local = await startWebServer();
    const open = await startWebServer({ localOnly: false });
    try {
      const ask = (url: string) => call(`${url}/api/token`, 'POST', { body: { audience: 'partner' } });
      assert.equal((await ask(local.url)).body.audience, 'partner');
      assert.equal((await ask(open.url)).body.audience, 'customer');
      const conversation = await startConversation(local.url, { audience: 'partner' });
      const met = local.delivered.find(({ meta }) => meta.conversationId === conversation.id);
      assert.equal(met?.meta.audience, 'partner');
      const odd = await call(`${local.url}/api/token`, 'POST', { body: { audience: 'publisher' } });
      assert.equal(odd.status, 400);
    } finally {
      await Promise.all([local.close(), open.close()]);
    }
  });

  it('renews the token of an old conversation, with its audience, and of no other', async () => {
    let now = 1_700_000_000_000;
    const web = await startWebServer({ now: () => now });
    try {
      const { body } = await call(`${web.url}/api/token`, 'POST', { body: { audience: 'partner' } });
      const resume = (token: unknown) =>
        call(`${web.url}/api/token/resume`, 'POST', { body: { resume: token } });
      assert.equal((await resume(body.resume)).status, 404, 'never started');
      await call(`${web.url}/v3/directline/conversations`, 'POST', { token: body.token, body: {} });
      now += 7 * 86_400_000;
      const old = await call(`${web.url}/v3/directline/tokens/refresh`, 'POST', {
        token: body.token,
      });
      assert.equal(old.status, 403);
      const renewed = await resume(body.resume);
      assert.deepEqual(
        [renewed.status, renewed.body.conversationId, renewed.body.audience],
        [200, body.conversationId, 'partner'],
      );
      for (const token of [body.token, '', 7, undefined, 'x.y.z'])
        assert.equal((await resume(token)).status, 403);
      now += 31 * 86_400_000;
      assert.equal((await resume(renewed.body.resume)).status, 403);
    } finally {
      await web.close();
    }
  });
});
