/** The server refuses bad tokens without a turn or a message. Real route, real signatures from a local key server. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { sdkOptions } from '../../bot/app/registration.js';
import { readConfig } from '../../bot/app/config.js';
import { verifiedClaimsRule } from '../../bot/teams/pre-check.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import {
  APP_ID,
  ISSUER,
  REGISTERED,
  SERVICE_URL,
  startKeyServer,
  type KeyServer,
} from '../helpers/key-server.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const now = () => Math.floor(Date.now() / 1000);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('authentication of /api/messages', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let keys: KeyServer;
  before(async () => {
    [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    const env = { ...REGISTERED, OFFER_DESK_ALLOWED_TENANTS: TENANT };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url) });
  });
  after(async () => {
    await desk?.close();
    await Promise.all([connector?.close(), keys?.close()]);
  });

  const activity = (over: Record<string, unknown> = {}) =>
    teamsActivity(connector, { serviceUrl: SERVICE_URL, text: 'help', ...over });
  const post = async (token: string | undefined, body: unknown = activity(), scheme = 'Bearer') => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `${scheme} ${token}` }),
    };
    const answer = await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };

  it('accepts a channel’s token and sends the answer to its service URL', async () => {
    const before = connector.sent.length;
    assert.equal((await post(keys.token())).status, 200);
    assert.ok(connector.sent.length > before);
  });

  type Bad = readonly [
    name: string,
    token: () => string | undefined,
    over?: Record<string, unknown>,
    scheme?: string,
  ];
  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const withoutSignature = (header: object, claims: object = {}) => {
    const good = {
      iss: ISSUER,
      aud: APP_ID,
      nbf: now() - 60,
      exp: now() + 3600,
      serviceurl: SERVICE_URL,
      ...claims,
    };
    return `${part({ typ: 'JWT', kid: 'k1', ...header })}.${part(good)}`;
  };
  const symmetric = () => {
    const text = withoutSignature({ alg: 'HS256' });
    const key = otherKey.publicKey.export({ type: 'spki', format: 'pem' });
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  const user = (tenant: string) => ({
    iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
    tid: tenant,
    azp: APP_ID,
    ver: '2.0',
    serviceurl: undefined,
  });
  const evil = { serviceUrl: 'https://evil.example/' };
  const bad: readonly Bad[] = [
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['basic authentication', () => 'YWI6Yw==', {}, 'Basic'],
    ['two parts', () => 'a.b'],
    ['no JSON inside', () => 'e30x.e30x.c2ln'],
    ['more than 8 KB', () => `${'a'.repeat(9000)}.b.c`],
    ['expired ten minutes ago', () => keys.token({ exp: now() - 600, nbf: now() - 900 })],
    ['valid only in ten minutes', () => keys.token({ nbf: now() + 600, exp: now() + 4000 })],
    ['no end', () => keys.token({ exp: undefined })],
    ['an end that is text', () => keys.token({ exp: String(now() + 60) })],
    ['another issuer', () => keys.token({ iss: 'https://evil.example' })],
    ['another audience', () => keys.token({ aud: '99999999-1111-4111-8111-111111111111' })],
    ['a list of audiences', () => keys.token({ aud: [APP_ID] })],
    ['a key nobody knows', () => keys.token({}, { kid: 'k9', x5t: 'k9' })],
    ['no key named', () => keys.token({}, { kid: undefined, x5t: undefined })],
    ['signed with another key', () => keys.token({}, {}, otherKey.privateKey)],
    ['algorithm none', () => `${withoutSignature({ alg: 'none' })}.`],
    ['algorithm none with a signature', () => `${withoutSignature({ alg: 'none' })}.c2ln`],
    ['HS256 with the public key', symmetric],
    [
      'a service URL that is not the token’s',
      () => keys.token({ serviceurl: 'https://smba.trafficmanager.net/emea/' }),
    ],
    ['a token without a service URL', () => keys.token({ serviceurl: undefined })],
    ['no service URL on the activity', () => keys.token(), { serviceUrl: undefined }],
    ['an empty service URL', () => keys.token(), { serviceUrl: '' }],
    [
      'a service URL over http',
      () => keys.token({ serviceurl: 'http://smba.trafficmanager.net/amer/' }),
      { serviceUrl: 'http://smba.trafficmanager.net/amer/' },
    ],
    ['an attacker’s service URL, in both places', () => keys.token({ serviceurl: evil.serviceUrl }), evil],
    ['the embedded channel’s service URL', () => keys.token(), { serviceUrl: 'urn:botframework:local' }],
    ['a channel the key is not endorsed for', () => keys.token(), { channelId: 'slack' }],
    ['an endorsed channel this bot does not serve', () => keys.token(), { channelId: 'emulator' }],
    ['the bot’s own token', () => keys.token({ aud: ISSUER, appid: APP_ID })],
    ['a user token of the bot’s tenant', () => keys.token(user(REGISTERED.MICROSOFT_APP_TENANT_ID)), evil],
    ['a user token of any tenant', () => keys.token(user('77777777-7777-4777-8777-777777777777')), evil],
    [
      'a Teams sign-in token',
      () => keys.token({ ...user(TENANT), azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264' }),
    ],
    [
      'a skill’s token',
      () => keys.token({ ...user(TENANT), appid: '88888888-8888-4888-8888-888888888888', ver: '1.0' }),
    ],
    [
      'another tenant',
      () => keys.token(),
      { conversation: { id: 'a:x', tenantId: '66666666-6666-4666-8666-666666666666' } },
    ],
    ['no tenant', () => keys.token(), { conversation: { id: 'a:x' }, channelData: {} }],
    [
      'two tenants',
      () => keys.token(),
      { channelData: { tenant: { id: '66666666-6666-4666-8666-666666666666' } } },
    ],
  ];

  for (const [name, token, over, scheme] of bad) {
    it(`refuses ${name}: no turn, a generic body, one log line without the token`, async () => {
      const sent = connector.sent.length;
      const from = desk.entries.length;
      const given = token();
      const { status, text } = await post(given, activity(over), scheme);
      assert.ok(
        status === 401 || status === 403 || (status === 400 && over?.serviceUrl === undefined),
        `${status} ${text}`,
      );
      const { error } = JSON.parse(text) as { error: Record<string, string> };
      assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'reference']);
      assert.ok(!text.includes(APP_ID) && !text.includes('127.0.0.1'), text);
      const entries = desk.entries.slice(from);
      assert.equal(entries.filter((entry) => entry.event === 'http.refused').length, 1);
      assert.ok(!entries.some((entry) => String(entry.event).startsWith('turn.')), JSON.stringify(entries));
      if (given) assert.ok(!JSON.stringify(entries).includes(given.slice(-40)));
      assert.equal(connector.sent.length, sent, 'the bot said something');
    });
  }

  it('does not use more memory after many different forged tokens', async () => {
    const count = Number(process.env.OFFER_DESK_FORGED ?? 2_000);
    const forge = (n: number) => {
      const tid = randomBytes(16)
        .toString('hex')
        .repeat(n % 2 === 0 ? 1 : 60);
      const channel = { alg: 'RS256', kid: tid.slice(0, 32) };
      const signature = randomBytes(256).toString('base64url');
      if (n % 2 === 0) return `${withoutSignature(channel)}.${signature}`;
      const iss = `https://sts.windows.net/${tid}/`;
      return `${withoutSignature(channel, { iss, tid, appid: APP_ID, ver: '1.0' })}.${signature}`;
    };
    const flood = async (upTo: number) => {
      for (let n = 0; n < upTo; n += 20) {
        const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => post(forge(n + at))));
        assert.ok(answers.every(({ status }) => status === 401 || status === 403));
        desk.entries.length = 0;
      }
    };
    await flood(300);
    const before = settledHeap();
    await flood(count);
    const grown = settledHeap() - before;
    assert.ok(grown < 20 * 1024 * 1024, `the heap grew by ${(grown / 1024 / 1024).toFixed(1)} MB`);
  });

  it('applies the same rules to the verified claims', async () => {
    const { validateClaims } = verifiedClaimsRule({ appId: APP_ID, issuers: [ISSUER] });
    const claims = (over: Record<string, unknown> = {}) =>
      Object.entries({ iss: ISSUER, aud: APP_ID, exp: now(), ...over }).map(([type, value]) => ({
        type,
        value: value as string,
      }));
    await validateClaims?.(claims());
    for (const over of [
      { iss: 'https://sts.windows.net/x/' },
      { aud: 'other' },
      { exp: undefined },
      { exp: 'never' },
    ]) {
      await assert.rejects(async () => validateClaims?.(claims(over)), /verified claims/);
    }
  });

  it('refuses the same tokens when the bot is a managed identity, which has no password', async () => {
    const identity = {
      ...{ ...REGISTERED, OFFER_DESK_ALLOWED_TENANTS: TENANT },
      ...{ MICROSOFT_APP_TYPE: 'UserAssignedMSI', MICROSOFT_APP_PASSWORD: '' },
    };
    assert.ok(!('MicrosoftAppPassword' in sdkOptions(readConfig(identity, '/'))));
    const managed = await startDesk(identity, { sdk: keys.sdk(connector.url) });
    try {
      const ask = async (token: string | undefined) => {
        const headers = {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        };
        const request = { method: 'POST', headers, body: JSON.stringify(activity()) };
        return (await fetch(`${managed.url}/api/messages`, request)).status;
      };
      const sent = connector.sent.length;
      const bad = [
        ...[undefined, '', keys.token({}, {}, otherKey.privateKey), withoutSignature({ alg: 'none' })],
        ...[keys.token({ aud: 'other' }), keys.token({ iss: 'https://sts.windows.net/x/' })],
        ...[keys.token({ exp: undefined }), keys.token({ exp: now() - 3_600 })],
      ];
      for (const token of bad) assert.ok([401, 403].includes(await ask(token)), token);
      assert.equal(connector.sent.length, sent);
      assert.equal(await ask(keys.token()), 200);
    } finally {
      await managed.close();
    }
  });

  it('works with every kind of bot registration that Azure still offers', () => {
    for (const env of [REGISTERED, { ...REGISTERED, MICROSOFT_APP_TYPE: 'UserAssignedMSI' }]) {
      const config = readConfig(env, '/');
      assert.ok(new ConfigurationBotFrameworkAuthentication(sdkOptions(config)), config.registration?.type);
    }
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
