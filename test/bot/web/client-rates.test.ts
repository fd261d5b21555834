/** What one client may do: thirty conversations from one address are slowed down, three hundred an hour are impossible. */
import assert from 'node:assert/strict';
import { readConfig } from '../../../bot/app/config.js';
import { clientRates, timesFor } from '../../../bot/web/client-rates.js';
import { memoryRates } from '../../../bot/web/directline/limits.js';
import { isCode } from '../../helpers/errors.js';
import { say, startConversation } from '../../helpers/direct-line.js';
import { startWebServer, type WebServerOptions } from '../../helpers/web-server.js';

const HOUR_MS = 3_600_000;
const USUAL = { tokensPerMinute: 10, tokensPerHour: 60, messagesPerMinute: 60 };

describe('the rates of one client', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  const start = async (options: WebServerOptions) => {
    const web = await startWebServer(options);
    opened.push(web);
    return web;
  };

  it('slow down thirty conversations of one address, and allow less than three hundred in an hour', async () => {
    let now = 1_700_000_000_000;
    const rates = clientRates({ rates: memoryRates(() => now), limits: USUAL });
    let atOnce = 0;
    for (let n = 0; n < 30; n += 1) if ((await rates.conversation('203.0.113.7')) === 0) atOnce += 1;
    assert.equal(atOnce, 10);
    assert.equal(await rates.conversation('203.0.113.8'), 0, 'another address does not wait');
    let inAnHour = atOnce;
    for (const end = now + HOUR_MS; now < end; now += 1_000)
      if ((await rates.conversation('203.0.113.7')) === 0) inAnHour += 1;
    assert.ok(inAnHour > 60 && inAnHour <= 120, String(inAnHour));
  });

  it('let a page of a visitor load more often than new conversations begin', async () => {
    const rates = clientRates({ rates: memoryRates(() => 0), limits: USUAL });
    for (let n = 0; n < 60; n += 1) assert.equal(await rates.renewal('203.0.113.7'), 0);
    assert.ok((await rates.renewal('203.0.113.7')) > 0);
  });

  it('count messages of an address and of a customer in all their conversations', async () => {
    const rates = clientRates({ rates: memoryRates(() => 0), limits: { ...USUAL, messagesPerMinute: 2 } });
    const from = (conversation: string, address: string, customer?: string) =>
      rates.message({ conversation, address, customer });
    const count = async (send: (n: number) => Promise<number>) => {
      let sent = 0;
      for (let n = 0; n < 50; n += 1) if ((await send(n)) === 0) sent += 1;
      return sent;
    };
    assert.equal(await count(() => from('one', '203.0.113.1')), 2);
    assert.equal(await count((n) => from(`of-address-${n}`, '203.0.113.2')), 8);
    assert.equal(await count((n) => from(`of-customer-${n}`, `198.51.100.${n}`, 'customer')), 4);
  });

  it('give a known address or network its factor, and no other address', async () => {
    const times = timesFor([
      { network: '203.0.113.0/24', times: 10 },
      { network: '2001:db8:1::/48', times: 5 },
      { network: '198.51.100.9', times: 3 },
    ]);
    assert.deepEqual(
      [
        '203.0.113.77',
        '2001:db8:1:2::/64',
        '198.51.100.9',
        '198.51.100.8',
        '2001:db8:2:2::/64',
        'unknown',
      ].map(times),
      [10, 5, 3, 1, 1, 1],
    );
    const known = [{ network: '203.0.113.0/24', times: 10 }];
    const rates = clientRates({ rates: memoryRates(() => 0), limits: USUAL, known });
    for (let n = 0; n < 100; n += 1) assert.equal(await rates.conversation('203.0.113.7'), 0);
    assert.ok((await rates.conversation('203.0.113.7')) > 0);
  });

  it('count the messages of two conversations of one address over HTTP, with the time to wait', async () => {
    const web = await start({ now: () => 1_700_000_000_000, limits: { messagesPerMinute: 1 } });
    const sayOnce = async () => {
      const conversation = await startConversation(web.url);
      return say(conversation, 'hello');
    };
    for (let n = 0; n < 4; n += 1) assert.equal((await sayOnce()).status, 200);
    const refused = await sayOnce();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '15');
  });

  it('read known addresses from the settings, and refuse a wrong one', () => {
    const read = (text: string) => readConfig({ OFFER_DESK_KNOWN_ADDRESSES: text }, '/').knownAddresses;
    assert.deepEqual(read('203.0.113.0/24=10, 2001:db8::1=2'), [
      { network: '203.0.113.0/24', times: 10 },
      { network: '2001:db8::1', times: 2 },
    ]);
    for (const wrong of [
      '203.0.113.7',
      '203.0.113.7=0',
      '203.0.113.7=101',
      '203.0.113.0/33=2',
      'desk.contoso.com=2',
      '::/129=2',
    ])
      assert.throws(() => read(wrong), isCode('config.invalid'), wrong);
  });
});
