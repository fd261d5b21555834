/** One-click contact actions: the actions for each host, and the addresses that they open. */
import assert from 'node:assert/strict';
import { answerCard } from '../../../cards/answer/answer-card.js';
import { contactActions, namedChatLink } from '../../../cards/answer/contact-actions.js';
import type { RenderContext } from '../../../cards/kit/types.js';
import type { ShownContact } from '../../../core/services/answers/answer.js';
import { reachable } from '../../../core/services/answers/open-first.js';
import { cardContext, fabrikamSupport, sampleAnswer } from '../../helpers/card-fixtures.js';

const topic = { issue: 'The product does not work', offer: 'Contoso Backup & Co' };
const urls = (contact: ShownContact, ctx: RenderContext) =>
  contactActions(reachable(contact, ctx.now), topic, ctx).map((action) => String(action.url));
const teams = cardContext({ host: 'teams' });
const web = cardContext();

describe('contact actions on the web', () => {
  it('include call, mail and page, and no Teams chat', () => {
    const [call, mail, page, ...more] = urls(fabrikamSupport, web);
    assert.equal(call, 'tel:+14255550123');
    assert.match(mail ?? '', /^mailto:support@fabrikam\.com\?subject=/);
    assert.equal(page, 'https://support.fabrikam.com/');
    assert.deepEqual(more, []);
  });

  it('prefill offer and issue in the mail', () => {
    const mail = new URL(urls(fabrikamSupport, web)[1] ?? '');
    assert.equal(mail.searchParams.get('subject'), 'Contoso Backup & Co: The product does not work');
    assert.match(mail.searchParams.get('body') ?? '', /Contoso Backup & Co[^]*The product does not work/);
  });

  it('contain the plain number, while the card shows the number in groups', () => {
    const stored = { ...fabrikamSupport, phone: '+14255550123 ext. 7' };
    assert.equal(urls(stored, web)[0], 'tel:+14255550123');
    const answer = sampleAnswer({ first: { ...sampleAnswer().first, contact: stored } });
    const { card, text } = answerCard({ answer }, web);
    assert.match(text, /\+1 425 555 0123 ext\. 7/);
    assert.ok(JSON.stringify(card).includes('+1 425 555 0123 ext. 7'));
    assert.ok(!text.includes('+14255550123'));
  });

  it('call a number in its national form', () => {
    assert.deepEqual(urls({ phone: '(02) 5550-1234' }, web), ['tel:0255501234']);
  });
});

describe('contact actions in Teams', () => {
  it('use only https: a chat for a user principal name, a PSTN call, and the page', () => {
    const [chat, call, page, ...more] = urls(fabrikamSupport, teams);
    assert.match(
      chat ?? '',
      /^https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=support%40fabrikam\.com&message=/,
    );
    assert.equal(call, 'https://teams.microsoft.com/l/call/0/0?users=4:%2B14255550123');
    assert.equal(page, 'https://support.fabrikam.com/');
    assert.deepEqual(more, []);
  });

  it('prefill the chat message with spaces as %20, never +', () => {
    const chat = urls(fabrikamSupport, teams)[0] ?? '';
    assert.ok(!chat.includes('+'));
    assert.match(
      new URL(chat).searchParams.get('message') ?? '',
      /Contoso Backup & Co: The product does not work/,
    );
  });

  it('say in a chat and a mail who was contacted before', () => {
    const tried = { ...topic, tried: 'Northwind Cloud' };
    const mailLink = (_to: string, _subject: string, body: string) =>
      `https://desk.contoso.com/go/mail?body=${encodeURIComponent(body)}`;
    const actions = contactActions(reachable(fabrikamSupport, teams.now), tried, {
      ...teams,
      mailLink,
    });
    const written = actions.map((action) => new URL(String(action.url)).searchParams);
    for (const words of [written[0]?.get('message'), written[2]?.get('body')])
      assert.match(
        words ?? '',
        /Contoso Backup & Co[^]*We contacted Northwind Cloud first|we contacted Northwind Cloud first/,
      );
  });

  it('offer email only through our own page', () => {
    const mailLink = (to: string, subject: string) =>
      `https://desk.contoso.com/go/mail?to=${to}&s=${encodeURIComponent(subject)}`;
    const found = urls({ email: 'support@fabrikam.com' }, { ...teams, mailLink });
    assert.deepEqual(
      found.map((url) => new URL(url).pathname),
      ['/go/mail'],
    );
    assert.deepEqual(urls({ email: 'support@fabrikam.com' }, teams), []);
    assert.deepEqual(
      urls({ email: 'support@fabrikam.com' }, { ...teams, mailLink: () => 'mailto:a@b.com' }),
      [],
    );
  });

  it('offer no call for a number that is not international, and no chat without a user principal name', () => {
    assert.deepEqual(urls({ phone: '0255501234', email: 'a@fabrikam.com' }, teams), []);
  });
});

describe('contact actions everywhere', () => {
  it('are left out for a missing or unusable channel', () => {
    const bad = {
      email: 'a@b.com,c@d.com',
      phone: 'ask reception',
      url: 'javascript:alert(1)',
      upn: 'nobody',
    };
    for (const ctx of [web, teams]) {
      assert.deepEqual(urls({}, ctx), []);
      assert.deepEqual(urls(bad, ctx), []);
    }
  });

  it('are short verbs without the name, which stands above them', () => {
    const titles = (ctx: RenderContext) =>
      contactActions(reachable(fabrikamSupport, ctx.now), topic, ctx).map(({ title }) => title);
    assert.deepEqual(titles(web), ['Call', 'Write an email', 'Open support page ↗']);
    assert.deepEqual(titles(teams), ['Chat in Teams', 'Call', 'Open support page ↗']);
  });

  it('name a person whom no title names, in a short form that fits on a phone', () => {
    const [button] = namedChatLink('a@contoso.com', 'F'.repeat(200), 'Hello', teams);
    assert.match(String(button?.title), /^Chat with F/);
    assert.ok(String(button?.title).length <= 60, String(button?.title));
  });
});
