/** The signatures and tokens of senders that the server accepts or refuses, with the status of each answer. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { admit, MAX_BODY_BYTES } from '../../../bot/outages/admit.js';
import {
  hashUrlToken,
  matchUrlToken,
  tokenFingerprint,
  urlToken,
  verifyInstatus,
  verifyStandardWebhook,
  webhookSecret,
  type Headers,
  type Verdict,
} from '../../../bot/outages/verify.js';
import { DeskError } from '../../../core/errors.js';

const secretText = (fill: number): string => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const key = webhookSecret(secretText(1));
const newKey = webhookSecret(secretText(2));
const stranger = webhookSecret(secretText(3));
const now = Date.UTC(2026, 2, 2, 12, 0, 0, 500);
const second = Math.floor(now / 1000);
const body = Buffer.from('{"id": "CON-1",  "title":"café"}');

function sign(secret: Buffer, id: string, at: number | string, over: Uint8Array): string {
  return `v1,${createHmac('sha256', secret)
    .update(`${id}.${String(at)}.`)
    .update(over)
    .digest('base64')}`;
}
function signed(overrides: Headers = {}, id = 'msg_1', at: number | string = second, secret = key): Headers {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': sign(secret, id, at, body),
    ...overrides,
  };
}
const told = (v: Verdict): string =>
  v.kind === 'verified' ? `verified ${String(v.secretIndex)}` : `${String(v.status)} ${v.reason}`;
const reserialised = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
const flipped = Buffer.from(body.map((byte, i) => (i === 5 ? byte ^ 1 : byte)));

describe('the check of Standard Webhooks signatures', () => {
  const table: readonly (readonly [string, Headers, Uint8Array, string])[] = [
    ['a good signature', signed(), body, 'verified 0'],
    ['the old names of the headers', { 'svix-id': 'msg_1', 'svix-timestamp': String(second), 'svix-signature': sign(key, 'msg_1', second, body) }, body, 'verified 0'],
    ['no signature', signed({ 'webhook-signature': undefined }), body, '401 no-signature'],
    ['an empty signature', signed({ 'webhook-signature': '' }), body, '401 wrong-signature'],
    ['a signature of another key', signed({}, 'msg_1', second, stranger), body, '401 wrong-signature'],
    ['a changed byte', signed(), flipped, '401 wrong-signature'],
    ['the same JSON written anew', signed(), reserialised, '401 wrong-signature'],
    ['an empty body', signed(), Buffer.alloc(0), '401 wrong-signature'],
    ['another id than was signed', signed({ 'webhook-id': 'msg_2' }), body, '401 wrong-signature'],
    ['another time than was signed', signed({ 'webhook-timestamp': String(second - 1) }), body, '401 wrong-signature'],
    ['an id with a point', signed({}, 'msg.1'), body, '400 bad-id'],
    ['an id with a line end', signed({}, 'msg\n1'), body, '400 bad-id'],
    ['an id of 256 characters', signed({}, 'x'.repeat(256)), body, '400 bad-id'],
    ['no id', signed({ 'webhook-id': undefined }), body, '400 no-id'],
    ['two ids', signed({ 'webhook-id': ['msg_1', 'msg_2'] }), body, '400 no-id'],
    ['no timestamp', signed({ 'webhook-timestamp': undefined }), body, '400 no-timestamp'],
    ['a timestamp in words', signed({}, 'msg_1', 'today'), body, '400 bad-timestamp'],
    ['a timestamp in milliseconds', signed({}, 'msg_1', now), body, '400 bad-timestamp'],
    ['300 seconds old', signed({}, 'msg_1', second - 300), body, 'verified 0'],
    ['301 seconds old', signed({}, 'msg_1', second - 301), body, '401 too-old'],
    ['300 seconds ahead', signed({}, 'msg_1', second + 300), body, 'verified 0'],
    ['301 seconds ahead', signed({}, 'msg_1', second + 301), body, '401 too-new'],
    ['an unknown version alone', signed({ 'webhook-signature': sign(key, 'msg_1', second, body).replace('v1,', 'v1a,') }), body, '401 wrong-signature'],
    ['an unknown version beside a good one', signed({ 'webhook-signature': `v1a,xxxx ${sign(key, 'msg_1', second, body)}` }), body, 'verified 0'],
    ['two signatures, the second good', signed({ 'webhook-signature': `${sign(stranger, 'msg_1', second, body)} ${sign(key, 'msg_1', second, body)}` }), body, 'verified 0'],
    ['the good one behind ten bad ones', signed({ 'webhook-signature': `${'v1,AAAA '.repeat(10)}${sign(key, 'msg_1', second, body)}` }), body, '401 wrong-signature'],
    ['a signature cut short', signed({ 'webhook-signature': sign(key, 'msg_1', second, body).slice(0, 20) }), body, '401 wrong-signature'],
  ]; // prettier-ignore
  for (const [what, headers, raw, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(told(verifyStandardWebhook(headers, raw, [key], now)), expected);
    });
  }

  it('accepts both keys during a rotation, and only the new key afterwards', () => {
    const old = signed();
    const fresh = signed({}, 'msg_1', second, newKey);
    assert.equal(told(verifyStandardWebhook(old, body, [newKey, key], now)), 'verified 1');
    assert.equal(told(verifyStandardWebhook(fresh, body, [newKey, key], now)), 'verified 0');
    assert.equal(told(verifyStandardWebhook(old, body, [newKey], now)), '401 wrong-signature');
  });

  it('accepts nothing without a secret', () => {
    assert.equal(told(verifyStandardWebhook(signed(), body, [], now)), '401 wrong-signature');
  });

  it('recognises a repeated delivery by the verified id', () => {
    const verdict = verifyStandardWebhook(signed({}, 'msg_7'), body, [key], now);
    assert.equal(verdict.kind === 'verified' && verdict.id, 'msg_7');
  });

  it('notices a change of any byte', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ mask;
        assert.equal(verifyStandardWebhook(signed(), changed, [key], now).kind, 'refused');
      }),
    );
  });

  it('agrees with the official library about every id and body', () => {
    const library = new Webhook(secretText(1));
    const at = new Date(second * 1000);
    const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);
    fc.assert(
      fc.property(ids, fc.string({ unit: 'grapheme' }), (id, text) => {
        const raw = Buffer.from(text);
        const headers = signed({ 'webhook-signature': library.sign(id, at, raw) }, id);
        assert.equal(told(verifyStandardWebhook(headers, raw, [key], now)), 'verified 0');
        assert.equal(library.sign(id, at, raw), sign(key, id, second, raw));
      }),
    );
  });

  it('refuses a secret that is too short, too long or not base64', () => {
    const bad = [
      '',
      'whsec_',
      'secret',
      `whsec_${Buffer.alloc(23).toString('base64')}`,
      `whsec_${Buffer.alloc(65).toString('base64')}`,
      'whsec_!!!!',
    ];
    for (const text of bad) {
      assert.throws(
        () => webhookSecret(text),
        (e) => e instanceof DeskError && e.code === 'config.invalid',
      );
    }
  });

  it('names no secret and no signature in a refusal', () => {
    const verdict = verifyStandardWebhook(signed({}, 'msg_1', second, stranger), body, [key], now);
    assert.doesNotMatch(JSON.stringify(verdict), /[A-Za-z0-9+/]{30,}/);
  });
});

describe('the check of Instatus signatures', () => {
  const header = (secret: Buffer, over: Uint8Array): Headers => ({
    'x-instatus-webhook-signature': createHmac('sha256', secret).update(over).digest('hex'),
  });
  it('accepts only a body that is signed with one of the two secrets', () => {
    assert.equal(told(verifyInstatus(header(key, body), body, [key])), 'verified 0');
    assert.equal(told(verifyInstatus(header(key, body), body, [newKey, key])), 'verified 1');
    assert.equal(told(verifyInstatus(header(stranger, body), body, [key])), '401 wrong-signature');
    assert.equal(told(verifyInstatus(header(key, body), flipped, [key])), '401 wrong-signature');
    assert.equal(told(verifyInstatus({}, body, [key])), '401 no-signature');
    assert.equal(
      told(verifyInstatus({ 'x-instatus-webhook-signature': 'abc' }, body, [key])),
      '401 wrong-signature',
    );
  });
});

describe('the check of URL tokens', () => {
  const token = urlToken(Buffer.alloc(32, 7));

  it('finds a token by its hash, also during a rotation, and finds no other token', () => {
    const other = urlToken(Buffer.alloc(32, 8));
    assert.equal(matchUrlToken(token, [hashUrlToken(token)]), 0);
    assert.equal(matchUrlToken(token, [hashUrlToken(other), hashUrlToken(token)]), 1);
    assert.equal(matchUrlToken(other, [hashUrlToken(token)]), -1);
    assert.equal(matchUrlToken('', [hashUrlToken('')]), -1);
    assert.equal(matchUrlToken(token, []), -1);
    assert.equal(matchUrlToken(token, ['not a hash']), -1);
  });

  it('needs tokens of at least 128 bits, and never matches a shorter stored token', () => {
    assert.ok(token.length >= 43);
    assert.throws(() => urlToken(Buffer.alloc(8)), DeskError);
    assert.equal(matchUrlToken('short', [hashUrlToken('short')]), -1);
  });

  it('logs a fingerprint without any part of the token or its hash', () => {
    const fingerprint = tokenFingerprint(token);
    assert.match(fingerprint, /^[0-9a-f]{8}$/);
    assert.ok(!hashUrlToken(token).includes(fingerprint) && !token.includes(fingerprint));
  });
});

describe('the check before the body is read', () => {
  const table: readonly (readonly [string, Headers, number | undefined])[] = [
    ['JSON', { 'content-type': 'application/json' }, undefined],
    ['JSON with a charset', { 'content-type': 'application/json; charset=utf-8' }, undefined],
    ['CloudEvents', { 'content-type': 'application/cloudevents-batch+json' }, undefined],
    // Uptime Kuma can send its JSON inside a form.
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, undefined],
    ['a web page', { 'content-type': 'text/html' }, 415],
    ['no type', {}, 415],
    ['two types', { 'content-type': ['application/json', 'text/plain'] }, 415],
    ['a gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415],
    ['identity', { 'content-type': 'application/json', 'content-encoding': 'identity' }, undefined],
    ['2 MB', { 'content-type': 'application/json', 'content-length': '2097152' }, 413],
    [
      'the limit',
      { 'content-type': 'application/json', 'content-length': String(MAX_BODY_BYTES) },
      undefined,
    ],
  ];
  for (const [what, headers, status] of table) {
    it(`${what}: ${String(status ?? 'goes on')}`, () => {
      assert.equal(admit(headers)?.status, status);
    });
  }
});
