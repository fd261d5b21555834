/** The log holds no text, address, id or token of a person, even at debug level. */
import assert from 'node:assert/strict';
import sinon from 'sinon';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { failWrites } from '../helpers/turn-faults.js';

const SAID = 'canarytext';
const MAIL = 'canary-person@contoso.com';
const PHONE = '+14255550199';
const WHO = '29:canary-user-id';
const AAD = 'cccccccc-0000-4000-8000-00000000ca4a';
const NAME = 'Canary Surname';
const CHAT = 'a:canary-chat-id';

describe('the log', function () {
  let desk: Desk;
  let connector: FakeConnector;
  before(async () => {
    connector = await startConnector();
    desk = await startDesk();
  });
  afterEach(() => sinon.restore());
  after(async () => {
    await desk?.close();
    await connector?.close();
  });

  const teams = (over: Record<string, unknown> = {}) =>
    deliver(
      desk.url,
      teamsActivity(connector, {
        text: `${SAID} refund for a vault, mail ${MAIL} or call ${PHONE}`,
        from: { id: WHO, name: NAME, aadObjectId: AAD },
        conversation: {
          id: CHAT,
          conversationType: 'personal',
          tenantId: 'aaaaaaaa-0000-0000-0000-000000000001',
        },
        ...over,
      }),
    );
  const clean = (more: readonly string[] = []) => {
    const text = desk.entries.map((entry) => JSON.stringify(entry)).join('\n');
    for (const canary of [SAID, MAIL, PHONE, WHO, AAD, NAME, CHAT, ...more]) {
      const at = text.indexOf(canary);
      assert.equal(at, -1, `…${text.slice(Math.max(0, at - 300), at + 100)}…`);
    }
  };

  it('holds no content of a successful conversation', async () => {
    await teams();
    await teams({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'x', data: { note: SAID } } },
    });
    await teams({
      type: 'invoke',
      name: 'composeExtension/query',
      value: { commandId: 'findContact', parameters: [{ name: 'q', value: SAID }] },
    });
    await teams({ type: 'installationUpdate', action: 'remove' });
    assert.ok(desk.entries.length > 3);
    clean();
  });

  it('holds no content, token or id of a web conversation', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    await visitor.say(`${SAID} ${MAIL}`);
    clean([visitor.token, visitor.token.split('.')[0] ?? 'none', visitor.conversationId]);
  });

  it('holds no body, path or token of a refused request', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${SAID}.${SAID}.${SAID}` };
    await fetch(`${desk.url}/${SAID}/${MAIL}?token=${SAID}`, { headers });
    await fetch(`${desk.url}/api/messages`, { method: 'POST', headers, body: `{"type":"${SAID}"` });
    await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ type: 'message', text: SAID }),
    });
    await fetch(`${desk.url}/v3/directline/conversations/${SAID}/activities`, { headers });
    clean();
  });

  it('holds only the kind of error of a failed turn, and no forged line', async () => {
    failWrites(desk.app.stores.turns, new Error('key violates a rule'));
    await teams({
      locale: 'en-US',
      type: 'message',
      text: `${SAID}\r\n{"level":"error","event":"forged"}\u001b[31m`,
    });
    assert.ok(desk.entries.some((entry) => entry.event === 'turn.failed'));
    assert.ok(!desk.entries.some((entry) => entry.event === 'forged'));
    clean();
  });
});
