/** Notices through Amazon SNS: the server believes only what Amazon signed. */
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import sinon from 'sinon';
import { amazonSns, isAmazonSns, verifySns } from '../../../bot/outages/sns.js';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import { parseOutage } from '../../../bot/outages/parsers/registry.js';
import { CERTIFICATE_URL, SNS_HOST, snsKey, snsMessage } from '../../helpers/amazon-sns.js';
import { startDesk, type Desk } from '../../helpers/desk.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const amazonKey = snsKey();
const otherKey = snsKey();
const alarm = (name: string) =>
  JSON.stringify({
    AlarmName: name,
    AlarmArn: `arn:${name}`,
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold crossed\nfor "5xx"',
    StateChangeTime: new Date().toISOString(),
  });

async function verdict(message: Readonly<Record<string, unknown>>, pem = amazonKey.pem): Promise<string> {
  const parsed = parseOutage('aws', JSON.stringify(message));
  assert.ok(parsed.kind === 'events' && parsed.envelope, JSON.stringify(parsed));
  return verifySns(parsed.envelope, { certificate: () => Promise.resolve(pem) });
}

describe('the signature of Amazon SNS', () => {
  for (const version of ['1', '2'] as const)
    it(`verifies signature version ${version}, with and without a subject`, async () => {
      const subject = { Subject: 'ALARM: "a" in EU (Ireland) ' };
      for (const fields of [{ Message: alarm('a') }, { Message: alarm('a'), ...subject }])
        assert.equal(
          await verdict(snsMessage(amazonKey, 'Notification', fields, version)),
          'verified',
          JSON.stringify(fields),
        );
    });

  it('verifies the confirmation of a subscription', async () => {
    const message = snsMessage(amazonKey, 'SubscriptionConfirmation', {
      Message: 'You have chosen to subscribe.',
      SubscribeURL: `${SNS_HOST}/?Action=ConfirmSubscription&Token=abc`,
      Token: 'abc',
    });
    assert.equal(await verdict(message), 'verified');
    assert.equal(
      await verdict({ ...message, SubscribeURL: `${SNS_HOST}/?Action=ConfirmSubscription&Token=xyz` }),
      'wrong-signature',
    );
  });

  const good = snsMessage(amazonKey, 'Notification', { Message: alarm('a'), Subject: 'ALARM' });
  const refused: readonly (readonly [title: string, change: Record<string, unknown>, reason: string])[] = [
    ['a changed message', { Message: alarm('b') }, 'wrong-signature'],
    ['a changed subject', { Subject: 'OK' }, 'wrong-signature'],
    ['another topic', { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:Outages' }, 'wrong-signature'],
    ['another hash than the signature has', { SignatureVersion: '2' }, 'wrong-signature'],
    ['an unknown signature version', { SignatureVersion: '3' }, 'no-signature'],
    ['a name of an object method as version', { SignatureVersion: 'toString' }, 'no-signature'],
    ['no signature', { Signature: '' }, 'no-signature'],
    ['no address of a certificate', { SigningCertURL: undefined }, 'wrong-certificate-url'],
  ];
  for (const [title, change, reason] of refused)
    it(`refuses ${title}`, async () => assert.equal(await verdict({ ...good, ...change }), reason));

  it('never asks for a certificate that is not at Amazon SNS over https', async () => {
    for (const url of [
      'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
      'https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem',
      'https://evil.example#sns.eu-west-1.amazonaws.com/a.pem',
      'https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem',
      'https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns-files.s3.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com/?Action=Subscribe',
      'https://127.0.0.1/SimpleNotificationService-1.pem',
    ]) {
      const forged = snsMessage(otherKey, 'Notification', { Message: alarm('a'), SigningCertURL: url });
      const parsed = parseOutage('aws', JSON.stringify(forged));
      assert.ok(parsed.kind === 'events' && parsed.envelope);
      const certificate = () => assert.fail(`asked ${url}`);
      assert.equal(await verifySns(parsed.envelope, { certificate }), 'wrong-certificate-url', url);
    }
    assert.ok(isAmazonSns('https://sns.cn-north-1.amazonaws.com.cn/x.pem'));
  });

  it('refuses the key of another certificate, and text that is no certificate', async () => {
    assert.equal(await verdict(good, otherKey.pem), 'wrong-signature');
    assert.equal(await verdict(good, '<html>Not found</html>'), 'bad-certificate');
  });

  it('asks for each certificate once, and asks again after a failure', async () => {
    let asked = 0;
    const amazon = amazonSns(() => {
      asked += 1;
      return Promise.resolve(new Response('pem', { status: asked === 1 ? 503 : 200 }));
    });
    await assert.rejects(amazon.certificate(CERTIFICATE_URL), /503/);
    assert.equal(await amazon.certificate(CERTIFICATE_URL), 'pem');
    assert.equal(await amazon.certificate(CERTIFICATE_URL), 'pem');
    assert.equal(asked, 2);
  });
});

describe('a desk that is subscribed to a topic of Amazon SNS', function () {
  let desk: Desk;
  let amazon: http.Server;
  let down = false;
  const visited: string[] = [];

  before(async () => {
    amazon = http.createServer((req, res) => {
      visited.push(`${SNS_HOST}${req.url ?? ''}`);
      res.statusCode = down ? 503 : 200;
      res.end(amazonKey.pem);
    });
    await new Promise<void>((resolve) => amazon.listen(0, '127.0.0.1', resolve));
    const { port } = amazon.address() as AddressInfo;
    // Only the way to Amazon is the test's: its requests end at the server above.
    const toAmazon = (url: URL, _options: unknown, answered: (answer: http.IncomingMessage) => void) => {
      assert.equal(url.origin, SNS_HOST);
      return http.request(`http://127.0.0.1:${String(port)}${url.pathname}${url.search}`, answered);
    };
    sinon.replace(https, 'request', toAmazon as unknown as typeof https.request);
    desk = await startDesk();
    await desk.app.stores.outages.sources.save(
      {
        id: 'cloud', publisherId: 'contoso', offers: 'all', componentOffers: {}, owner: 'publisher', format: 'aws',
        active: true, tellsApart: true, auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] }, confirmAt: null,
      },
      'test',
      1,
    ); // prettier-ignore
  });
  after(async () => {
    sinon.restore();
    amazon?.close();
    await desk?.close();
  });

  const post = async (body: unknown) => {
    const answer = await fetch(`${desk.url}/api/outages/cloud?token=${TOKEN}`, {
      method: 'POST',
      // Amazon sends its JSON with this type.
      headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  const titles = async () =>
    (await desk.app.stores.outages.history.ofSource('cloud', 10)).map((one) => one.title);

  const confirmation = (key = amazonKey) =>
    snsMessage(key, 'SubscriptionConfirmation', {
      Message: 'You have chosen to subscribe.',
      SubscribeURL: `${SNS_HOST}/?Action=ConfirmSubscription&Token=abc`,
      Token: 'abc',
    });

  it('asks Amazon to try again while the certificate cannot be read', async () => {
    down = true;
    assert.equal(await post(confirmation()), 503);
    down = false;
    assert.deepEqual(visited.splice(0), [CERTIFICATE_URL]);
  });

  it('opens the confirmation address only of a message that Amazon signed', async () => {
    assert.equal(await post(confirmation(otherKey)), 401);
    assert.equal(await post({ ...confirmation(), Signature: undefined }), 401);
    assert.deepEqual(visited.splice(0), [CERTIFICATE_URL]);
    assert.equal(await post(confirmation()), 200);
    assert.deepEqual(visited.splice(0), [`${SNS_HOST}/?Action=ConfirmSubscription&Token=abc`]);
  });

  it('opens an incident only for a message that Amazon signed', async () => {
    assert.equal(await post(snsMessage(otherKey, 'Notification', { Message: alarm('forged') })), 401);
    assert.equal(await post(snsMessage(amazonKey, 'Notification', { Message: alarm('shop 5xx') }, '2')), 200);
    assert.deepEqual(await titles(), ['shop 5xx']);
    assert.ok(
      desk.entries.some((one) => one.event === 'outages.refused' && one.reason === 'wrong-signature'),
      'the operator reads the reason',
    );
  });

  it('refuses an SNS message inside another envelope, because its signature would not be verified', () => {
    const data = snsMessage(otherKey, 'Notification', { Message: alarm('wrapped') });
    const event = { specversion: '1.0', id: '1', source: '/x', type: 't', data };
    assert.equal(parseOutage('auto', JSON.stringify(event)).kind, 'error');
    const grid = [{ id: '1', eventType: 't', eventTime: '2026-03-10T10:00:00Z', subject: 's', data }];
    assert.equal(parseOutage('auto', JSON.stringify(grid)).kind, 'error');
  });
});
