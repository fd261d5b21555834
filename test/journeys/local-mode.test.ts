/** Local mode authenticates nobody, so it answers this computer only, and administration has to be switched on. */
import assert from 'node:assert/strict';
import { readConfig } from '../../bot/app/config.js';
import { REGISTERED } from '../helpers/key-server.js';
import { startDesk, textOf, Visitor, type Desk } from '../helpers/desk.js';
import { call, Listener, startConversation } from '../helpers/direct-line.js';
import { isCode } from '../helpers/errors.js';

const PROXIED = [
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Real-IP',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Azure-ClientIP',
  'X-ARR-SSL',
  'CF-Connecting-IP',
  'CF-Ray',
  'Fly-Client-IP',
  'Fastly-Client-IP',
  'True-Client-IP',
  'Forwarded',
  'Via',
];

describe('local mode', function () {
  const opened: Desk[] = [];
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk.close();
  });
  const start = async (...given: Parameters<typeof startDesk>) => {
    const desk = await startDesk(...given);
    opened.push(desk);
    return desk;
  };

  it('refuses every request of a proxy or a tunnel, on every route and socket, and says why', async () => {
    const desk = await start();
    const { streamUrl } = await startConversation(desk.url);
    for (const name of PROXIED) {
      const headers = { [name]: '127.0.0.1' };
      for (const [method, path] of [
        ['GET', '/'],
        ['GET', '/healthz'],
        ['POST', '/api/token'],
        ['POST', '/api/outages/contoso'],
        ['GET', '/no-such-route'],
      ] as const) {
        const answer = await call(desk.url + path, method, { headers });
        assert.equal(answer.status, 421, `${name} ${path}`);
        assert.match(answer.text, /Local mode answers no proxy/);
      }
      assert.equal(await new Listener(streamUrl, headers).opened(), 421, name);
    }
    assert.equal((await call(`${desk.url}/healthz`, 'GET')).status, 200);
    assert.ok(!desk.entries.some((entry) => JSON.stringify(entry).includes('127.0.0.1, ')));
  });

  it('answers a proxy when the bot is registered', async () => {
    const desk = await start(REGISTERED);
    const headers = { 'x-forwarded-for': '203.0.113.7', via: '1.1 proxy' };
    assert.equal((await call(`${desk.url}/healthz`, 'GET', { headers })).status, 200);
  });

  it('administers only with the switch, and the page then says so', async () => {
    const without = await start({}, { localAdmin: false });
    const staff = await Visitor.join(without.url, 'partner');
    const [refused] = await staff.say('admin');
    assert.ok(refused);
    assert.doesNotMatch(textOf(refused), /Partner profile|History/i);
    assert.doesNotMatch((await call(`${without.url}/`, 'GET')).text, />Administration is on/);
    const desk = await start();
    const administrator = await Visitor.join(desk.url, 'partner');
    const [menu] = await administrator.say('admin');
    assert.ok(menu);
    assert.match(textOf(menu), /profile/i);
    assert.match((await call(`${desk.url}/`, 'GET')).text, />Administration is on/);
  });

  it('takes the switch only without a registration, and knows no other option', () => {
    assert.equal(readConfig({}, '/').localAdmin, false);
    assert.equal(readConfig({}, '/', ['--local-admin']).localAdmin, true);
    for (const [env, options] of [
      [REGISTERED, ['--local-admin']],
      [{}, ['--local-admin=yes']],
      [{}, ['--help', '--local-admin']],
    ] as const)
      assert.throws(() => readConfig(env, '/', options), isCode('config.invalid'), options.join(' '));
  });
});
