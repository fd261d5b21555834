/** People through Graph: the real client with its real retries, its last step led to a hand-written Graph. */
import assert from 'node:assert/strict';
import {
  AuthenticationHandler,
  Client,
  RetryHandler,
  RetryHandlerOptions,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { openPeople, type PeopleDeps } from '../../../bot/graph/people.js';
import { CapturedLog } from '../../helpers/capture-log.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly authorization: string | null;
}

type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | 'never';

/** Graph as this test wants it: answers by path, remembers what was asked. */
function graph(replies: (asked: Asked) => Reply) {
  const asked: Asked[] = [];
  const last: Middleware = {
    execute: async (context: Context) => {
      const { method = 'GET', body, headers, signal } = context.options ?? {};
      const url = String(context.request);
      const authorization = new Headers(headers).get('authorization');
      const one = {
        method,
        url,
        body: typeof body === 'string' ? JSON.parse(body) : undefined,
        authorization,
      };
      asked.push(one);
      const reply = replies(one);
      if (reply === 'never') {
        await new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
        );
      } else {
        context.response = new Response(JSON.stringify(reply.body ?? {}), {
          status: reply.status ?? 200,
          headers: { 'content-type': 'application/json', ...reply.headers },
        });
      }
    },
  };
  const auth = new AuthenticationHandler({ getAccessToken: () => Promise.resolve('T') });
  const retry = new RetryHandler(new RetryHandlerOptions());
  auth.setNext(retry);
  retry.setNext(last);
  return { client: Client.initWithMiddleware({ middleware: auth }), asked };
}

const open = (client: Client | undefined, over: Partial<PeopleDeps> = {}) =>
  openPeople({ client, now: () => 0, log: new CapturedLog(), ...over });

describe('people through Graph', () => {
  it('say that they are not configured when there is no registration, and ask nobody', async () => {
    const people = open(undefined);
    assert.deepEqual(await people.managerOf('ada'), { kind: 'not-configured' });
    assert.deepEqual(await people.groupsOf('ada', ['g']), { kind: 'not-configured' });
    assert.deepEqual(await people.presenceOf(['ada']), { kind: 'not-configured' });
  });

  it('name a person’s manager, with the bot’s token', async () => {
    const { client, asked } = graph(() => ({
      body: { id: 'grace', displayName: 'Grace', userPrincipalName: 'grace@contoso.com' },
    }));
    const told = await open(client).managerOf('ada/../x');
    assert.deepEqual(told, {
      kind: 'known',
      value: { id: 'grace', name: 'Grace', upn: 'grace@contoso.com' },
    });
    assert.match(
      asked[0]?.url ?? '',
      /^https:\/\/graph\.microsoft\.com\/v1\.0\/users\/ada%2F\.\.%2Fx\/manager\?/,
    );
    assert.equal(asked[0]?.authorization, 'Bearer T');
  });

  it('know that somebody has no manager', async () => {
    const { client } = graph(() => ({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }));
    assert.deepEqual(await open(client).managerOf('ada'), { kind: 'none' });
  });

  it('tell the groups of a person, ask once in ten minutes, and ask again afterwards or when the clock went back', async () => {
    let now = 0;
    const { client, asked } = graph(() => ({ body: { value: ['admins'] } }));
    const people = open(client, { now: () => now });
    const ask = () => people.groupsOf('ada', ['staff', 'admins']);
    const all = await Promise.all([ask(), ask(), people.groupsOf('ada', ['admins', 'staff'])]);
    for (const told of all) assert.deepEqual(told, { kind: 'known', value: new Set(['admins']) });
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.body, { groupIds: ['staff', 'admins'] });
    now = 600_001;
    await ask();
    assert.equal(asked.length, 2);
    await people.groupsOf('ben', ['staff', 'admins']);
    assert.equal(asked.length, 3);
    now -= 3_600_000;
    await ask();
    assert.equal(asked.length, 4, 'again when the clock was set back');
  });

  it('do not keep a failure, and write down no more of it than its code', async () => {
    let broken = true;
    const log = new CapturedLog();
    const { client, asked } = graph(() =>
      broken
        ? { status: 403, body: { error: { code: 'Forbidden', message: 'ada@contoso.com' } } }
        : { body: { value: [] } },
    );
    const people = open(client, { log });
    assert.deepEqual(await people.groupsOf('ada', ['g']), { kind: 'refused' });
    broken = false;
    assert.deepEqual(await people.groupsOf('ada', ['g']), { kind: 'known', value: new Set() });
    assert.equal(asked.length, 2);
    assert.match(log.text, /graph\.unavailable/);
    assert.doesNotMatch(log.text, /ada@contoso\.com/);
  });

  it('find a person’s id by user principal name, and ask once a day', async () => {
    let now = 0;
    const { client, asked } = graph(() => ({ body: { id: 'grace' } }));
    const people = open(client, { now: () => now });
    for (const upn of ['Grace@contoso.com', 'grace@contoso.com'])
      assert.deepEqual(await people.idOf(upn), { kind: 'known', value: 'grace' });
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.url ?? '', /\/users\/Grace%40contoso\.com\?\$select=id$/i);
    now = 86_400_001;
    await people.idOf('grace@contoso.com');
    assert.equal(asked.length, 2);
  });

  it('understand presences in the words of older and newer Graph', async () => {
    const words = [
      'Available',
      'available',
      'BusyIdle',
      'inAMeeting',
      'DoNotDisturb',
      'presenting',
      'BeRightBack',
    ];
    const value = words.map((availability, id) => ({ id: String(id), availability }));
    const { client } = graph(() => ({ body: { value } }));
    const told = await open(client).presenceOf(['0']);
    assert.ok(told.kind === 'known');
    assert.deepEqual(
      [...told.value.values()],
      ['available', 'available', 'busy', 'busy', 'do-not-disturb', 'do-not-disturb', 'away'],
    );
  });

  it('tell presences they know the name of, and leave the others out', async () => {
    const value = [
      { id: 'ada', availability: 'Busy' },
      { id: 'ben', availability: 'OnTheMoon' },
    ];
    const { client, asked } = graph(() => ({ body: { value } }));
    const told = await open(client).presenceOf(['ada', 'ben']);
    assert.deepEqual(told, { kind: 'known', value: new Map([['ada', 'busy']]) });
    assert.match(asked[0]?.url ?? '', /getPresencesByUserId$/);
  });

  it('wait as long as they are told to when Graph is busy, and give up in time when it is silent', async () => {
    let calls = 0;
    const busy = graph(() => {
      calls += 1;
      return calls === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { body: { id: 'grace' } };
    });
    assert.deepEqual(await open(busy.client).managerOf('ada'), { kind: 'known', value: { id: 'grace' } });
    const silent = graph(() => 'never');
    assert.deepEqual(await open(silent.client, { patienceMs: 30 }).managerOf('ada'), { kind: 'unavailable' });
  });

  it('take an answer of another shape for none they can use', async () => {
    const { client } = graph(() => ({ body: { value: 'x' } }));
    assert.deepEqual(await open(client).groupsOf('ada', ['g']), { kind: 'unavailable' });
  });
});
