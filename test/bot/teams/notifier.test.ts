/** Cards sent unasked: what each answer of the connector means for the card, and what is sent at all. */
import assert from 'node:assert/strict';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import { createNotifier, resultOf, type NotifierDeps } from '../../../bot/teams/notifier.js';
import { NO_SPANS } from '../../../bot/runtime/spans.js';
import { begin, record, type Delivery } from '../../../core/incident/delivery.js';
import { outcomeOf } from '../../../core/incident/delivery-outcome.js';
import { planDeliveries } from '../../../core/incident/plan.js';
import type { RecipientProfile } from '../../../core/incident/ports.js';
import { startConnector, type FakeConnector } from '../../helpers/fake-connector.js';
import { incident as opened, NOON } from '../../helpers/incidents.js';
import { about } from '../../helpers/outage-recipients.js';

const incident = opened();
const follows = { what: { kind: 'everything' }, from: 'none', by: 'reader' } as const;
const ann: RecipientProfile = {
  ...about('ann'),
  subscriptions: [follows],
  optedOut: false,
  reachable: true,
  quiet: null,
};
const facts = { now: NOON, silences: [], openIncidents: [], publisherOf: () => undefined };
const [due] = planDeliveries({
  incident,
  announce: 'new',
  recipients: [ann],
  deliveries: new Map(),
  facts,
}).deliveries;

/** The card after a create that was answered like that. */
function standing(error: unknown): string {
  const sending = due && begin(due, NOON);
  assert.ok(sending);
  const { delivery, effects } = record(sending, outcomeOf(resultOf(error, NOON)), NOON, 0.5);
  return [delivery.status, delivery.suspected > 0 ? 'suspected' : '', ...effects.map((one) => one.kind)]
    .filter((part) => part !== '')
    .join(' ');
}

/** As the SDK's REST client throws it. */
const rest = (statusCode: number, code = '', headers: Record<string, string> = {}) => ({
  name: 'RestError',
  statusCode,
  body: { error: { code } },
  response: { headers: { get: (name: string) => headers[name] } },
});

/** As the identity library throws it. */
const identity = (name: string, errorCode: string) =>
  Object.assign(new Error(`${errorCode}: See the documentation for details`), { name, errorCode });

describe('what a failed request means for the card', () => {
  const table: readonly (readonly [string, unknown, string])[] = [
    ['429 with Retry-After', rest(429, 'Throttled', { 'retry-after': '7' }), 'due pause-tenant'],
    ['412 PreconditionFailed', rest(412, 'PreconditionFailed'), 'due'],
    ['500', rest(500, 'ServiceError'), 'due suspected'],
    ['502', rest(502), 'due suspected'],
    ['503', rest(503), 'due suspected'],
    ['504', rest(504), 'due suspected'],
    ['400 of a bad card', rest(400, 'BadSyntax'), 'dead'],
    ['413 MessageSizeTooBig', rest(413, 'MessageSizeTooBig'), 'dead'],
    ['401 BotNotRegistered', rest(401, 'BotNotRegistered'), 'due pause-all'],
    [
      '403 ConversationBlockedByUser',
      rest(403, 'ConversationBlockedByUser'),
      'stopped recipient-unreachable',
    ],
    [
      '403 BotNotInConversationRoster',
      rest(403, 'BotNotInConversationRoster'),
      'stopped recipient-unreachable',
    ],
    ['403 MessageWritesBlocked', rest(403, 'MessageWritesBlocked'), 'stopped recipient-unreachable'],
    ['403 BotDisabledByAdmin', rest(403, 'BotDisabledByAdmin'), 'due disabled-by-admin'],
    ['404 ConversationNotFound', rest(404, 'ConversationNotFound'), 'stopped recipient-unreachable'],
    ['a time-out', { name: 'AbortError' }, 'due suspected'],
    ['a socket that timed out', { name: 'Error', code: 'ETIMEDOUT' }, 'due suspected'],
    ['a reset', { name: 'FetchError', code: 'ECONNRESET' }, 'due suspected'],
    ['a refused connection', { name: 'FetchError', code: 'ECONNREFUSED' }, 'due'],
    [
      'a name nobody knows',
      { name: 'FetchError', message: 'request failed, getaddrinfo ENOTFOUND x' },
      'due',
    ],
    ['a secret that is not accepted', identity('ServerError', 'invalid_client'), 'due pause-all'],
    [
      'a token without content',
      new Error('Authentication: No access token received from MSAL.'),
      'due pause-all',
    ],
    ['an identity service that is away', identity('ClientAuthError', 'endpoints_resolution_error'), 'due'],
    ['something that is no error', 'oh', 'due suspected'],
  ];
  for (const [what, error, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(standing(error), expected);
    });
  }

  it('keeps the wait the platform asked for, as seconds and as a date', () => {
    const wait = (value: string) => resultOf(rest(429, '', { 'retry-after': value }), NOON);
    assert.deepEqual(wait('7'), { kind: 'answered', status: 429, code: '', retryAfterMs: 7000 });
    const later = new Date(NOON + 90_000).toUTCString();
    assert.deepEqual(wait(later), { kind: 'answered', status: 429, code: '', retryAfterMs: 90_000 });
  });
});

