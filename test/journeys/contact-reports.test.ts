/** A wrong contact from the click on an answer to the thanks, over the real routes of Teams and of the web. */
import assert from 'node:assert/strict';
import { correctContact } from '../../core/services/directory/correct-contact.js';
import { buttonsOf, startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { seen } from '../helpers/seen.js';
import { ADA, BEN, clickOf, TeamsChat, type Person, type BotMessage } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const EVE: Person = { id: '29:eve', name: 'Eve', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000003' };
const OFFER = 'Contoso Backup for Azure';
/** An offer with a support contact that customers see. */
const PUBLIC = 'Contoso Backup';
const QUESTION = `${OFFER}: error when signing in`;
const DOUBTED = /Reported as wrong by 2 people\. We are checking the contact/;

describe('a report of a wrong contact', function () {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let ahead = 0;
  let next = 0;
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const admins = `${ADA.aadObjectId},${EVE.aadObjectId}`;
    const env = { ...REGISTERED, OFFER_DESK_PARTNER_TENANTS: TENANT, OFFER_DESK_ADMINS: admins };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now: () => Date.now() + ahead });
    for (const admin of [ADA, EVE]) await chatOf(admin).say('help', admin);
  });
  after(async () => {
    await Promise.all([desk?.close(), connector?.close(), keys?.close()]);
  });
  /** Every test begins without reports. */
  afterEach(async () => {
    await desk.app.stores.database.kysely.deleteFrom('contact_reports').execute();
    await desk.app.stores.database.kysely.deleteFrom('contact_notices').execute();
    ahead += 10_000;
  });

  const chatOf = (person: Person, over: Record<string, unknown> = {}) => {
    const conversation = { id: `a:${person.name}`, conversationType: 'personal', ...over };
    const authorization = `Bearer ${keys.token()}`;
    return new TeamsChat(
      desk,
      connector,
      conversation,
      { from: person, serviceUrl: SERVICE_URL },
      { authorization },
    );
  };
  const ask = async (person: Person, chat = chatOf(person), question = QUESTION): Promise<BotMessage> => {
    return hears(chat, question, person, /Responsible:|負責單位/);
  };
  /** The bot's answer in a chat where the bot may also send other messages at the same time. */
  const hears = async (chat: TeamsChat, text: string, person: Person, words: RegExp): Promise<BotMessage> => {
    const news = await chat.say(text, person);
    const found = news.find((one) => words.test(textOf(one)));
    assert.ok(found, news.map(textOf).join('\n---\n'));
    return found;
  };
  const queueOf = (person: Person, text = 'reports') =>
    hears(chatOf(person), text, person, /Reported contacts \(/);
  /** Presses a button of a form with these values. Returns the reply to the person who clicked. */
  const press = async (
    card: BotMessage,
    verb: string,
    person: Person,
    fields: Record<string, string> = {},
    chat = chatOf(person),
  ): Promise<{ readonly type: string; readonly value: unknown }> => {
    const button = clickOf(card, verb);
    const filled = { ...button, data: { ...(button.data as object), ...fields } };
    const { body } = await chat.execute(card, filled, person);
    return body as { type: string; value: unknown };
  };
  const report = async (person: Person, fields: Record<string, string> = {}) =>
    press(await ask(person), 'report-contact', person, {
      wrongContact: '0',
      wrongReason: 'bounces',
      wrongNote: `mail to sales@contoso.com came back ${(next += 1)}`,
      ...fields,
    });
  const asReply = (value: unknown) => ({ attachments: [{ content: value }] }) as unknown as BotMessage;
  const messagesTo = (person: Person, since: number): readonly BotMessage[] =>
    connector.sent
      .map((one, at) => ({ ...(one.activity as unknown as Reply), path: one.path, sentId: `sent-${at + 1}` }))
      .slice(since)
      .filter((one) => decodeURIComponent(one.path).includes(`a:${person.name}/`));
  /** A card with these words that the person got since then. */
  const told = (person: Person, words: RegExp, since: number) =>
    seen(() => messagesTo(person, since).find((one) => words.test(textOf(one))));
  const reportOnWeb = async (
    visitor: Visitor,
    answer: Reply,
    title: string,
    fields: Record<string, string>,
  ) => {
    const form = buttonsOf(answer).find((one) => one.title === title);
    assert.ok(
      form,
      `no ${title} among ${buttonsOf(answer)
        .map((one) => one.title)
        .join()}`,
    );
    await visitor.send({
      type: 'message',
      value: { ...(form.data as object), wrongContact: '0', ...fields },
    });
    return (await visitor.replies(1))[0]!;
  };
  /** Another administrator corrects the offer's support. */
  const correct = async (email: string) => {
    const change = { key: 'offer:contoso.backup', kind: 'customer-support' as const, fields: { email } };
    const done = await correctContact(desk.app.stores.directory, {
      ...change,
      actor: 'test',
      now: Date.now(),
    });
    assert.equal(done.kind, 'corrected');
  };
  const reported = async () => (await desk.app.stores.reports.open(100)).length;
  const quiet = () =>
    seen(async () =>
      (await desk.app.stores.notices.due(Date.now() + ahead, 10)).length === 0 ? true : undefined,
    );

  it('goes once from the answer to the personal chat of each administrator, and to no other chat', async () => {
    const since = connector.sent.length;
    const { value } = await report(BEN);
    assert.match(String(value), /we will check this contact/);
    for (const admin of [ADA, EVE]) {
      const task = await told(admin, /Reported as wrong: Contoso Backup for Azure – customer support/, since);
      assert.match(textOf(task), /azure-support@contoso\.com/);
      assert.match(textOf(task), /staff: Email is returned\n/);
      assert.match(textOf(task), /mail to \[e-mail\] came back/);
      assert.doesNotMatch(JSON.stringify(task), /Ben|29:ben|bbbbbbbb-0000-0000-0000-000000000002/);
    }
    const rows = await desk.app.stores.database.kysely.selectFrom('contact_reports').selectAll().execute();
    assert.doesNotMatch(
      JSON.stringify(rows),
      /"Ben"|bbbbbbbb-/,
      'no more of a person than it takes to write to them',
    );
    await quiet();
    assert.deepEqual(
      messagesTo(BEN, since).filter((one) => textOf(one).includes('Reported as wrong:')),
      [],
    );
    const again = await report(BEN);
    assert.match(String(again.value), /reported this contact already/);
    await quiet();
    assert.equal(
      messagesTo(ADA, since).filter((one) => textOf(one).includes('Reported as wrong:')).length,
      1,
    );
  });

  it('appears in the queue, which only administrators see and only in a private chat', async () => {
    await report(BEN);
    const queue = await queueOf(ADA);
    assert.match(textOf(queue), /Reported contacts \(1\)/);
    assert.match(textOf(queue), /1 person · Email is returned/);
    assert.match(textOf(await queueOf(EVE, '回報')), /Reported contacts \(1\)/);
    const [refused] = await chatOf(BEN).say('reports', BEN);
    assert.match(textOf(refused!), /Only administrators can do this/);
    const group = chatOf(ADA, { id: '19:group', conversationType: 'groupChat', isGroup: true });
    const [shared] = await group.say('reports', ADA);
    assert.match(textOf(shared!), /private chat/);
    assert.doesNotMatch(JSON.stringify(shared), /azure-support@/);
    const shown = await press(queue, 'reports-show', ADA);
    assert.match(textOf(asReply(shown.value)), /azure-support@contoso\.com/);
    for (const card of [queue, asReply(shown.value)]) {
      const taken = await press({ ...card, sentId: 'x' }, 'reports-list', BEN);
      assert.match(textOf(asReply(taken.value)), /Only administrators can do this/);
    }
  });

  it('is settled once: the second administrator sees who was first, and the reporter gets the result', async () => {
    const since = connector.sent.length;
    await report(BEN);
    const [mine, theirs] = [
      await told(ADA, /Reported as wrong:/, since),
      await told(EVE, /Reported as wrong:/, since),
    ];
    const empty = await press(mine, 'reports-right', ADA, { rightNote: '  ' });
    assert.match(textOf(asReply(empty.value)), /say in a few words how you know/);
    assert.equal(await reported(), 1);
    const byBen = await press(mine, 'reports-right', BEN, { rightNote: 'no' });
    assert.match(textOf(asReply(byBen.value)), /Only administrators can do this/);
    assert.equal(await reported(), 1);
    const done = await press(mine, 'reports-right', ADA, { rightNote: 'I called them: they answer' });
    assert.match(textOf(asReply(done.value)), /Settled: the contact is right/);
    const written = connector.sent.findLast(({ method }) => method === 'PUT');
    assert.ok(written?.path.endsWith(`/activities/${mine.sentId}`), 'on every device of hers');
    assert.match(JSON.stringify(written?.activity), /Settled: the contact is right/);
    const late = await press(theirs, 'reports-right', EVE, { rightNote: 'Fine for me' });
    assert.match(textOf(asReply(late.value)), /Already settled: on .* Ada found that the contact is right/);
    const thanks = await told(BEN, /the contact was checked and is right/, since);
    assert.match(textOf(thanks), /I called them: they answer/);
    assert.doesNotMatch(JSON.stringify(thanks), /\bAda\b|29:ada/);
    await quiet();
    assert.equal(
      messagesTo(BEN, since).filter((one) => textOf(one).includes('was checked and is right')).length,
      1,
    );
    const stubborn = await report(BEN);
    assert.match(String(stubborn.value), /was checked after your report/);
    assert.equal(await reported(), 0);
  });

  it('adds a warning when two people agree, until the correction; the bot thanks both in their languages', async () => {
    const since = connector.sent.length;
    const visitor = await Visitor.join(desk.url, 'customer', 'zh-TW');
    const [answer] = await visitor.say(`${PUBLIC} 無法登入，一直出現錯誤`);
    assert.match(textOf(answer!), /backup-support@contoso\.com/);
    const taken = await reportOnWeb(visitor, answer!, '回報聯絡人', { wrongReason: 'dead-number' });
    assert.match(textOf(taken), /謝謝您，我們會查證這個聯絡人/);
    const task = await told(ADA, /Reported as wrong: .* – customer support/, since);
    assert.match(textOf(task), /a customer: The phone number does not work/);
    const other = await Visitor.join(desk.url, 'customer');
    const look = async () => textOf((await other.say(`${PUBLIC}: error when signing in`))[0]!);
    assert.doesNotMatch(await look(), DOUBTED);
    await press(await ask(BEN, chatOf(BEN), `${PUBLIC}: error when signing in`), 'report-contact', BEN, {
      wrongContact: '0',
      wrongReason: 'other',
      wrongNote: 'canary-note',
    });
    const warned = await other.say(`${PUBLIC}: error when signing in`);
    assert.match(textOf(warned[0]!), DOUBTED);
    assert.doesNotMatch(JSON.stringify(warned), /\bBen\b|29:ben|canary-note|dead-number\b.*since/);
    assert.match(textOf(await ask(EVE, chatOf(EVE), `${PUBLIC}: error when signing in`)), DOUBTED);
    const form = asReply((await press(task, 'upkeep-form', ADA)).value);
    await press(form, 'upkeep-save', ADA, { email: 'support-now@contoso.com' });
    assert.match(textOf(await queueOf(EVE)), /There are no open reports/);
    assert.match(textOf(await told(BEN, /the contact has been corrected/, since)), /Something else/);
    const [thanks] = await visitor.replies(1);
    assert.match(textOf(thanks!), /謝謝您：聯絡人已更正/);
    assert.doesNotMatch(JSON.stringify(thanks), /support-now|\bBen\b/);
    const after = textOf((await other.say(`${PUBLIC}: error when signing in`))[0]!);
    assert.match(after, /support-now@contoso\.com/);
    assert.doesNotMatch(after, /Reported as wrong/);
  });

  it('ends when an administrator verifies the contact; the reporter learns that the contact is right', async () => {
    const since = connector.sent.length;
    await report(BEN);
    const task = await told(ADA, /Reported as wrong:/, since);
    const form = asReply((await press(task, 'upkeep-form', ADA)).value);
    await press(form, 'upkeep-verify', ADA);
    await told(BEN, /the contact was checked and is right/, since);
    assert.equal(await reported(), 0);
  });

  it('leads to a correction of the partner’s own desk in the profile, and the bot thanks the reporter', async () => {
    const since = connector.sent.length;
    const visitor = await Visitor.join(desk.url, 'customer');
    const [answer] = await visitor.say(`${OFFER}: error when signing in`);
    assert.match(textOf(answer!), /support@alpineskihouse\.com/);
    await reportOnWeb(visitor, answer!, 'Report the contact', { wrongReason: 'bounces' });
    const task = await told(ADA, /Reported as wrong: Alpine Ski House Cloud – service desk/, since);
    const part = asReply((await press(task, 'upkeep-part', ADA)).value);
    const fields = { name: 'Support desk', email: 'desk-now@alpineskihouse.com' };
    const saved = await press(part, 'upkeep-part-save', ADA, fields);
    assert.match(textOf(asReply(saved.value)), /desk-now@alpineskihouse\.com/);
    await queueOf(ADA);
    assert.match(textOf((await visitor.replies(1))[0]!), /the contact has been corrected/);
  });

  it('is refused on an outdated answer, and the bot tells the reporter to ask again', async () => {
    const answer = await ask(BEN, chatOf(BEN), `${PUBLIC}: error when signing in`);
    await correct('support-newer@contoso.com');
    await desk.app.directory.refresh();
    const { value } = await press(answer, 'report-contact', BEN, { wrongContact: '0', wrongReason: 'left' });
    assert.match(String(value), /has changed in the meantime/);
    assert.equal(await reported(), 0);
  });

  it('is refused without a reason, for a contact that the card did not show, and with an unknown payload', async () => {
    const none = await report(BEN, { wrongReason: 'because' });
    assert.match(String(none.value), /choose what is wrong/);
    const outside = await report(BEN, { wrongContact: '7' });
    assert.match(String(outside.value), /choose what is wrong/);
    const answer = await ask(BEN);
    const button = clickOf(answer, 'report-contact');
    const forged = JSON.parse(
      JSON.stringify(button.data).replace(/"offer:[^"]*"/, '"offer:fabrikam.secret"'),
    ) as object;
    assert.notDeepEqual(forged, button.data);
    const { body } = await chatOf(BEN).execute(
      answer,
      { ...button, data: { ...forged, wrongReason: 'left' } },
      BEN,
    );
    assert.match(String((body as { value: unknown }).value), /not ours|did not make|not made|cannot/i);
    assert.equal(await reported(), 0);
  });

  it('from a group gets a confirmation that only the reporter sees', async () => {
    const group = chatOf(BEN, { id: '19:reporting', conversationType: 'groupChat', isGroup: true });
    const answer = await ask(BEN, group);
    group.sent();
    const { type, value } = await press(
      answer,
      'report-contact',
      BEN,
      { wrongContact: '0', wrongReason: 'left' },
      group,
    );
    assert.equal(type, 'application/vnd.microsoft.activity.message');
    assert.match(String(value), /we will check this contact/);
    assert.deepEqual(group.sent(), []);
    assert.equal(await reported(), 1);
    const other = await press(
      answer,
      'report-contact',
      EVE,
      { wrongContact: '0', wrongReason: 'left' },
      group,
    );
    assert.match(String(other.value), /we will check this contact/, 'the others of the group may say so too');
    assert.equal(await reported(), 2);
  });

  it('reaches the administrators after their chat was unreachable and the server restarted', async () => {
    const since = connector.sent.length;
    connector.failAll(503);
    await report(BEN);
    const tried = () =>
      desk.app.stores.database.kysely
        .selectFrom('contact_notices')
        .where('attempts', '=', 1)
        .select('id')
        .execute();
    await seen(async () => ((await tried()).length === 2 ? true : undefined));
    connector.failAll(undefined);
    ahead += 3_600_000;
    await desk.restart();
    const tasks = () => messagesTo(ADA, since).filter((one) => textOf(one).includes('Reported as wrong:'));
    await quiet();
    assert.equal(tasks().length, 2, 'once in vain, once taken');
    assert.equal(await reported(), 1);
  });
});
