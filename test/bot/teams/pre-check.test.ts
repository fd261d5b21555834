/** Bad tokens and service URLs are stopped before the SDK sees them. */
import assert from 'node:assert/strict';
import {
  MICROSOFT_SERVICE_HOSTS,
  type TokenRules,
  checkToken,
  mayAnswerTo,
} from '../../../bot/teams/pre-check.js';

const APP = '11111111-1111-1111-1111-111111111111';
const NOW = 1_790_000_000;
const rules: TokenRules = { appId: APP, issuers: ['https://api.botframework.com'], skewSec: 300 };
const good = { iss: 'https://api.botframework.com', aud: APP, nbf: NOW - 60, exp: NOW + 3600 };
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (claims: object, header: object = { alg: 'RS256', kid: 'k' }) =>
  `Bearer ${b64(header)}.${b64(claims)}.c2ln`;

describe('the check before the SDK', () => {
  it('lets a channel token of this bot through', () => {
    assert.deepEqual(checkToken(bearer(good), rules, NOW), { kind: 'ok' });
  });

  const bad: readonly [name: string, header: string | undefined, reason: string][] = [
    ['no header', undefined, 'missing'],
    ['an empty header', '', 'missing'],
    ['basic authentication', 'Basic YWI6Yw==', 'shape'],
    ['two parts', 'Bearer a.b', 'shape'],
    ['a token over 8 KB', `Bearer ${'a'.repeat(9000)}.b.c`, 'size'],
    ['claims that are no JSON', 'Bearer eyJhbGciOiJSUzI1NiJ9.e30x.c2ln', 'shape'],
    ['algorithm none', bearer(good, { alg: 'none' }), 'algorithm'],
    ['a symmetric algorithm', bearer(good, { alg: 'HS256' }), 'algorithm'],
    ['another issuer', bearer({ ...good, iss: 'https://sts.windows.net/evil/' }), 'issuer'],
    [
      'a user token of this app',
      bearer({ ...good, iss: `https://login.microsoftonline.com/${APP}/v2.0` }),
      'issuer',
    ],
    ['another audience', bearer({ ...good, aud: 'other' }), 'audience'],
    ['a list of audiences', bearer({ ...good, aud: [APP] }), 'shape'],
    ['no end', bearer({ ...good, exp: undefined }), 'shape'],
    ['an end that is text', bearer({ ...good, exp: String(NOW + 10) }), 'shape'],
    ['an end ten minutes ago', bearer({ ...good, exp: NOW - 600 }), 'time'],
    ['a beginning in ten minutes', bearer({ ...good, nbf: NOW + 600 }), 'time'],
  ];
  for (const [name, header, reason] of bad) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(checkToken(header, rules, NOW), { kind: 'refused', reason });
    });
  }
});

describe('service URLs the bot may answer to', () => {
  const allowed = ['https://smba.trafficmanager.net/emea/', 'https://directline.botframework.com/'];
  const refusedUrls = [
    'http://169.254.169.254/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://127.0.0.1/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:pw@smba.trafficmanager.net/',
    'file:///etc/passwd',
    'wss://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net./',
    'https://smba.trafficmanager.net:8443/',
    'https://smbа.trafficmanager.net/',
    'http://smba.trafficmanager.net/',
    'urn:botframework:local',
    '',
    undefined,
    7,
    'https://evilbotframework.com/',
  ];
  it('are Microsoft’s connector hosts by https', () => {
    for (const url of allowed) assert.equal(mayAnswerTo(url, MICROSOFT_SERVICE_HOSTS, false), true, url);
  });
  for (const url of refusedUrls) {
    it(`are not ${String(url) || 'an empty one'}`, () => {
      assert.equal(mayAnswerTo(url, MICROSOFT_SERVICE_HOSTS, false), false);
    });
  }
  it('are only this machine where nothing is authenticated', () => {
    assert.equal(mayAnswerTo('http://127.0.0.1:56150/_connector', [], true), true);
    assert.equal(mayAnswerTo('https://smba.trafficmanager.net/', MICROSOFT_SERVICE_HOSTS, true), false);
  });
});
