/** The message extension over the real route: search, message action, links. No chat gets hidden contacts. */
import assert from 'node:assert/strict';
import { startDesk, textOf, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { ADA, clicksOf, TeamsChat } from '../helpers/teams-chat.js';
import { lintCard } from '../helpers/card-lint.js';
import { cpuMsOf } from '../helpers/cpu-time.js';

interface Result {
  readonly type: string;
  readonly text?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content: Record<string, unknown>;
    readonly preview?: { readonly content: { readonly title: string; readonly text: string } };
  }[];
}
interface Dialog {
  readonly type: string;
  readonly value: { readonly title: string; readonly card: { readonly content: Record<string, unknown> } };
}

describe('the message extension', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let chat: TeamsChat;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
    chat = new TeamsChat(desk, connector, {
      id: '19:extension',
      conversationType: 'groupChat',
      isGroup: true,
    });
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });

  const invoke = async (name: string, value: unknown, over: Record<string, unknown> = {}) => {
    const { status, body } = await chat.deliver({
      type: 'invoke',
      name: `composeExtension/${name}`,
      value,
      ...over,
    });
    assert.equal(status, 200);
    return body as { composeExtension: Result; task: Dialog };
  };
  const search = async (query: string, over: Record<string, unknown> = {}) =>
    (
      await invoke(
        'query',
        { commandId: 'searchOffers', parameters: [{ name: 'query', value: query }] },
        over,
      )
    ).composeExtension;
  const about = async (content: string, over: Record<string, unknown> = {}) => {
    const messagePayload = { id: '1', body: { contentType: 'html', content } };
    return (
      await invoke(
        'fetchTask',
        { commandId: 'whoHandlesThis', commandContext: 'message', messagePayload },
        over,
      )
    ).task;
  };
  const withoutRefresh = (content: Record<string, unknown>) => {
    const { refresh: _refresh, ...card } = content;
    return card;
  };
  const read = (content: unknown) => textOf({ attachments: [{ content }] } as unknown as Reply);

  it('finds an offer by part of its name, and gives a card with the contacts for each issue', async () => {
    const { type, attachments = [] } = await search('backup azure');
    assert.equal(type, 'result');
    assert.equal(attachments[0]?.preview?.content.title, 'Contoso Backup for Azure');
    assert.match(attachments[0]?.preview?.content.text ?? '', /Contoso/);
    assert.match(read(attachments[0]?.content), /Who handles Contoso Backup for Azure/);
  });

  it('gives the card about one issue when the search names the issue', async () => {
    const { attachments = [] } = await search('Contoso Backup for Azure refund');
    assert.match(read(attachments[0]?.content), /Responsible/);
    assert.match(read(attachments[0]?.content), /[Rr]efund/);
  });

  const searchBoth = async (offer: string, issue: string) => {
    const parameters = [
      { name: 'query', value: offer },
      { name: 'issue', value: issue },
    ];
    return (await invoke('query', { commandId: 'searchOffers', parameters })).composeExtension;
  };

  it('answers the offer and the issue of Copilot together, with the responsible party in the preview', async () => {
    const { attachments = [] } = await searchBoth('Contoso Backup for Azure', 'the invoice is wrong');
    const [first] = attachments;
    assert.equal(first?.preview?.content.title, 'Contoso Backup for Azure');
    assert.match(first.preview.content.text, /^Responsible: /);
    assert.match(read(first.content), /Bill or price/);
  });

  it('takes an issue alone as the search, and shows the offer at a glance where the issue is not clear', async () => {
    const alone = await searchBoth('', 'Contoso Backup for Azure crashes with an error');
    assert.match(read(alone.attachments?.[0]?.content), /Responsible/);
    const unclear = await searchBoth('Contoso Backup for Azure', 'florble wibble');
    assert.match(read(unclear.attachments?.[0]?.content), /Who handles Contoso Backup for Azure/);
    assert.equal(unclear.attachments?.[0]?.preview?.content.text, 'Contoso, Ltd.');
  });

  it('shows no contact of staff in a preview or a card, whatever fields are filled in', async () => {
    for (const issue of ['crashes with an error', 'engineering contact', 'refund', ''])
      for (const { content, preview } of (await searchBoth('contoso', issue)).attachments ?? []) {
        assert.doesNotMatch(
          JSON.stringify([content, preview]),
          /engineering@|csp@|partners@|sre@|jordan\.miles/i,
        );
      }
  });

  it('shows offers of the directory before the person types', async () => {
    const parameters = [{ name: 'initialRun', value: 'true' }];
    const { composeExtension } = await invoke('query', { commandId: 'searchOffers', parameters });
    assert.ok((composeExtension.attachments?.length ?? 0) > 0);
  });

  it('says what to try when no offer matches', async () => {
    const { type, text } = await search('qqqzzzxxx');
    assert.equal(type, 'message');
    assert.match(text ?? '', /qqqzzzxxx/);
  });

  it('inserts a card for customers into a chat, and shows the staff view only to its sender', async () => {
    for (const query of [
      'Contoso Backup for Azure',
      'Contoso Backup for Azure crashes with an error',
      'fabrikam',
    ]) {
      const { attachments = [] } = await search(query);
      assert.ok(attachments.length > 0);
      for (const { content } of attachments) {
        const json = JSON.stringify(content);
        assert.doesNotMatch(json, /engineering@|csp@|partners@|sre@|jordan\.miles/i);
        assert.ok(Buffer.byteLength(json, 'utf16le') <= 25 * 1024);
        const { refresh, ...card } = content;
        assert.deepEqual(lintCard({ card, summary: 'x', text: 'x' }, 'teams'), []);
        assert.deepEqual((refresh as { userIds: string[] }).userIds, [ADA.id]);
      }
    }
  });

  it('shows a private view to the person who opens the card', async () => {
    const { attachments = [] } = await search(
      'Contoso Backup for Azure crashes with an error when a backup runs',
    );
    const { action } = attachments[0]?.content.refresh as { action: { verb: string; data: unknown } };
    chat.sent();
    const value = { action: { type: 'Action.Execute', ...action }, trigger: 'automatic' };
    const { body } = await chat.deliver({ type: 'invoke', name: 'adaptiveCard/action', value });
    const own = (body as { value: unknown }).value;
    assert.match(read(own), /engineering@contoso\.com/);
    assert.deepEqual(chat.sent(), []);
  });

  it('reads a message, and shows in a dialog who handles the problem', async () => {
    const task = await about(
      '<div>Hi team,&nbsp;<b>Contoso Backup for Azure</b> crashes with an error when a backup runs <script>x</script></div>',
    );
    assert.equal(task.type, 'continue');
    assert.match(read(task.value.card.content), /Responsible/);
    assert.match(read(task.value.card.content), /Contoso Backup for Azure/);
  });

  it('reads the words of a reply, and not the message that it quotes', async () => {
    const task = await about(
      '<blockquote itemtype="http://schema.skype.com/Reply"><strong itemprop="mri">Grace</strong><p>Coho Cellar crashes</p></blockquote>' +
        '<p>The invoice for <at id="0">Fabrikam</at> Fabrikam CRM is wrong.</p><p>Kind regards<br>Ada</p>',
    );
    assert.match(read(task.value.card.content), /Bill or price · Fabrikam CRM/);
  });

  it('inserts the dialog’s card into the chat as the card for customers', async () => {
    const task = await about('Contoso Backup for Azure crashes with an error when a backup runs');
    const button = clicksOf(task.value.card.content).find((one) => one.title.includes('chat'));
    assert.ok(button);
    const { composeExtension } = await invoke('submitAction', {
      commandId: 'whoHandlesThis',
      data: button.data,
    });
    const [card] = composeExtension.attachments ?? [];
    assert.match(read(card?.content), /Contoso Backup for Azure/);
    assert.doesNotMatch(JSON.stringify(card), /engineering@|csp@/);
  });

  it('refuses a changed button of a dialog', async () => {
    const task = await about('Contoso Backup for Azure crashes with an error');
    const data = structuredClone(clicksOf(task.value.card.content)[0]?.data) as {
      offerDesk: { sig: string };
    };
    data.offerDesk.sig = 'A'.repeat(43);
    const { composeExtension } = await invoke('submitAction', { commandId: 'whoHandlesThis', data });
    assert.equal(composeExtension.type, 'message');
  });

  it('says what to do next when a message has too little information', async () => {
    for (const content of ['', '<p></p>', 'good morning everybody', '\u200b']) {
      const task = await about(content);
      assert.match(read(task.value.card.content), /cannot tell|who handles/i, content);
    }
    const task = await about('good morning everybody');
    assert.match(JSON.stringify(task), /teams\.microsoft\.com\/l\/chat\/0\/0\?users=28%3A/);
  });

  it('unfurls a marketplace link of a known offer, signed in or not, and ignores every other link', async () => {
    const offer = [...desk.app.directory.view().directory.offers.values()][0]!;
    const url = `https://marketplace.microsoft.com/en-us/product/saas/${offer.id}?tab=Overview`;
    for (const name of ['queryLink', 'anonymousQueryLink']) {
      const { composeExtension } = await invoke(name, { url });
      assert.ok(read(composeExtension.attachments?.[0]?.content).includes(offer.name));
      for (const other of [
        'https://evil.example/x',
        'https://partner.microsoft.com/dashboard/home',
        'nonsense',
        7,
      ]) {
        const none = await invoke(name, { url: other });
        assert.deepEqual(none.composeExtension.attachments, []);
      }
    }
  });

  it('unfurls a Partner Center link to an offer, and says when the directory does not have the offer', async () => {
    const offer = [...desk.app.directory.view().directory.offers.values()].find((one) =>
      /^[^|]+\.[^|]+$/.test(one.id),
    )!;
    const center = 'https://partner.microsoft.com/dashboard/marketplace-offers';
    const card = async (url: string) => {
      const { attachments = [] } = (await invoke('queryLink', { url })).composeExtension;
      assert.equal(attachments.length, 1, url);
      const { content, preview } = attachments[0]!;
      assert.ok(preview?.content.title);
      assert.deepEqual(lintCard({ card: withoutRefresh(content), summary: 'x', text: 'x' }, 'teams'), []);
      return read(content);
    };
    assert.match(await card(`${center}/${offer.id}/overview`), new RegExp(offer.name.replace(/\W/g, '.')));
    const market = 'https://marketplace.microsoft.com/en-us/product/saas/nobody.nothing';
    for (const url of [`${center}/nobody.nothing`, market]) {
      assert.match(await card(url), /not in our directory[^]*nobody\.nothing/);
    }
    const numbered = `${center}/0f0f0f0f-1111-4222-8333-444444444444/overview`;
    assert.match(await card(numbered), /does not say which offer/);
  });

  it('answers in the language of the client, also outside a conversation', async () => {
    const entities = [{ type: 'clientInfo', locale: 'zh-TW' }];
    const from = { id: '29:new', name: 'New', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000009' };
    const over = { from, entities, locale: undefined, conversation: undefined };
    const { text } = await search('qqqzzzxxx', over);
    assert.match(text ?? '', /沒有產品/);
  });

  it('answers every other request of the extension', async () => {
    const { composeExtension } = await invoke('querySettingUrl', {});
    assert.equal(composeExtension.type, 'message');
    await invoke('setting', { state: 'x' });
    await invoke('onCardButtonClicked', { name: 'x' });
    const selected = await invoke('selectItem', { offerId: 'no.such' });
    assert.equal(selected.composeExtension.type, 'message');
  });

  const odd: readonly unknown[] = [
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { parameters: 'x' },
    { parameters: [null, 7] },
  ];
  it('survives values of any shape', async () => {
    for (const name of ['query', 'fetchTask', 'submitAction', 'queryLink', 'selectItem', 'setting'])
      for (const value of odd) await invoke(name, value);
  });

  it('answers a very long query at once', async () => {
    const took = await cpuMsOf(() => search('backup '.repeat(10_000)));
    assert.ok(took < 1_000, `${String(took)} ms`);
  });
});
