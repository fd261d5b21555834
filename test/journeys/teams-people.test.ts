/** Colleagues on cards, over the real route with real authentication: only staff see presence and the manager. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { People, GraphAnswer } from '../../bot/graph/people.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { clickOf, clicksOf, TeamsChat, type Person, type BotMessage } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const ADA: Person = { id: '29:ada', name: 'Ada', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' };
/** A guest: a person from another tenant. */
const GUEST = { ...ADA, id: '29:guest', tenantId: 'cccccccc-0000-0000-0000-000000000001' };
/** No test asked Graph about this person before. */
const SILENT: Person = { id: '29:ben', name: 'Ben', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000002' };
const OFFER = 'Contoso Backup for Azure';

const known = <T>(value: T): Promise<GraphAnswer<T>> => Promise.resolve({ kind: 'known', value });
/** Settings for the fake Graph. */
const graph = { silent: false };
const asked: string[] = [];
const people: People = {
  idOf: (upn) => {
    asked.push(upn);
    return graph.silent ? new Promise(() => undefined) : known(`id of ${upn}`);
  },
  presenceOf: ([id = '']) => known(new Map([[id, 'available' as const]])),
  managerOf: () =>
    graph.silent
      ? new Promise(() => undefined)
      : known({ id: 'g', name: 'Grace Kim', upn: 'grace@contoso.com' }),
  groupsOf: () => Promise.reject(new Error('no groups are chosen')),
};

/** The sample profile with a Teams address for the desk that also answers "Something else". */
function profileFile(folder: string): string {
  const sample = readFileSync(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8');
  const profile = JSON.parse(sample) as { desks: { billing: Record<string, string> } };
  profile.desks.billing.upn = 'desk@alpineskihouse.com';
  const file = path.join(folder, 'profile.json');
  writeFileSync(file, JSON.stringify(profile));
  return file;
}

describe('colleagues on cards', () => {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let next = 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-people-'));
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_PEOPLE: 'presence,manager',
      OFFER_DESK_PROFILE: profileFile(folder),
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), people });
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close(), keys.close()]);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => (graph.silent = false));

  const chat = (conversationType = 'personal') =>
    new TeamsChat(
      desk,
      connector,
      { id: `a:people-${(next += 1)}`, conversationType },
      { serviceUrl: SERVICE_URL, localTimezone: 'Europe/Berlin' },
      { authorization: `Bearer ${keys.token()}` },
    );
  /** The partner's own desk answers "Something else". */
  async function ask(one: TeamsChat, from: Person): Promise<BotMessage> {
    const [question] = await one.say(OFFER, from);
    const other = clicksOf(question).find((button) =>
      /"(?:issue|kind)":"other"/.test(JSON.stringify(button.data)),
    );
    if (!other) return question!;
    await one.execute(question!, other, from);
    return one.news().at(-1)!;
  }
  async function notHelped(one: TeamsChat, from: Person): Promise<BotMessage> {
    const answer = await ask(one, from);
    await one.execute(answer, clickOf(answer, 'not-helped'), from);
    return one.news().at(-1)!;
  }

  it('show staff the presence of their own colleagues, with the time of the presence', async () => {
    const answer = await ask(chat(), ADA);
    assert.match(textOf(answer), /desk@alpineskihouse\.com/);
    assert.match(textOf(answer), /In Teams: available \(at \d\d:\d\d\)/);
    assert.deepEqual(asked, ['desk@alpineskihouse.com']);
  });

  it('are hidden from guests and from the other members of a group', async () => {
    const shown = [await ask(chat(), GUEST), await ask(chat('groupChat'), ADA)];
    for (const card of shown) {
      assert.match(textOf(card), /Contact first|Alpine/);
      assert.doesNotMatch(JSON.stringify(card), /In Teams:/);
    }
  });

  it('name the manager when an answer did not help, with a chat link that has a first message', async () => {
    const card = await notHelped(chat(), ADA);
    assert.match(textOf(card), /Or contact your manager/);
    assert.match(textOf(card), /grace@contoso\.com/);
    const link = /https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=grace%40contoso\.com&message=([^"]+)/;
    const message = decodeURIComponent(link.exec(JSON.stringify(card))?.[1] ?? '');
    assert.match(message, /Contoso Backup for Azure/);
    assert.match(message, /did not help/);
  });

  it('hide the manager from a guest', async () => {
    assert.doesNotMatch(JSON.stringify(await notHelped(chat(), GUEST)), /grace@contoso\.com|your manager/i);
  });

  it('do not delay an answer when Graph does not respond', async () => {
    graph.silent = true;
    const card = await notHelped(chat(), SILENT);
    assert.doesNotMatch(textOf(card), /your manager/);
  });
});
