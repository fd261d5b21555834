/** Partner Center over HTTP: sign-in, customers, subscriptions, refusals, throttling and silence. */
import assert from 'node:assert/strict';
import { openPartnerCenter } from '../../../bot/partner-center/partner-center.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import {
  ACCOUNT,
  startPartnerCenter,
  subscriptionBody,
  type PartnerCenterServer,
} from '../../helpers/partner-center-server.js';

const CONTOSO = 'c5757d70-06f3-4f23-8367-5a9e55019f94';
const UNKNOWN = 'bfbd6ef0-311f-47ec-bbd7-0fcb7846661b';
const HELD = [
  { id: CONTOSO, name: 'Contoso Hotels', subscriptions: [subscriptionBody('Northwind Backup', 'Northwind')] },
  { id: '7b26b357-9ca3-48b8-a58e-4febe2662a5d', name: 'Contoso "Spa" & Sons', subscriptions: [] },
  { id: 'dddddddd-0000-4000-8000-000000000001', name: 'Fabrikam', subscriptions: [] },
];
const FOUND = { kind: 'known', value: { customers: [], more: false } } as const;

describe('Partner Center', () => {
  let server: PartnerCenterServer;
  let log: CapturedLog;
  let now: number;
  let waited: number[];
  beforeEach(async () => {
    server = await startPartnerCenter(HELD);
    log = new CapturedLog();
    now = Date.UTC(2026, 2, 2);
    waited = [];
  });
  afterEach(async () => {
    assert.doesNotMatch(log.text, /canary|contoso|northwind|c5757d70/i, 'the log has no token and no name');
    await server.close();
  });
  let ids = 0;
  const open = (patienceMs?: number, account = ACCOUNT) =>
    openPartnerCenter({
      account,
      send: server.send,
      now: () => now,
      log,
      newId: () => `99999999-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
      wait: (ms) => Promise.resolve(waited.push(ms)),
      ...(patienceMs !== undefined && { patienceMs }),
    });
  const throttled = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });

  it('gives the customers whose name begins with the words, in any case, with quotes in it', async () => {
    const answer = await open().customersNamed('contoso');
    assert.deepEqual(answer, {
      kind: 'known',
      value: {
        customers: [
          { id: CONTOSO, name: 'Contoso Hotels', domain: 'contosohotels.onmicrosoft.com' },
          { id: HELD[1]!.id, name: HELD[1]!.name, domain: 'contosospasons.onmicrosoft.com' },
        ],
        more: false,
      },
    });
    const [one] = await Promise.all([open().customersNamed('Contoso "Spa" &')]);
    assert.equal(one.kind === 'known' && one.value.customers.length, 1);
  });

  it('sends the documented headers with a new request id each time', async () => {
    const center = open();
    await center.customersNamed('contoso');
    await center.subscriptionsOf(CONTOSO);
    const [first, second] = server.requests.map(({ headers }) => headers);
    assert.match(first!['ms-correlationid'] as string, /^[\da-f-]{36}$/);
    assert.notEqual(first!['ms-requestid'], second!['ms-requestid']);
    assert.equal(first!['x-locale'], 'en-US');
    assert.equal(server.tokensGiven, 1, 'one sign-in for both');
  });

  it('says that there are more customers than one page', async () => {
    server.customers = Array.from({ length: 25 }, (_, at) => ({
      ...HELD[2]!,
      name: `Fabrikam ${String(at)}`,
    }));
    const answer = await open().customersNamed('Fabrikam');
    assert.ok(answer.kind === 'known');
    assert.deepEqual([answer.value.customers.length, answer.value.more], [20, true]);
  });

  it('gives the subscriptions of a customer, and none for one that Partner Center does not know', async () => {
    assert.deepEqual(await open().subscriptionsOf(CONTOSO), {
      kind: 'known',
      value: [
        {
          offerName: 'Northwind Backup',
          publisherName: 'Northwind',
          channel: 'partner',
          supportedBy: 'publisher',
          state: 'active',
        },
      ],
    });
    assert.deepEqual(await open().subscriptionsOf(UNKNOWN), { kind: 'known', value: [] });
  });

  it('signs in again before the token ends, with the newest refresh token', async () => {
    const center = open();
    await center.customersNamed('x');
    now += 54 * 60_000;
    await center.customersNamed('x');
    assert.equal(server.tokensGiven, 1);
    now += 2 * 60_000;
    assert.deepEqual(await center.customersNamed('x'), FOUND);
    assert.equal(server.tokensGiven, 2);
  });

  it('signs in again once when the token is refused', async () => {
    const center = open();
    await center.customersNamed('x');
    server.endTokens();
    assert.deepEqual(await center.customersNamed('x'), FOUND);
    assert.equal(server.tokensGiven, 2);
    server.replies = [{ status: 401 }, { status: 401 }, { status: 401 }];
    assert.deepEqual(await center.customersNamed('x'), { kind: 'refused' });
    assert.equal(server.replies.length, 1, 'not a third time');
  });

  it('says that it is refused: by the sign-in, or by a missing permission', async () => {
    const wrong = await open(undefined, { ...ACCOUNT, refreshToken: 'ended' }).customersNamed('x');
    assert.deepEqual(wrong, { kind: 'refused' });
    assert.match(log.text, /AADSTS70000/);
    assert.equal(server.requests.length, 0);
    server.replies = [{ status: 403, body: '{"code":"2032","description":"Access denied for Contoso"}' }];
    assert.deepEqual(await open().customersNamed('x'), { kind: 'refused' });
  });

  it('waits a short time when throttled, and asks once more', async () => {
    server.replies = [throttled('1')];
    assert.deepEqual(await open().customersNamed('x'), FOUND);
    assert.deepEqual(waited, [1_000]);
  });

  it('is busy when throttled for longer, and sends nothing until that time is over', async () => {
    const center = open();
    server.replies = [throttled('30')];
    assert.deepEqual(await center.customersNamed('x'), { kind: 'busy' });
    assert.deepEqual(await center.subscriptionsOf(CONTOSO), { kind: 'busy' });
    assert.equal(server.requests.length, 1);
    now += 30_000;
    assert.deepEqual(await center.customersNamed('x'), FOUND);
    assert.deepEqual(waited, []);
  });

  it('reads a date as the waiting time', async () => {
    server.replies = [throttled(new Date(now + 60_000).toUTCString())];
    assert.deepEqual(await open().customersNamed('x'), { kind: 'busy' });
  });

  it('asks once more after an error of the service, and then gives up', async () => {
    server.replies = [{ status: 503 }];
    assert.deepEqual(await open().customersNamed('x'), FOUND);
    server.replies = [{ status: 500 }, { status: 502 }, { status: 503 }];
    assert.deepEqual(await open().customersNamed('x'), { kind: 'unavailable' });
    assert.equal(server.replies.length, 1);
  });

  it('does not wait for an answer that does not come', async () => {
    server.silent = true;
    assert.deepEqual(await open(300).customersNamed('x'), { kind: 'unavailable' });
    assert.match(log.text, /TimeoutError/);
  });

  it('gives nothing for an answer that is not understood', async () => {
    const bodies = ['', '<html>', '[]', '{"items":"none"}', 'null'];
    for (const body of bodies) {
      server.replies = [{ status: 200, body }];
      assert.deepEqual(await open().customersNamed('x'), { kind: 'unavailable' }, body);
    }
    server.replies = [{ status: 302, headers: { location: 'https://evil.example/' } }];
    assert.deepEqual(await open().customersNamed('x'), { kind: 'unavailable' });
    server.signIns = [{ status: 200, body: '{"access_token":"canary","expires_in":"never"}' }];
    assert.deepEqual(await open().customersNamed('x'), { kind: 'unavailable' });
  });
});
