/** Behind a proxy that sends another Host: the pages of OFFER_DESK_PUBLIC_URL may open a chat, and its sockets are wss there. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { startConnector, type FakeConnector } from '../../helpers/fake-connector.js';
import { REGISTERED, startKeyServer, type KeyServer } from '../../helpers/key-server.js';

const PUBLIC = 'https://desk.contoso.com';

describe('behind a proxy', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let keys: KeyServer;
  before(async () => {
    [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    desk = await startDesk(
      { ...REGISTERED, OFFER_DESK_PUBLIC_URL: PUBLIC, OFFER_DESK_PROXIES: '1' },
      { sdk: keys.sdk(connector.url) },
    );
  });
  after(async () => {
    await desk?.close();
    await Promise.all([connector?.close(), keys?.close()]);
  });

  /** As the proxy passes it on: to the address of the server, under a Host of its own. */
  const post = (path: string, origin: string, token?: string) =>
    new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
      const body = JSON.stringify({ audience: 'customer', locale: 'en-US' });
      const headers = {
        host: 'backend.internal:8080',
        origin,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const sent = request(`${desk.url}${path}`, { method: 'POST', headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }),
        );
      });
      sent.once('error', reject);
      sent.end(body);
    });

  it('opens a chat with a wss socket at the public address', async () => {
    const made = await post('/api/token', PUBLIC);
    assert.equal(made.status, 200, JSON.stringify(made.body));
    const opened = await post('/v3/directline/conversations', PUBLIC, String(made.body.token));
    assert.ok(opened.status === 200 || opened.status === 201, JSON.stringify(opened.body));
    assert.match(String(opened.body.streamUrl), /^wss:\/\/desk\.contoso\.com\/v3\/directline\//);
  });

  it('lets the pages open a socket at the public address', async () => {
    for (const path of ['/', '/widget/frame?partner=partner']) {
      const answer = await fetch(`${desk.url}${path}`);
      assert.equal(answer.status, 200, path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(/connect-src [^;]*/.exec(policy)?.[0] ?? '', / wss:\/\/desk\.contoso\.com( |$)/, path);
    }
  });

  it('counts wrong tokens of senders by the address that the proxy reports', async () => {
    const tryAs = async (address: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
      const answer = await fetch(`${desk.url}/api/outages/nobody`, { method: 'POST', headers, body: '{}' });
      return answer.status;
    };
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) statuses.push(await tryAs('203.0.113.7'));
    assert.equal(statuses.at(-1), 429, statuses.join());
    assert.equal(await tryAs('203.0.113.8'), 401);
  });

  it('refuses a page of another address and names the setting', async () => {
    const refused = await post('/api/token', 'https://evil.example');
    assert.equal(refused.status, 403);
    const { remedy } = (await import('../../../core/errors.js')).ERRORS['request.origin'];
    assert.match(remedy, /OFFER_DESK_PUBLIC_URL/);
  });
});
