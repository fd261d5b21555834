/** The embedded Direct Line over real HTTP: what any Direct Line client relies on. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { WireActivity } from '../../../bot/web/directline/log.js';
import { MemoryConversationLog } from '../../helpers/conversation-log.js';
import { call, Listener, poll, pollUntil, say, startConversation } from '../../helpers/direct-line.js';
import { BOT, echoBot, startWebServer, type WebServer } from '../../helpers/web-server.js';

const texts = (activities: readonly WireActivity[]): unknown[] => activities.map((activity) => activity.text);

describe('the embedded Direct Line', () => {
  let web: WebServer;
  before(async () => {
    web = await startWebServer();
  });
  after(() => web.close());

  it('gives a token for a new conversation with a user id of its own choosing', async () => {
    const answer = await call(`${web.url}/v3/directline/tokens/generate`, 'POST', {
      body: { user: { id: 'dl_mine', name: 'Eve' } },
    });
    assert.equal(answer.status, 200);
    const claims = JSON.parse(
      Buffer.from(answer.body.token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, string>;
    assert.match(claims.user ?? '', /^dl_[\w-]{22}$/);
    assert.equal(claims.audience, 'customer');
    assert.equal(claims.conv, answer.body.conversationId);
    assert.equal(answer.body.expires_in, 3600);
  });

  it('greets once for any number of tabs', async () => {
    const { body } = await call(`${web.url}/v3/directline/tokens/generate`, 'POST');
    const start = () =>
      call(`${web.url}/v3/directline/conversations`, 'POST', { token: body.token, body: {} });
    const answers = await Promise.all([start(), start(), start(), start()]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 200, 200, 201]);
    await start();
    const greetings = web.delivered.filter(({ meta }) => meta.conversationId === body.conversationId);
    assert.equal(greetings.length, 1);
    const members = greetings[0]?.activity.membersAdded as { id: string }[];
    assert.equal(members[0]?.id, BOT.id);
    assert.match(members[1]?.id ?? '', /^dl_/);
  });

  it('gives the greeting the language the client asked for, and ignores one that is not a language', async () => {
    const one = await startConversation(web.url, { locale: 'zh-TW' });
    const other = await startConversation(web.url, { locale: '../../etc/passwd' });
    const localeOf = (id: string) =>
      web.delivered.find(({ meta }) => meta.conversationId === id)?.activity.locale;
    assert.equal(localeOf(one.id), 'zh-TW');
    assert.equal(localeOf(other.id), undefined);
  });

  it('echoes a message with the id it answered and the id the client gave it', async () => {
    const conversation = await startConversation(web.url);
    const posted = await say(conversation, 'hello', {
      channelData: { clientActivityID: 'c-1', postBack: true },
    });
    assert.equal(posted.status, 200);
    const activities = await pollUntil(conversation, (seen) => texts(seen).includes('You said: hello'));
    const echo = activities.find((activity) => activity.text === 'hello');
    const reply = activities.find((activity) => activity.text === 'You said: hello');
    assert.equal(echo?.id, posted.body.id);
    assert.deepEqual(echo?.channelData, { clientActivityID: 'c-1', postBack: true });
    assert.equal(reply?.replyToId, posted.body.id);
    assert.equal((reply?.from as { role: string }).role, 'bot');
  });

  it('takes a message once when the client sends it again, even at the same time', async () => {
    const conversation = await startConversation(web.url);
    const send = () => say(conversation, 'once', { channelData: { clientActivityID: 'same' } });
    const answers = [...(await Promise.all([send(), send()])), await send()];
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    assert.equal(web.delivered.filter(({ activity }) => activity.text === 'once').length, 1);
    const other = await startConversation(web.url);
    await say(other, 'once', { channelData: { clientActivityID: 'same' } });
    assert.equal(web.delivered.filter(({ activity }) => activity.text === 'once').length, 2);
  });

  it('gives strictly increasing timestamps even when everything happens in one millisecond', async () => {
    const frozen = await startWebServer({ now: () => 1_700_000_000_000 });
    try {
      const conversation = await startConversation(frozen.url);
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => say(conversation, text)));
      const activities = await pollUntil(conversation, (seen) => seen.length >= 11);
      const times = activities.map((activity) => activity.timestamp ?? '');
      assert.deepEqual(times, [...new Set(times)].sort());
    } finally {
      await frozen.close();
    }
  });

  it('shows pollers only what follows their watermark', async () => {
    const conversation = await startConversation(web.url);
    await say(conversation, 'one');
    await pollUntil(conversation, (seen) => texts(seen).includes('You said: one'));
    const { watermark } = (await poll(conversation)).body;
    assert.deepEqual((await poll(conversation, watermark)).body.activities, []);
    await say(conversation, 'two');
    await pollUntil(conversation, (seen) => texts(seen).includes('You said: two'));
    const fresh = (await poll(conversation, watermark)).body.activities;
    assert.deepEqual(texts(fresh), ['two', 'You said: two']);
    const confused = (await poll(conversation, '-1;drop')).body.activities;
    assert.equal(confused.length, 5);
  });

  it('replays to a stream everything after its watermark, then what follows, each exactly once', async () => {
    const conversation = await startConversation(web.url);
    await say(conversation, 'one');
    await pollUntil(conversation, (seen) => texts(seen).includes('You said: one'));
    const all = new Listener(conversation.streamUrl);
    assert.equal(await all.opened(), 101);
    all.send('');
    await all.until((seen) => seen.length === 3);
    await Promise.all(['two', 'three', 'four'].map((text) => say(conversation, text)));
    await all.until((seen) => seen.length === 9);
    assert.equal(new Set(all.activities.map((activity) => activity.id)).size, 9);

    const reconnected = await call(
      `${conversation.base}/conversations/${conversation.id}?watermark=${all.frames[0]?.watermark ?? ''}`,
      'GET',
      { token: conversation.token },
    );
    assert.equal(reconnected.status, 200);
    const rest = new Listener(reconnected.body.streamUrl);
    await rest.until((seen) => seen.length >= 6);
    assert.deepEqual(rest.texts, all.texts.slice(3));
    all.close();
    rest.close();
  });

  it('redraws a card in place for open streams and for clients that come back later', async () => {
    const conversation = await startConversation(web.url);
    const [welcome] = await pollUntil(conversation, (seen) => seen.length === 1);
    const { watermark } = (await poll(conversation)).body;
    const listener = new Listener(conversation.streamUrl);
    await listener.until((seen) => seen.length === 1);
    await web.hub.update(conversation.id, welcome?.id ?? '', { type: 'message', text: 'changed' });
    await listener.until((seen) => seen.length === 2);
    const changed = listener.activities[1];
    assert.deepEqual([changed?.id, changed?.timestamp], [welcome?.id, welcome?.timestamp]);
    assert.deepEqual(texts((await poll(conversation, watermark)).body.activities), ['changed']);
    assert.deepEqual(texts((await poll(conversation)).body.activities), ['changed']);
    await web.hub.remove(conversation.id, welcome?.id ?? '');
    assert.equal((await poll(conversation)).body.activities[0]?.type, 'event');
    listener.close();
  });

  it('shows typing to the people who look now, and keeps it out of the history', async () => {
    const conversation = await startConversation(web.url);
    const listener = new Listener(conversation.streamUrl);
    await listener.until((seen) => seen.length === 1);
    await web.hub.fromBot(conversation.id, { type: 'typing' });
    await listener.until((seen) => seen.length === 2);
    assert.equal(listener.frames[1]?.watermark, undefined);
    const before = web.delivered.length;
    assert.equal((await say(conversation, '', { type: 'typing', text: undefined })).status, 200);
    assert.equal(web.delivered.length, before, 'typing is no turn');
    assert.equal((await poll(conversation)).body.activities.length, 1);
    listener.close();
  });

  it('renews a token for the same conversation and user', async () => {
    const conversation = await startConversation(web.url);
    const renewed = await call(`${conversation.base}/tokens/refresh`, 'POST', { token: conversation.token });
    assert.equal(renewed.status, 200);
    assert.equal(renewed.body.conversationId, conversation.id);
    assert.equal((await poll({ ...conversation, token: renewed.body.token })).status, 200);
  });

  it('says that files are not accepted, in words and with a way on', async () => {
    const conversation = await startConversation(web.url);
    const form = new FormData();
    form.append('file', new Blob(['x'.repeat(100_000)]), 'a.txt');
    const response = await fetch(`${conversation.base}/conversations/${conversation.id}/upload?userId=me`, {
      method: 'POST',
      headers: { authorization: `Bearer ${conversation.token}` },
      body: form,
    });
    assert.equal(response.status, 415);
    const { error } = (await response.json()) as { error: Record<string, string> };
    assert.equal(error.code, 'upload.refused');
    assert.match(error.message ?? '', /words/);
    assert.ok(web.log.withReference(error.reference ?? ''));
    const attached = await say(conversation, 'see', {
      attachments: [{ contentUrl: 'https://evil.example/x' }],
    });
    assert.equal(attached.status, 415);
  });

  it('tells the user with a reference when the bot could not take the message', async () => {
    const broken = await startWebServer({
      bot: async (activity, meta, hub) => {
        if (activity.text === 'break') throw new Error('the bot fell over');
        await echoBot(activity, meta, hub);
      },
    });
    try {
      const conversation = await startConversation(broken.url);
      assert.equal((await say(conversation, 'break', { locale: 'en-US' })).status, 200);
      await pollUntil(conversation, (seen) => texts(seen).includes('Sorry (en-US), TESTREF1'));
      assert.match(broken.log.text, /TESTREF1.*the bot fell over/);
      await say(conversation, 'again');
      await pollUntil(conversation, (seen) => texts(seen).includes('You said: again'));
    } finally {
      await broken.close();
    }
  });
});

describe('a restart of the server', () => {
  it('keeps tokens, conversations and watermarks when key and log are kept', async () => {
    const kept = { keys: [randomBytes(32)] as [Buffer], conversations: new MemoryConversationLog() };
    const first = await startWebServer(kept);
    const conversation = await startConversation(first.url);
    await say(conversation, 'before');
    await pollUntil(conversation, (seen) => seen.length === 3);
    const listener = new Listener(conversation.streamUrl);
    await listener.until((seen) => seen.length === 3);
    const closed = listener.closed();
    await first.close();
    assert.equal(await closed, 1001, 'open streams are told to come back');

    const second = await startWebServer({ ...kept, port: first.port });
    try {
      const again = await call(`${conversation.base}/conversations/${conversation.id}?watermark=1`, 'GET', {
        token: conversation.token,
      });
      assert.equal(again.status, 200);
      const stream = new Listener(again.body.streamUrl);
      await stream.until((seen) => seen.length === 2);
      await say(conversation, 'after');
      await stream.until((seen) => seen.length === 4);
      assert.deepEqual(stream.texts, ['before', 'You said: before', 'after', 'You said: after']);
      assert.equal(
        second.delivered.filter(({ activity }) => activity.type === 'conversationUpdate').length,
        0,
      );
      stream.close();
    } finally {
      await second.close();
    }
  });

  it('lets a turn that is running end before it stops', async () => {
    const conversations = new MemoryConversationLog();
    const slow = await startWebServer({
      conversations,
      bot: async (activity, meta, hub) => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await echoBot(activity, meta, hub);
      },
    });
    const conversation = await startConversation(slow.url);
    await say(conversation, 'last words');
    await slow.close();
    const kept = await conversations.after(conversation.id, 0);
    assert.ok(texts(kept.activities).includes('You said: last words'));
  });

  it('refuses the old tokens when the key is new, so that clients begin again', async () => {
    const first = await startWebServer();
    const conversation = await startConversation(first.url);
    await first.close();
    const second = await startWebServer({ port: first.port });
    try {
      assert.equal((await poll(conversation)).status, 403);
    } finally {
      await second.close();
    }
  });
});
