/** A visitor and a member of staff speak with each other: the page on one side, a Teams channel on the other. */
import assert from 'node:assert/strict';
import type { StaffChannel } from '../../core/handover/types.js';
import { closeSilent } from '../../core/services/handover/handover.js';
import { textIn } from '../../locales/text.js';
import { textOf } from '../helpers/desk.js';
import {
  CHANNEL,
  GUEST,
  HandoverFixture,
  isNewThread,
  saysIn,
  until,
  submitsOf,
  type Posted,
  WebVisitor,
} from '../helpers/handover.js';
import { BEN, clickOf } from '../helpers/teams-chat.js';

const MAIL = 'visitor-canary@contoso.com';
const QUESTION = 'billing problem with Contoso Backup for Azure';
const HOUR_MS = 3_600_000;

/** The data of a button on the staff's card. */
function buttonOf(card: Posted, verb: string): Record<string, unknown> {
  const found = clickOf(card.activity, verb);
  return found.data as Record<string, unknown>;
}

function tampered(button: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(button).replace('handover-take', 'handover-close')) as unknown;
}

describe('a hand-over', function () {
  let world: HandoverFixture;
  before(async () => {
    world = await HandoverFixture.open();
  });
  after(() => world?.close());

  /** A visitor who asked for a person, and the staff's card for the request. */
  const asked = async (message = 'The invoice is wrong.', contact = '') => {
    const visitor = await WebVisitor.join(world.desk.url);
    const since = world.posted().length;
    await visitor.asksForPerson(message, contact);
    return { visitor, card: await world.card(since) };
  };
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

  it('is offered only after staff chose a channel; before, the command says how to reach the partner', async () => {
    const visitor = await WebVisitor.join(world.desk.url);
    await visitor.say('talk to someone');
    assert.match(textOf(await visitor.sees('Please contact')), /@/, 'an address of the partner');
    await visitor.say(QUESTION);
    await visitor.sees('Responsible: ');
    assert.ok(!(await visitor.history()).some((one) => saysIn({ activity: one }, 'Talk to someone')));
  });

  it('goes to the channel that an administrator chose; other people cannot choose the channel', async () => {
    await world.write('hand over here', BEN);
    await world.sees((one) => saysIn(one, 'Only an administrator'));
    await world.write('hand over here', GUEST);
    await quiet();
    assert.equal(await world.desk.app.stores.handovers.staffChannel(), undefined);
    await world.deliver({ text: 'hand over here' });
    await until(
      () => world.connector.sent.some((one) => saysIn(one, 'A personal chat cannot take')),
      () => world.connector.sent,
    );
    await world.write('hand over here');
    await world.sees((one) => saysIn(one, 'now come here'));
    const place = await world.desk.app.stores.handovers.staffChannel();
    assert.equal(place?.conversationId, CHANNEL);
    assert.equal(JSON.stringify(place).includes('29:ada'), false, 'nothing of the administrator is in it');
  });

  it('opens a thread in the channel from the answer’s button, and passes messages both ways', async () => {
    const visitor = await WebVisitor.join(world.desk.url);
    await visitor.say(QUESTION);
    await visitor.press('not-helped');
    await visitor.press('handover-ask');
    assert.match(textOf(await visitor.sees('Talk to someone at')), /only to reach you/);
    await visitor.press('handover-send', {
      handoverMessage: 'Charged twice. [x](https://evil.example) <at>everyone</at>',
      handoverContact: 'not an address',
    });
    await visitor.sees('not an email address or');
    await visitor.press('handover-send', {
      handoverMessage: 'Charged twice. [x](https://evil.example) <at>everyone</at>',
      handoverContact: MAIL,
    });
    const card = await world.card();
    for (const text of [
      'Charged twice',
      QUESTION,
      'Contoso Backup for Azure',
      'Answer given',
      'Contacts in the answer',
      'did not help',
      MAIL,
      'Waiting for an answer',
    ])
      assert.ok(saysIn(card, text), text);
    assert.doesNotMatch(
      JSON.stringify(card.activity),
      /<at>|:\/\/evil/,
      'nothing of the visitor becomes a mention or a link',
    );
    await visitor.sees('What you write now goes to');

    await visitor.say('Are you there? <b>1 < 2</b>');
    await until(
      () => world.thread(card).length === 1,
      () => world.posted(),
    );
    assert.deepEqual(world.thread(card), ['Customer: Are you there? ‹b›1 ‹ 2‹/b›']);
    await world.write('Yes. *We* look at it\nnow.', BEN, card.id);
    await visitor.sees('We');
    const texts = await visitor.texts();
    assert.match(texts.at(-2) ?? '', /^Ben of .* is answering you now/);
    assert.equal(texts.at(-1), 'Ben: Yes. *We* look at it\nnow.');
    const said = (await visitor.history()).findLast((one) => one.text?.startsWith('Ben: '));
    assert.equal((said as { textFormat?: string } | undefined)?.textFormat, 'plain');
    assert.doesNotMatch(
      JSON.stringify(await visitor.history()),
      /29:ben|bbbbbbbb-/,
      'no id of staff reaches the visitor',
    );
    await world.sees(
      (one) => one.method === 'PUT' && saysIn(one, 'Ben is answering') && saysIn(one, '(delivered)'),
    );
    await visitor.sees('Ben of');

    assert.deepEqual(
      (await world.press(card, 'handover-reply', { handoverReply: 'It is refunded.' }, BEN)).status,
      200,
    );
    await visitor.sees('Ben: It is refunded.');
    await world.press(card, 'handover-close', {}, BEN);
    await visitor.sees('has ended the conversation. What you write now goes to the bot');
    await world.sees((one) => one.method === 'PUT' && saysIn(one, 'Closed by staff'));
    await visitor.say('help');
    await visitor.sees('I ask only for what is missing');
    const log = JSON.stringify(world.desk.entries);
    for (const canary of [MAIL, 'Charged twice', '29:ben', 'refunded', CHANNEL, visitor.conversationId])
      assert.equal(log.includes(canary), false, `${canary} stands in the log`);
  });

  it('accepts answers from staff only, and refuses files with an explanation', async () => {
    const { visitor, card } = await asked();
    const since = world.posted().length;
    await world.write('I am nobody', GUEST, card.id);
    await world.sees((one) => saysIn(one, 'Only staff of'), since);
    const clicked = await world.press(card, 'handover-reply', { handoverReply: 'nor here' }, GUEST);
    assert.match(JSON.stringify(clicked.body), /Only staff of/);
    assert.doesNotMatch(JSON.stringify(clicked.body), /invoice is wrong/);
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://contoso.com/a.png' }];
    await world.write('', BEN, card.id, { attachments });
    await world.sees((one) => saysIn(one, 'Files are not passed on'), since);
    const empty = await world.press(card, 'handover-reply', { handoverReply: '  ' }, BEN);
    assert.match(JSON.stringify(empty.body), /There is nothing to send/);
    await world.write('in the thread', BEN, card.id);
    await visitor.sees('Ben: in the thread');
    assert.doesNotMatch((await visitor.texts()).join('\n'), /nobody|nor here/);
  });

  it('ignores a button that belongs to another visitor’s conversation', async () => {
    const { visitor, card } = await asked();
    const other = await WebVisitor.join(world.desk.url);
    const [id] = (
      await world.desk.app.stores.database.kysely
        .selectFrom('handovers')
        .select('id')
        .where('conversation_id', '=', visitor.conversationId)
        .execute()
    ).map((row) => row.id);
    const end = (await visitor.history()).flatMap(
      (one) => JSON.stringify(one).match(/\{"offerDesk":\{[^}]*"handover-end"[^}]*\}[^}]*\}\}/g) ?? [],
    );
    assert.equal(end.length > 0, true);
    await other.send({ type: 'message', value: JSON.parse(end[0] ?? '{}') as unknown });
    await other.sees('no longer exists');
    const take = buttonOf(card, 'handover-take');
    await other.send({ type: 'message', value: take });
    await other.sees('Your message was not passed on');
    await other.send({ type: 'message', value: tampered(take) });
    await other.sees(textIn('en', 'customer')('notice.forged.title'));
    assert.equal((await world.desk.app.stores.handovers.byId(id ?? ''))?.status, 'waiting');
  });

  it('lets the visitor ask the bot in between and then write to staff again', async () => {
    const { visitor, card } = await asked();
    await visitor.press('handover-turn');
    await visitor.sees('What you write now goes to the bot. Answers');
    await visitor.say('Contoso Backup for Azure');
    await visitor.sees('What is');
    assert.deepEqual(world.thread(card), []);
    await world.write('close', BEN, 'some-other-thread');
    await world.press(card, 'handover-take', {}, BEN);
    await visitor.sees('Ben of');
    await visitor.say('Hello Ben');
    await until(
      () => world.thread(card).includes('Customer: Hello Ben'),
      () => world.thread(card),
    );
    await visitor.press('restart');
    await visitor.sees('Which');
    await world.write('Still there?', BEN, card.id);
    await visitor.sees('has answered. What you write now goes to');
    await visitor.say('help');
    await visitor.sees('I ask only for what is missing');
    await visitor.say('end');
    await visitor.sees('You have ended the conversation');
    await until(
      () => world.thread(card).includes('The customer has ended the conversation.'),
      () => world.thread(card),
    );
    const since = world.posted().length;
    await world.write('too late', BEN, card.id);
    await world.sees((one) => saysIn(one, 'This conversation has ended'), since);
    assert.doesNotMatch((await visitor.texts()).join('\n'), /too late/);
  });

  it('loses no message and keeps the order when the connector fails and the server restarts', async () => {
    const { visitor, card } = await asked();
    world.connector.failAll(503);
    const words = ['one', 'two', 'three', 'four'];
    for (const word of words) await visitor.say(word);
    await visitor.sees('could not be passed on yet');
    await world.desk.restart();
    world.connector.failAll(undefined);
    world.pass(2 * 60_000);
    await until(
      () => world.thread(card).includes('Customer: four'),
      () => world.thread(card),
    );
    const seen = world.thread(card).map((text) => text.replace('Customer: ', ''));
    const firsts = seen.filter((word, at) => seen.indexOf(word) === at);
    assert.deepEqual(firsts, words);
    await world.write('back again', BEN, card.id);
    await visitor.sees('Ben: back again');
    await until(
      () => world.posted().findLast((one) => one.method === 'PUT' && saysIn(one, 'Ben is answering')),
      () => world.posted(),
    );
  });

  it('shows a returning visitor the missed messages, and closes after a day without messages', async () => {
    const { visitor, card } = await asked();
    await world.write('You can read this tomorrow.', BEN, card.id);
    await world.desk.restart();
    await visitor.comeBack();
    const back = await visitor.history();
    await visitor.sees('Ben: You can read this tomorrow.');
    assert.ok(back.length > 2, 'all that was said before is there too');
    world.pass(25 * HOUR_MS);
    const { stores } = world.desk.app;
    const ahead = { store: stores.handovers, now: () => world.now(), newId: () => '', wake: () => undefined };
    assert.ok((await closeSilent(ahead)) >= 1);
    await visitor.comeBack();
    await visitor.sees('because nobody wrote for a while');
    await until(
      () => world.thread(card).some((text) => text.includes('nobody wrote')),
      () => world.thread(card),
    );
  });

  it('deletes its messages from the channel when the visitor deletes the conversation', async () => {
    const { visitor, card } = await asked('Something private.', 'private-canary@contoso.com');
    await visitor.say('and this too');
    await until(
      () => world.thread(card).length === 1,
      () => world.thread(card),
    );
    const since = world.posted().length;
    assert.equal(await visitor.forget(), 200);
    const after = await world.sees((one) => one.method === 'PUT' && saysIn(one, 'Deleted'), since);
    assert.ok(after.path.endsWith(card.id));
    assert.doesNotMatch(JSON.stringify(after.activity), /private|this too/);
    assert.equal(
      world
        .posted()
        .slice(since)
        .filter((one) => one.method === 'DELETE').length,
      1,
    );
    const { kysely } = world.desk.app.stores.database;
    await until(
      () => world.posted().length > since,
      () => '',
    );
    await quiet();
    const left = JSON.stringify([
      await kysely.selectFrom('handovers').selectAll().execute(),
      await kysely.selectFrom('handover_entries').selectAll().execute(),
    ]);
    for (const canary of ['Something private', 'private-canary', 'and this too', visitor.conversationId])
      assert.equal(left.includes(canary), false, canary);
  });

  it('uses the channel that another instance has stored a moment ago', async () => {
    const { handovers } = world.desk.app.stores;
    const store = (channel: StaffChannel | undefined) =>
      handovers.setStaffChannel(channel, 'other instance', world.now());
    await world.write('hand over here');
    const here = await handovers.staffChannel();
    assert.ok(here);
    await world.write('hand over off');
    await store(here);
    const visitor = await WebVisitor.join(world.desk.url);
    await visitor.say('talk to someone');
    await until(
      async () => (await visitor.history()).flatMap(submitsOf).some((one) => one.verb === 'handover-send'),
      () => visitor.texts(),
    );
    const elsewhere = '19:elsewhere@thread.tacv2';
    const conversation = { id: elsewhere };
    await store({ ...here, conversationId: elsewhere, reference: { ...here.reference, conversation } });
    await visitor.press('handover-send', { handoverMessage: 'To the new channel, please.' });
    const all = () => world.connector.sent.filter((one) => decodeURIComponent(one.path).includes(elsewhere));
    await until(() => all().some((one) => saysIn(one, 'To the new channel, please.')), all);
    await store(here);
  });

  it('is not offered after staff turn off hand-overs, and open conversations continue', async () => {
    const { visitor, card } = await asked();
    await world.write('hand over off');
    await world.sees((one) => saysIn(one, 'can no longer ask for a person'));
    await world.write('still with you', BEN, card.id);
    await visitor.sees('Ben: still with you');
    const other = await WebVisitor.join(world.desk.url);
    await other.say('agent');
    await other.sees('Please contact');
    assert.equal(world.posted().filter(isNewThread).length > 0, true);
  });
});
