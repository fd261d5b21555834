/** Hand-overs from Azure Direct Line, outside opening hours, and in a group chat. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { textOf, type Reply } from '../helpers/desk.js';
import { HandoverFixture, saysIn, submitsOf, TENANT, until } from '../helpers/handover.js';
import { BEN } from '../helpers/teams-chat.js';
import { ROOT } from '../helpers/chromium.js';

const HOUR_MS = 3_600_000;
const GROUP = '19:desk@thread.v2';

/** The sample profile. Its desks open three hours from now, for one hour. */
function profileThatOpensLater(folder: string): string {
  const sample = JSON.parse(readFileSync(path.join(ROOT, 'data', 'partner-profile.json'), 'utf8')) as {
    desks: Record<string, Record<string, unknown>>;
  };
  const hour = (new Date().getUTCHours() + 3) % 24;
  const hours = `UTC; Mo-Su ${String(hour).padStart(2, '0')}:00-${String(hour + 1).padStart(2, '0')}:00`;
  const desks = Object.fromEntries(
    Object.entries(sample.desks).map(([name, one]) => [name, { ...one, hours }]),
  );
  const file = path.join(folder, 'profile.json');
  writeFileSync(file, JSON.stringify({ ...sample, desks }));
  return file;
}

/** A visitor from Azure Direct Line: Azure delivers the activities, and the bot answers through Azure's connector. */
class AzureVisitor {
  constructor(
    private readonly world: HandoverFixture,
    readonly id: string,
    private readonly locale = 'en-US',
  ) {}

  send(over: Record<string, unknown>) {
    const address = { channelId: 'directline', conversation: { id: this.id }, channelData: undefined };
    const from = { id: `dl_${this.id}`, name: '' };
    return this.world.deliver({
      ...address,
      from,
      locale: this.locale,
      localTimezone: 'Asia/Taipei',
      ...over,
    });
  }

  say(text: string) {
    return this.send({ text });
  }

  /** The bot's requests in this conversation, oldest first. */
  got(method = 'POST'): readonly Reply[] {
    return this.world.connector.sent
      .filter((one) => one.method === method && decodeURIComponent(one.path).includes(`/${this.id}/`))
      .filter((one) => one.activity.type === 'message')
      .map((one) => one.activity as unknown as Reply);
  }

  sees(text: string | RegExp): Promise<Reply> {
    const all = () => [...this.got(), ...this.got('PUT')];
    return until(
      () => all().findLast((one) => saysIn({ activity: one }, text)),
      () => all().map(textOf),
    );
  }

  async press(verb: string, fields: Record<string, string> = {}) {
    const button = this.got()
      .flatMap(submitsOf)
      .findLast((one) => one.verb === verb);
    assert.ok(button, verb);
    await this.send({ value: { ...(button.data as object), ...fields } });
  }
}

describe('a hand-over of a visitor from Azure Direct Line', function () {
  let world: HandoverFixture;
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-profile-'));
  before(async () => {
    world = await HandoverFixture.open({
      OFFER_DESK_PROFILE: profileThatOpensLater(folder),
      OFFER_DESK_DIRECT_LINE_SECRET: 'a secret of this test',
      OFFER_DESK_DIRECT_LINE_URL: 'http://127.0.0.1:9/v3/directline',
    });
  });
  after(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  it('says when staff will read the message, in the visitor’s time zone, or that staff are there now', async () => {
    await world.write('hand over here');
    await world.sees((one) => saysIn(one, 'now come here'));
    const late = new AzureVisitor(world, 'conversation-late');
    await late.say('talk to someone');
    const form = textOf(await late.sees('Talk to someone at'));
    assert.match(
      form,
      /Closed now\. Opens in [23] hr( \d+ min)? \(your time .*\d\d:00\)\. Your message will be read then\./,
    );
    await late.press('handover-send', {
      handoverMessage: 'Call me tomorrow.',
      handoverContact: '+886 2 5555 0100',
    });
    const told = textOf(await late.sees('answers here'));
    assert.match(told, /will be read then/);
    assert.match(told, /\+886 2 5555 0100/);
    world.pass(3 * HOUR_MS);
    const early = new AzureVisitor(world, 'conversation-early', 'zh-TW');
    await early.say('轉真人');
    assert.match(textOf(await early.sees('聯絡')), /現在/);
  });

  it('passes messages both ways through the connector, and sends a new card if it cannot update a message', async () => {
    world.connector.answerWith((method, at) =>
      method === 'PUT' && at.includes('conversation-azure') ? 405 : undefined,
    );
    const visitor = new AzureVisitor(world, 'conversation-azure');
    await visitor.say('agent');
    const since = world.posted().length;
    await visitor.press('handover-send', { handoverMessage: 'Is anybody there?' });
    const card = await world.card(since);
    await visitor.sees('answers here');
    await world.write('Yes, I am.', BEN, card.id);
    await visitor.sees('Ben: Yes, I am.');
    await until(
      () =>
        visitor
          .got()
          .some((one) => saysIn({ activity: one }, 'Ben of Alpine Ski House Cloud is answering you\n')),
      () => visitor.got().map(textOf),
    );
    await visitor.say('Thank you');
    await until(
      () => world.thread(card).includes('Customer: Thank you'),
      () => world.thread(card),
    );
    await visitor.press('handover-end');
    await world.sees((one) => one.method === 'PUT' && saysIn(one, 'Ended by the customer'), since);
    world.connector.answerWith(undefined);
  });

  it('moves to a group chat when staff choose the chat; an answer there quotes the card', async () => {
    const conversation = { id: GROUP, conversationType: 'groupChat', isGroup: true, tenantId: TENANT };
    const inGroup = { conversation, channelData: { tenant: { id: TENANT } } };
    const toGroup = () =>
      world.connector.sent
        .map((one, at) => ({ ...one, id: `sent-${at + 1}` }))
        .filter((one) => decodeURIComponent(one.path).includes(GROUP));
    await world.write('hand over here', undefined, undefined, inGroup);
    await until(() => toGroup().some((one) => saysIn(one, 'now come here')), toGroup);
    const visitor = new AzureVisitor(world, 'conversation-group');
    await visitor.say('human');
    await visitor.press('handover-send', { handoverMessage: 'Hello group' });
    const card = await until(
      () => toGroup().find((one) => saysIn(one, 'A customer asks for a person')),
      toGroup,
    );
    await world.write('what is a refund?', BEN, undefined, inGroup);
    const content = JSON.stringify({ messageId: card.id });
    const attachments = [{ contentType: 'messageReference', content }];
    await world.write('We are here.', BEN, undefined, { ...inGroup, attachments });
    await visitor.sees('Ben: We are here.');
    assert.equal(
      visitor.got().some((one) => saysIn({ activity: one }, 'what is a refund')),
      false,
      'other talk stays in the group',
    );
  });

  it('can be requested at most five times an hour in one conversation', async () => {
    const visitor = new AzureVisitor(world, 'conversation-eager');
    const ended = () => visitor.got().filter((one) => one.text?.startsWith('You have ended')).length;
    for (let times = 1; times <= 5; times += 1) {
      await visitor.say('talk to someone');
      await visitor.press('handover-send', { handoverMessage: 'again' });
      await visitor.say('end');
      await until(() => ended() === times, ended);
    }
    await visitor.say('talk to someone');
    await visitor.press('handover-send', { handoverMessage: 'once more' });
    await visitor.sees('Please wait a while');
  });
});
