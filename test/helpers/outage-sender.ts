/** A sender of outage notices with its token, and the cards that the notices cause. */
import assert from 'node:assert/strict';
import { addSource } from '../../bot/cli/outage-sources.js';
import { textOf, type Desk, type Reply } from './desk.js';
import type { FakeConnector } from './fake-connector.js';
import type { BotMessage } from './teams-chat.js';
import { PATIENCE_MS } from './patience.js';

/** Registers a sender. The returned function reports an outage of the offer in this state. */
export async function outageSender(
  desk: Desk,
  id: string,
  offerName: string,
): Promise<(state: string) => Promise<void>> {
  const { sources, secrets } = desk.app.stores.outages;
  const source = { id, format: 'own', publisher: 'contoso', confirmFrom: 'never' };
  const { directory } = desk.app.directory.view();
  const deps = { sources, secrets, directory, actor: 'test', now: Date.now, publicUrl: desk.url };
  const token = /\?token=([\w-]+)/.exec(JSON.stringify(await addSource(deps, source)))?.[1] ?? '';
  const [offer] = desk.app.directory.view().index.search(offerName, 1);
  const event = {
    id,
    title: `${id} is down`,
    severity: 'critical',
    affected: { offers: [offer?.offerId] },
  };
  return async (state) => {
    const body = JSON.stringify({ ...event, state, updated: new Date().toISOString() });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${desk.url}/api/outages/${id}?token=${token}`, {
      method: 'POST',
      headers,
      body,
    });
    assert.ok(answer.ok, await answer.text());
  };
}

/** Looks until there is a result. @throws Error that names the missing thing. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come`);
}

/** Waits for the card of an outage in a conversation. */
export function cardIn(connector: FakeConnector, conversationId: string, title: string): Promise<BotMessage> {
  return until(() => {
    const at = connector.sent.findIndex(
      ({ method, path, activity }) =>
        method === 'POST' &&
        decodeURIComponent(path).includes(conversationId) &&
        textOf(activity as unknown as Reply).includes(title),
    );
    const found = connector.sent[at];
    return found && { ...(found.activity as unknown as Reply), sentId: `sent-${at + 1}` };
  }, title);
}

/** The delivery of an open outage to a recipient. Undefined when there is no delivery. */
export async function deliveryOf(desk: Desk, title: string, readerId: string) {
  const { incidents, deliveries } = desk.app.stores.outages;
  const found = (await incidents.open()).find((one) => one.title.startsWith(title));
  assert.ok(found, `${title} is not open`);
  return deliveries.one(found.id, readerId);
}
