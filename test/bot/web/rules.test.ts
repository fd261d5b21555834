/** The small rules under the web channel: rate limits, tokens, what a client may send. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { clientActivity, languageTag } from '../../../bot/web/directline/intake.js';
import { memoryRates } from '../../../bot/web/directline/limits.js';
import { createTokens } from '../../../bot/web/directline/tokens.js';

const WHO = { conv: 'c', user: 'dl_u', audience: 'customer', use: 'chat' } as const;

describe('a rate limit', () => {
  it('never allows more than twice the limit in any window', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(500), { maxLength: 200 }),
        async (calls, gaps) => {
          let now = 0;
          const rates = memoryRates(() => now);
          const granted: number[] = [];
          for (const gap of gaps) {
            now += gap;
            if ((await rates.take('key', [{ calls, windowMs: 1_000 }])) === 0) granted.push(now);
          }
          for (const from of granted) {
            const inWindow = granted.filter((time) => time >= from && time < from + 1_000).length;
            assert.ok(inWindow <= calls * 2);
          }
          const spanMs = (granted.at(-1) ?? 0) - (granted[0] ?? 0);
          assert.ok(granted.length <= calls + (spanMs * calls) / 1_000 + 1e-6);
        },
      ),
    ));

  it('lets a call through after the wait it named', async () => {
    let now = 0;
    const rates = memoryRates(() => now);
    const limits = [{ calls: 3, windowMs: 1_000 }];
    while ((await rates.take('key', limits)) === 0);
    const wait = await rates.take('key', limits);
    now += wait - 1;
    assert.ok((await rates.take('key', limits)) > 0);
    now += 1;
    assert.equal(await rates.take('key', limits), 0);
  });

  it('does not count a call that another window refuses', async () => {
    const rates = memoryRates(() => 0);
    const limits = [
      { calls: 1, windowMs: 60_000 },
      { calls: 2, windowMs: 3_600_000 },
    ];
    for (let call = 0; call < 5; call += 1) await rates.take('key', limits);
    assert.equal(await rates.take('key', [limits[1]!]), 0);
  });

  it('makes no client wait because the clock was set back', async () => {
    let now = 10_000_000;
    const rates = memoryRates(() => now);
    const limits = [{ calls: 1, windowMs: 60_000 }];
    await rates.take('key', limits);
    now -= 5_000_000;
    assert.equal(await rates.take('key', limits), 0);
  });

  it('keeps a bounded number of keys', async () => {
    const rates = memoryRates(() => 0);
    const before = process.memoryUsage().heapUsed;
    for (let key = 0; key < 200_000; key++)
      await rates.take(`address-${String(key)}`, [{ calls: 1, windowMs: 1_000_000 }]);
    assert.ok(process.memoryUsage().heapUsed - before < 50_000_000);
  });
});

describe('a token', () => {
  it('is valid for its own use until the last second', () => {
    let now = 1_000_000;
    const tokens = createTokens({ keys: [randomBytes(32)], now: () => now });
    const token = tokens.issue(WHO);
    assert.equal(tokens.verify(token, 'chat')?.conv, 'c');
    assert.equal(tokens.verify(token, 'resume'), undefined);
    now += 3_599_999;
    assert.ok(tokens.verify(token, 'chat'));
    now += 1;
    assert.equal(tokens.verify(token, 'chat'), undefined);
  });

  it('stays valid after a key change while the old key is listed', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const now = () => 0;
    const token = createTokens({ keys: [old], now }).issue(WHO);
    assert.ok(createTokens({ keys: [fresh, old], now }).verify(token, 'chat'));
    assert.equal(createTokens({ keys: [fresh], now }).verify(token, 'chat'), undefined);
  });

  it('is refused by a registered desk if local mode signed it for staff', () => {
    const keys = [randomBytes(32)] as const;
    const token = createTokens({ keys, now: () => 0 }).issue({ ...WHO, audience: 'partner' });
    assert.ok(createTokens({ keys, now: () => 0 }).verify(token, 'chat'));
    assert.equal(
      createTokens({ keys, now: () => 0, audiences: ['customer'] }).verify(token, 'chat'),
      undefined,
    );
  });

  it('is refused if its lifetime is longer than this server gives', () => {
    const keys = [randomBytes(32)] as const;
    const token = (seconds: number) =>
      createTokens({ keys, now: () => 0, seconds: { chat: seconds } }).issue(WHO);
    const here = createTokens({ keys, now: () => 0 });
    assert.ok(here.verify(token(3_600 + 59), 'chat'));
    assert.equal(here.verify(token(3_600 + 61), 'chat'), undefined);
    assert.equal(here.verify(token(10 * 365 * 86_400), 'chat'), undefined);
  });

  it('is not accepted with any single character changed', () => {
    const tokens = createTokens({ keys: [randomBytes(32)], now: () => 0 });
    const token = tokens.issue(WHO);
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      assert.equal(tokens.verify(changed, 'chat'), undefined, String(index));
    }
  });

  it('needs a key of 32 bytes', () => {
    assert.throws(() => createTokens({ keys: [randomBytes(31)], now: () => 0 }), RangeError);
  });
});

describe('what a client may send', () => {
  it('never sets a field of the server, and throws only known errors', () => {
    const allowed = ['type', 'text', 'textFormat', 'value', 'name', 'replyToId', 'locale', 'channelData'];
    fc.assert(
      fc.property(
        fc.record({ type: fc.constantFrom('message', 'event', 'typing') }, { requiredKeys: ['type'] }),
        fc.dictionary(
          fc.constantFrom(
            'text',
            'value',
            'from',
            'id',
            'timestamp',
            'entities',
            'channelData',
            'attachments',
            'locale',
            'name',
            'serviceUrl',
            '__proto__',
          ),
          fc.jsonValue(),
        ),
        (base, more) => {
          try {
            const activity = clientActivity({ ...more, ...base });
            for (const key of Object.keys(activity)) assert.ok(allowed.includes(key), key);
            const { channelData } = activity as { channelData?: object };
            for (const key of Object.keys(channelData ?? {}))
              assert.ok(['clientActivityID', 'postBack'].includes(key));
          } catch (error) {
            assert.match((error as { code?: string }).code ?? '', /^(request\.|upload\.)/);
          }
        },
      ),
    );
  });

  it('names a language only by a tag', () => {
    for (const tag of ['en', 'zh-TW', 'zh-Hant-HK', 'de-DE']) assert.equal(languageTag(tag), tag);
    for (const tag of ['', 'e', '../x', 'en_US', 'a'.repeat(40), 7, null, undefined, 'en-US\n'])
      assert.equal(languageTag(tag), undefined);
  });
});

describe('a visitor’s time zone', () => {
  it('is kept if it has the form of a time zone', () => {
    const zoneOf = (localTimezone: unknown) =>
      clientActivity({ type: 'message', text: 'x', localTimezone }).localTimezone;
    for (const zone of ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'])
      assert.equal(zoneOf(zone), zone);
    for (const other of [null, 5, '', '<b>', 'a/b/c/d', '../x', 'x'.repeat(65), 'Europe/Berlin\n'])
      assert.equal(zoneOf(other), undefined);
  });
});