describe('a card sent unasked', () => {
  let connector: FakeConnector;
  let recipient: RecipientProfile | undefined = ann;
  const card = { card: { type: 'AdaptiveCard' }, summary: 'An outage', text: 'An outage' };
  before(async () => (connector = await startConnector()));
  after(() => connector.close());

  const notifier = (over: Partial<NotifierDeps> = {}) =>
    createNotifier({
      connectorFor: (baseUri) =>
        Promise.resolve(new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri })),
      references: {
        list: () =>
          Promise.resolve([
            {
              reference: {
                serviceUrl: connector.url,
                channelId: 'msteams',
                bot: { id: '28:b' },
                user: { id: '29:a' },
              },
            },
          ]),
      },
      recipients: { byId: () => Promise.resolve(recipient) },
      mayAnswerTo: () => true,
      render: {
        card: () => Promise.resolve(card),
        alert: () => card,
        digest: () => card,
        weekly: () => Promise.resolve(card),
      },
      mark: (activity) => activity,
      spans: NO_SPANS,
      now: () => NOON,
      ...over,
    });
  const delivery = (over: Partial<Delivery> = {}): Delivery => {
    assert.ok(due);
    return { ...due, ...over };
  };

  it('goes to the recipient’s conversation, rings when it is new and not when it changes', async () => {
    const one = notifier();
    const made = await one.create(delivery(), incident);
    assert.deepEqual(made, { kind: 'answered', status: 200, activityId: 'sent-1' });
    await one.update(delivery({ activityId: 'm/1' }), incident);
    await one.reply(delivery({ activityId: 'm/1' }), incident);
    const [created, updated, replied] = connector.sent;
    assert.deepEqual(
      connector.sent.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
      [
        'POST /v3/conversations/a:ann/activities',
        'PUT /v3/conversations/a:ann/activities/m/1',
        'POST /v3/conversations/a:ann/activities/m/1',
      ],
    );
    assert.deepEqual(created?.activity.channelData, { notification: { alert: true } });
    assert.equal(updated?.activity.channelData, undefined);
    assert.equal(replied?.activity.replyToId, 'm/1');
    assert.deepEqual([created?.activity.from, created?.activity.recipient], [{ id: '28:b' }, { id: '29:a' }]);
  });

  it('is requested once, whatever the SDK would repeat', async () => {
    const before = connector.sent.length;
    connector.failAll(503);
    const result = await notifier().create(delivery(), incident);
    connector.failAll(undefined);
    assert.deepEqual([result.kind === 'answered' && result.status, connector.sent.length - before], [503, 1]);
  });

  it('goes nowhere the bot may not speak to, and to nobody it does not know', async () => {
    const before = connector.sent.length;
    const refused = await notifier({ mayAnswerTo: () => false }).create(delivery(), incident);
    assert.deepEqual(outcomeOf(refused).kind, 'refused');
    recipient = undefined;
    const unknown = await notifier().create(delivery(), incident);
    recipient = ann;
    assert.deepEqual(outcomeOf(unknown), { kind: 'gone', code: '404 ConversationNotFound' });
    const nowhere = await notifier({ references: { list: () => Promise.resolve([]) } }).create(
      delivery(),
      incident,
    );
    assert.equal(outcomeOf(nowhere).kind, 'gone');
    assert.equal(connector.sent.length, before);
  });
});
