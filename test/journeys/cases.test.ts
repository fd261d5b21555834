/** "I wrote to them": from the click on an answer to the bot's question and the next contact, in Teams and on the web. */
import assert from 'node:assert/strict';
import type { People } from '../../bot/graph/people.js';
import type { ContactCase } from '../../core/services/cases/case.js';
import { startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { sampleCase } from '../helpers/cases.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { seen } from '../helpers/seen.js';
import {
  ADA,
  BEN,
  clickOf,
  clicksOf,
  TeamsChat,
  type BotMessage,
  type Person,
} from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const EVE: Person = { id: '29:eve', name: 'Eve', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000003' };
const QUESTION = 'Contoso Backup for Azure: error when signing in';
const DAY_MS = 86_400_000;

const unasked = () => Promise.reject(new Error('nobody should ask this'));
/** Eve is the manager of Ada. The ids have the form that Graph uses. */
const people: People = {
  idOf: unasked,
  presenceOf: unasked,
  groupsOf: unasked,
  managerOf: (id) =>
    Promise.resolve(
      id === ADA.aadObjectId
        ? { kind: 'known', value: { id: EVE.aadObjectId.toUpperCase(), name: 'Eve' } }
        : { kind: 'none' },
    ),
};

describe('a case', function () {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_PEOPLE: 'team',
      OFFER_DESK_ADMINS: EVE.aadObjectId,
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), people });
    for (const one of [ADA, BEN, EVE]) await chatOf(one).say('help', one);
  });
  after(async () => {
    await Promise.all([desk?.close(), connector?.close(), keys?.close()]);
  });
  /** Every test begins without cases. */
  afterEach(async () => {
    await desk.app.stores.database.kysely.deleteFrom('cases').execute();
  });

  const chatOf = (person: Person, over: Record<string, unknown> = {}) => {
    const conversation = { id: `a:${person.name}`, conversationType: 'personal', ...over };
    const more = { from: person, serviceUrl: SERVICE_URL };
    return new TeamsChat(desk, connector, conversation, more, { authorization: `Bearer ${keys.token()}` });
  };
  const find = (news: readonly BotMessage[], words: RegExp): BotMessage => {
    const found = news.find((one) => words.test(textOf(one)));
    assert.ok(found, news.map(textOf).join('\n---\n'));
    return found;
  };
  const press = async (
    card: BotMessage,
    verb: string,
    person: Person,
    fields: Record<string, string> = {},
  ): Promise<BotMessage> => {
    const button = clickOf(card, verb);
    const filled = { ...button, data: { ...(button.data as object), ...fields } };
    const { body } = await chatOf(person).execute(card, filled, person);
    const { value } = body as { value: unknown };
    return { ...card, attachments: [{ content: value as Record<string, unknown> }] };
  };
  /** Asks, and clicks "I wrote to them". Returns the card of the case. */
  const open = async (person: Person = ADA): Promise<BotMessage> => {
    const chat = chatOf(person);
    const answer = find(await chat.say(QUESTION, person), /Responsible:/);
    await chat.execute(answer, clickOf(answer, 'case-open'), person);
    return find(chat.news(), /I will ask you whether/);
  };
  const messagesTo = (person: Person, since: number): readonly BotMessage[] =>
    connector.sent
      .map((one, at) => ({ ...(one.activity as unknown as Reply), path: one.path, sentId: `sent-${at + 1}` }))
      .slice(since)
      .filter((one) => decodeURIComponent(one.path).includes(`a:${person.name}/`));
  const told = (person: Person, words: RegExp, since: number) =>
    seen(() => messagesTo(person, since).find((one) => words.test(textOf(one))));
  const only = async (): Promise<ContactCase> => {
    const rows = await desk.app.stores.database.kysely.selectFrom('cases').select('id').execute();
    assert.equal(rows.length, 1);
    const one = await desk.app.stores.cases.byId(rows[0]!.id);
    assert.ok(one);
    return one;
  };
  /** Changes the kept case; without changes it is due now. */
  const wait = async (over: Partial<ContactCase> = { dueAt: Date.now() }) => {
    await desk.app.stores.cases.save({ ...(await only()), ...over });
    desk.app.services.cases.wake();
  };

  it('begins with one click, once for one answer, and the bot says when it asks', async () => {
    const chat = chatOf(ADA);
    const answer = find(await chat.say(QUESTION, ADA), /Responsible:/);
    const { body } = await chat.execute(answer, clickOf(answer, 'case-open'), ADA);
    assert.match(JSON.stringify(body), /I will ask you whether .* answered/, 'the answer stays');
    const card = find(chat.news(), /I will ask you whether/);
    assert.match(textOf(card), /Written to Contoso.* \(customer support\).*Contoso Backup for Azure/);
    assert.match(textOf(card), /I ask you again on/);
    await chat.execute(answer, clickOf(answer, 'case-open'), ADA);
    await only();
    const list = find(await chat.say('my cases', ADA), /Open cases \(1\)/);
    const shown = await press(list, 'case-show', ADA);
    assert.match(textOf(shown), /No answer from Contoso.* yet/);
    assert.ok(clicksOf(shown).length > 4);
  });

  it('is asked about once when it is due; yes closes it, and the outcome counts without a person', async () => {
    await open();
    const since = connector.sent.length;
    await wait();
    const question = await told(ADA, /Did Contoso.* answer\?/, since);
    await seen(async () => ((await only()).asked === 1 ? true : undefined));
    assert.equal(messagesTo(ADA, since).filter((one) => textOf(one).includes('Did Contoso')).length, 1);
    const closed = await press(question, 'case-answered', ADA);
    assert.match(textOf(closed), /Closed: Contoso.* answered/);
    assert.equal((await only()).closed?.outcome, 'answered');
    const rows = await desk.app.stores.database.kysely.selectFrom('contact_attempts').selectAll().execute();
    assert.equal(rows.at(-1)?.outcome, 'answered');
    assert.doesNotMatch(JSON.stringify(rows), /29:ada|a:Ada|bbbbbbbb/);
    assert.match(textOf(await press(question, 'case-not-yet', ADA)), /This case is closed/);
  });

  it('takes a typed answer to its question, in any language, when the bot said nothing after it', async () => {
    const asked = async () => {
      const since = connector.sent.length;
      const before = (await only()).toldAt ?? 0;
      await wait();
      await told(ADA, /Did Contoso/, since);
      await seen(async () => (((await only()).toldAt ?? 0) > before ? true : undefined));
    };
    await open();
    await asked();
    const [waiting] = await chatOf(ADA).say('noch nicht', ADA);
    assert.match(textOf(waiting!), /I will ask again/);
    assert.equal((await only()).closed, undefined);
    await chatOf(ADA).say('yes', ADA);
    assert.equal((await only()).closed, undefined, 'a yes to nothing');
    await asked();
    await chatOf(ADA).say('help', ADA);
    await chatOf(ADA).say('yes', ADA);
    assert.equal((await only()).closed, undefined, 'a yes to the help');
    await asked();
    const [closed] = await chatOf(ADA).say('はい', ADA);
    assert.match(textOf(closed!), /Closed: Contoso.* answered/);
    assert.equal((await only()).closed?.outcome, 'answered');
  });

  it('is not closed by a yes after a card about an outage', async () => {
    await open();
    const since = connector.sent.length;
    await wait();
    await told(ADA, /Did Contoso/, since);
    await seen(async () => ((await only()).asked === 1 ? true : undefined));
    const { lastCardAt } = desk.app.stores.outages;
    assert.equal(await lastCardAt(`p|${ADA.id}`), 0);
    const { kysely } = desk.app.stores.database;
    const body = JSON.stringify({ lastSentAt: Date.now() + 60_000 });
    const keys = { incident_id: 'i', reader_id: `p|${ADA.id}`, tenant_id: TENANT };
    await kysely.insertInto('incidents').values({ id: 'i', open: 0, started_at: 0, body: '{}' }).execute();
    await kysely
      .insertInto('deliveries')
      .values({ ...keys, status: 'done', due_at: 0, lease_until: 0, standing: 'done', suspected: 0, body })
      .execute();
    await chatOf(ADA).say('yes', ADA);
    assert.equal((await only()).closed, undefined);
    await kysely.deleteFrom('deliveries').execute();
    await kysely.deleteFrom('incidents').execute();
  });

  it('is not closed by a yes after a message about something else', async () => {
    await open(EVE);
    const since = connector.sent.length;
    await wait();
    await told(EVE, /Did Contoso/, since);
    await seen(async () => ((await only()).asked === 1 ? true : undefined));
    const chat = chatOf(ADA);
    const answer = find(await chat.say('Fabrikam CRM: error when signing in', ADA), /Responsible:/);
    await press(answer, 'report-contact', ADA, { wrongContact: '0', wrongReason: 'bounces' });
    await told(EVE, /Fabrikam/, since);
    await chatOf(EVE).say('yes', EVE);
    assert.equal((await only()).closed, undefined, 'a yes to the message about the reported contact');
  });

  it('goes on to the next contact with a message that carries the history and the customer', async () => {
    const card = await open();
    const saved = await press(card, 'case-save', ADA, {
      caseCustomer: 'Adatum, ticket 7',
      caseSeverity: 'critical',
      caseContact: '0',
    });
    assert.match(textOf(saved), /Customer: Adatum, ticket 7/);
    const next = await press(saved, 'case-escalate', ADA);
    assert.match(textOf(next), /Next contact: /);
    assert.match(textOf(next), /wrote to Contoso.* \(customer support\), no answer/);
    const links =
      JSON.stringify(next.attachments)
        .match(/https:[^"]*/g)
        ?.map(decodeURIComponent) ?? [];
    const draft = links.find((one) => one.includes('What happened so far'));
    assert.ok(draft, links.join('\n'));
    assert.match(draft, /Customer: Adatum, ticket 7/);
    assert.equal((await only()).severity, 'critical');
  });

  it('reports a wrong contact as the answer does', async () => {
    const card = await open();
    const empty = await press(card, 'case-wrong', ADA, {});
    assert.match(textOf(empty), /Please choose what is wrong/);
    const next = await press(card, 'case-wrong', ADA, { wrongReason: 'bounces' });
    assert.match(textOf(next), /wrote to Contoso.*, wrong contact/);
    const [report] = await desk.app.stores.reports.open(10);
    assert.equal(report?.reason, 'bounces');
  });

  it('goes to a colleague, who is told who gave it; the giver no longer has it', async () => {
    const card = await open();
    const since = connector.sent.length;
    assert.match(
      textOf(await press(card, 'case-give', ADA, { caseColleague: 'Nobody' })),
      /Nobody with this name/,
    );
    const given = await press(card, 'case-give', ADA, { caseColleague: 'ben' });
    assert.match(textOf(given), /Ben has this case now/);
    const theirs = await told(BEN, /Ada gave you this case/, since);
    await seen(async () => ((await only()).givenBy === undefined ? true : undefined));
    assert.match(textOf(await press(card, 'case-answered', ADA)), /somebody else has it now/);
    assert.match(textOf(await press(theirs, 'case-answered', BEN)), /Closed:/);
  });

  it('is not asked about in quiet hours, unless it is severe enough', async () => {
    await open();
    const { recipients } = desk.app.stores.outages;
    const about = {
      id: `p|${ADA.id}`,
      kind: 'person',
      tenantId: TENANT,
      language: 'en',
      zone: 'UTC',
    } as const;
    const address = { channelId: 'msteams', conversationId: 'a:Ada' };
    await recipients.know({ ...about, address }, Date.now());
    const minute = Math.floor((Date.now() % DAY_MS) / 60_000);
    const quiet = { zone: 'UTC', from: (minute + 1_430) % 1_440, to: (minute + 60) % 1_440, days: [] };
    await recipients.setQuiet(about.id, { ...quiet, override: 'critical' }, Date.now());
    const since = connector.sent.length;
    const dueAt = Date.now();
    await wait({ dueAt });
    const later = await seen(async () => {
      const one = await only();
      return one.dueAt > dueAt ? one : undefined;
    });
    assert.equal(Math.floor((later.dueAt % DAY_MS) / 60_000), quiet.to);
    assert.deepEqual(messagesTo(ADA, since), []);
    await recipients.setQuiet(about.id, null, Date.now());
    await wait();
    await told(ADA, /Did Contoso/, since);
  });

  it('is asked about after the server restarted', async () => {
    await open();
    const since = connector.sent.length;
    await wait();
    await desk.restart();
    await told(ADA, /Did Contoso/, since);
  });

  it('ends after the set time, and the bot says so', async () => {
    await open();
    const since = connector.sent.length;
    await wait({ dueAt: Date.now(), endsAt: Date.now() });
    await told(ADA, /No news from Contoso.*: I stop asking/, since);
    await seen(async () => ((await only()).closed?.outcome === 'ended' ? true : undefined));
  });

  it('is seen by the manager when it ages, without the words about the customer', async () => {
    const card = await open();
    await press(card, 'case-save', ADA, {
      caseCustomer: 'canary-customer',
      caseSeverity: 'minor',
      caseContact: '0',
    });
    const chat = chatOf(EVE);
    assert.match(textOf(find(await chat.say('team cases', EVE), /Ageing cases/)), /\(0\)/);
    await wait({ openedAt: Date.now() - 3 * DAY_MS });
    const team = find(await chat.say('team cases', EVE), /Ageing cases/);
    assert.match(textOf(team), /\(1\)/);
    assert.match(textOf(team), /Ada/);
    assert.doesNotMatch(JSON.stringify(team), /canary-customer/);
    assert.match(textOf(find(await chatOf(BEN).say('team cases', BEN), /Ageing cases/)), /\(0\)/);
  });

  it('shows administrators how a contact answers, and puts the contact that answers better first', async () => {
    const { cases, directory } = desk.app.stores;
    const contacts = (email: string) => [{ kind: 'customer-support' as const, email }];
    const firm = {
      id: 'adatum',
      name: 'Adatum',
      aliases: [],
      links: {},
      contacts: contacts('firm@adatum.com'),
    };
    const offer = {
      ...[...desk.app.directory.view().directory.offers.values()][0]!,
      id: 'adatum.vault',
      name: 'Adatum Vault',
      aliases: [],
      publisherId: 'adatum',
      contacts: contacts('vault@adatum.com'),
    };
    const upserts = [
      { kind: 'publisher', key: 'publisher:adatum', publisher: firm },
      { kind: 'offer', key: 'offer:adatum.vault', offer },
    ] as const;
    await directory.commit({ source: 'file:more', upserts, removals: [], actor: 'test', at: Date.now() });
    await desk.app.directory.refresh();
    const one = await cases.add(
      sampleCase({ id: 'q', clickKey: 'q', managerId: null, dueAt: Date.now() + DAY_MS }),
    );
    const outcomes = [
      ...[1, 2, 3, 4, 5].map(() => ['offer:adatum.vault', 'unanswered'] as const),
      ...[1, 2, 3, 4, 5].map(() => ['publisher:adatum', 'answered'] as const),
    ];
    const question = 'Adatum Vault: error when signing in';
    const firstOf = async () => {
      const answer = find(await chatOf(ADA).say(question, ADA), /Responsible:/);
      return /(?:firm|vault)@adatum\.com/.exec(textOf(answer))?.[0];
    };
    assert.equal(await firstOf(), 'vault@adatum.com');
    for (const [at, [key, outcome]] of outcomes.entries()) {
      const attempt = { key, way: 'publisher-support', outcome, minutes: 300, at: Date.now() } as const;
      await cases.save({ ...one, version: at + 1 }, attempt);
    }
    await desk.restart();
    assert.equal(await firstOf(), 'firm@adatum.com');
    const sheet = find(await chatOf(EVE).say('admin Adatum Vault', EVE), /Adatum Vault/);
    assert.match(textOf(sheet), /Answered 0 of 5/);
    assert.match(textOf(sheet), /Answered 5 of 5, median 5 hr/);
    const visitor = await Visitor.join(desk.url, 'customer');
    assert.doesNotMatch(JSON.stringify(await visitor.say(question)), /Answered \d/);
  });

  it('is not offered where others read, and the list is not shown there', async () => {
    const group = chatOf(ADA, { id: '19:group', conversationType: 'groupChat', isGroup: true });
    const answer = find(await group.say(QUESTION, ADA), /Responsible:/);
    assert.equal(
      clicksOf(answer).some(({ verb }) => verb === 'case-open'),
      false,
    );
    const [list] = await group.say('my cases', ADA);
    assert.match(textOf(list!), /Cases are only for you/);
  });

  it('of a customer on the web comes back in the same conversation, without contacts of staff', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const [answer] = await visitor.say(QUESTION);
    const [card] = await visitor.press(answer!, 'I wrote to them');
    assert.match(textOf(card!), /I will ask you whether Alpine Ski House Cloud answered/);
    assert.doesNotMatch(textOf(card!), /colleague|Customer/);
    await wait();
    const [question] = await visitor.replies(1);
    assert.match(textOf(question!), /Did Alpine Ski House Cloud answer\?/);
    assert.deepEqual((question as unknown as { channelData: unknown }).channelData, { isReminder: true });
    const [waiting] = await visitor.press(question!, 'Not yet');
    assert.match(textOf(waiting!), /I will ask again/);
    const [list] = await visitor.say('my cases');
    assert.match(textOf(list!), /Open cases \(1\)/);
    assert.doesNotMatch(
      JSON.stringify([card, question, waiting, list]),
      /azure-support@|engineering|csp-program/,
    );
    const other = await Visitor.join(desk.url, 'customer');
    const [none] = await other.say('my cases');
    assert.match(textOf(none!), /Open cases \(0\)/);
  });
});
