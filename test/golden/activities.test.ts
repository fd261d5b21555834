/**
 * Replays the recorded and documented Teams activities through the real route and real authentication. `activities.json` holds
 * what each gets: `raw` as it was written down (many are cut short, and refused), `whole` with the platform's envelope.
 * OFFER_DESK_GOLDEN=write writes the list anew, for looking at.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDesk, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';

interface Outcome {
  readonly status: number;
  /** Messages of the bot. */
  readonly cards: number;
  /** Shape of an invoke's answer. */
  readonly response?: string;
}
type Golden = Readonly<Record<string, { readonly raw: Outcome; readonly whole: Outcome }>>;

const GOLDEN = path.join(path.dirname(fileURLToPath(import.meta.url)), 'activities.json');
const folder = process.env.OFFER_DESK_REAL_DATA && path.join(process.env.OFFER_DESK_REAL_DATA, 'activities');
const golden = JSON.parse(existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '{}') as Golden;
const files =
  folder && existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

describe('recorded Teams activities', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let keys: KeyServer;
  const seen: Record<string, { raw: Outcome; whole: Outcome }> = {};
  before(async function () {
    if (files.length === 0) return this.skip(); // needs OFFER_DESK_REAL_DATA
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    desk = await startDesk(REGISTERED, { sdk: keys.sdk(connector.url) });
  });
  after(async () => {
    if (!desk) return;
    await Promise.all([desk.close(), connector.close(), keys.close()]);
    if (process.env.OFFER_DESK_GOLDEN === 'write')
      writeFileSync(GOLDEN, `${JSON.stringify(seen, null, 1)}\n`);
  });

  async function replay(activity: Record<string, unknown>): Promise<Outcome> {
    const before = connector.sent.length;
    const { serviceUrl = SERVICE_URL } = activity as { serviceUrl?: string };
    const answer = await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${keys.token({ serviceurl: serviceUrl })}`,
      },
      body: JSON.stringify(activity),
    });
    const text = await answer.text();
    const response = answer.ok && text !== '' ? shapeOf(JSON.parse(text)) : undefined;
    const sent = connector.sent.slice(before);
    assert.ok(sent.every((one) => one.activity.type === 'message'));
    return { status: answer.status, cards: sent.length, ...(response === undefined ? {} : { response }) };
  }

  const failures = () => desk.entries.filter((entry) => entry.event === 'turn.failed').length;

  for (const file of files) {
    it(`${file} gets the listed answer, and nothing throws`, async () => {
      const recorded = JSON.parse(readFileSync(path.join(folder!, file), 'utf8')) as Record<string, unknown>;
      const before = failures();
      // The service address of a recording may be anything; only Microsoft's own is answered, and only there is a connector.
      const led = /^https:\/\/(smba\.|[\w.]+\.botframework\.com)/.test(String(recorded.serviceUrl));
      const raw = await replay(led ? { ...recorded, serviceUrl: SERVICE_URL } : recorded);
      const whole = await replay(completed(recorded, file));
      seen[file] = { raw, whole };
      assert.equal(failures(), before);
      if (process.env.OFFER_DESK_GOLDEN !== 'write') assert.deepEqual(seen[file], golden[file]);
    });
  }

  it('are all in the list', function () {
    if (process.env.OFFER_DESK_GOLDEN === 'write') return this.skip(); // the list is just being written
    assert.deepEqual([...files].sort(), Object.keys(golden).sort());
  });
});

/** The recording with what the platform always sends and a document leaves out. */
function completed(recorded: Record<string, unknown>, file: string): Record<string, unknown> {
  const fields = (value: unknown) => (typeof value === 'object' && value !== null ? value : {});
  const { conversation, from, recipient } = recorded;
  return {
    channelData: { tenant: { id: 'aaaaaaaa-0000-0000-0000-000000000001' } },
    ...recorded,
    channelId: 'msteams',
    id: `f:${file}`,
    serviceUrl: SERVICE_URL,
    from: { id: '29:ada', name: 'Ada', aadObjectId: 'a', ...fields(from) },
    recipient: { id: '28:00000000-0000-4000-8000-000000000001', name: 'Offer Desk', ...fields(recipient) },
    conversation: { ...fields(conversation), id: `19:${file}` },
  };
}

/** `composeExtension: result`, `task: continue`, the type of a card's answer, or `empty`. */
function shapeOf(body: unknown): string {
  const one = body as {
    composeExtension?: { type: string };
    task?: { type: string };
    type?: string;
  };
  if (one.composeExtension) return `composeExtension: ${one.composeExtension.type}`;
  if (one.task) return `task: ${one.task.type}`;
  return one.type ?? (Object.keys(one).length === 0 ? 'empty' : Object.keys(one).join(', '));
}
