/** A SharePoint list as a source: the real Graph client, its answers given by a last middleware of our own. */
import assert from 'node:assert/strict';
import {
  AuthenticationHandler,
  Client,
  RedirectHandler,
  RetryHandler,
  RetryHandlerOptions,
  type AuthenticationProvider,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { readSharePointList } from '../../../bot/directory/sharepoint-source.js';
import { parseMapping } from '../../../core/directory/parse/mapping.js';
import { DeskError } from '../../../core/errors.js';
import { importRows } from '../../../core/services/directory/import-rows.js';
import {
  syncDirectory,
  type DirectorySource,
  type SyncState,
} from '../../../core/services/directory/sync-source.js';
import { INJECTIONS } from '../../helpers/injections.js';
import { memoryDirectoryStore } from '../../helpers/memory-directory-store.js';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const LIST = `${GRAPH}/sites/contoso/lists/offers/items/delta`;
const mapping = parseMapping({
  fields: {
    offer_id: 'OfferId',
    offer_name: 'Title',
    publisher_name: { from: 'Publisher', otherwise: 'Contoso' },
    support_email: 'Mail',
  },
  ignore: ['*'],
});
const NOW = Date.parse('2026-11-22T10:00:00Z');

interface Asked {
  readonly url: string;
  readonly token: string | null;
}
type Answer = { readonly status?: number; readonly body: unknown; readonly headers?: Record<string, string> };

/** Stands where the network is, so that the client's own handlers behave as in production. */
class LastMiddleware implements Middleware {
  readonly asked: Asked[] = [];
  /** @param columns of the list; undefined where Graph does not tell them */
  constructor(
    private readonly answer: (url: string, at: number) => Answer | Promise<Answer>,
    private readonly columns?: readonly string[],
  ) {}

  async execute(context: Context): Promise<void> {
    const { request } = context;
    const url = typeof request === 'string' ? request : (request as { readonly url: string }).url;
    const token = new Headers(context.options?.headers).get('authorization');
    if (url.endsWith('/$batch')) return this.together(context, token);
    const { status = 200, body, headers } = await this.told(url, token, context.options?.signal);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    context.response = new Response(text, {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  private async told(url: string, token: string | null, stop?: AbortSignal | null): Promise<Answer> {
    this.asked.push({ url, token });
    const aborted = new Promise<never>((_, reject) =>
      stop?.addEventListener('abort', () => {
        reject(new Error('aborted'));
      }),
    );
    return Promise.race([this.answer(url, this.asked.length), aborted]);
  }

  /** As Graph: each question with a status of its own, in no particular order. */
  private async together(context: Context, token: string | null): Promise<void> {
    const { requests } = JSON.parse(context.options?.body as string) as {
      requests: readonly { id: string; url: string }[];
    };
    const responses = await Promise.all(
      requests.map(async ({ id, url }) => {
        if (!url.includes('/columns')) {
          const told = await this.told(`${GRAPH}${url}`, token, context.options?.signal);
          return { id, status: 200, ...told };
        }
        const value = this.columns?.map((name) => ({ name }));
        return { id, status: value ? 200 : 403, body: { value } };
      }),
    );
    const headers = { 'content-type': 'application/json' };
    context.response = new Response(JSON.stringify({ responses: responses.reverse() }), { headers });
  }
}

function clientOf(last: LastMiddleware): Client {
  const provider: AuthenticationProvider = { getAccessToken: () => Promise.resolve('token-of-ours') };
  const chain: Middleware[] = [
    new AuthenticationHandler(provider),
    new RetryHandler(new RetryHandlerOptions()),
    new RedirectHandler(),
    last,
  ];
  chain.slice(0, -1).forEach((handler, at) => {
    handler.setNext?.(chain[at + 1] ?? last);
  });
  return Client.initWithMiddleware({ middleware: chain[0] ?? last });
}

const item = (id: number, fields: object = {}) => ({
  id: String(id),
  fields: {
    Title: `Offer ${String(id)}`,
    OfferId: `contoso.${String(id)}`,
    Mail: 'help@contoso.com',
    ContentType: 'Item',
    ...fields,
  },
});
const gone = (id: number) => ({ id: String(id), deleted: { state: 'deleted' } });
const delta = (items: readonly object[], token = 'one') => ({
  value: items,
  '@odata.deltaLink': `${LIST}?token=${token}`,
});
const more = (items: readonly object[], token: string) => ({
  value: items,
  '@odata.nextLink': `${LIST}?skip=${token}`,
});

/** One desk whose list answers as told, run after run. */
function desk() {
  const directory = memoryDirectoryStore();
  const states = new Map<string, SyncState>();
  const store = {
    load: (source: string) => Promise.resolve(states.get(source)),
    save: (state: SyncState) => Promise.resolve(void states.set(state.source, state)),
    list: () => Promise.resolve([...states.values()]),
  };
  const sync = async (
    answer: (url: string, at: number) => Answer | Promise<Answer>,
    fingerprint = 'one',
    columns?: readonly string[],
  ) => {
    const last = new LastMiddleware(answer, columns);
    const source: DirectorySource = {
      name: 'list:contacts',
      fingerprint,
      read: (cursor, signal) =>
        readSharePointList(
          clientOf(last),
          { site: 'contoso', list: 'offers', mapping, timeoutMs: 3000, maxPages: 5, today: '2026-11-22' },
          cursor,
          signal,
        ),
    };
    const request = { actor: 'tester', now: () => NOW, signal: new AbortController().signal };
    const outcome = await syncDirectory({ directory, states: store }, source, request);
    return { outcome, asked: last.asked };
  };
  const names = async () => [...(await directory.load()).offers.values()].map((one) => one.name);
  return { sync, names, states, directory };
}
const first = Array.from({ length: 10 }, (_, at) => item(at));

describe('a SharePoint list as a source', () => {
  it('imports text that looks like code as plain text', async () => {
    const { sync, directory } = desk();
    const rows = INJECTIONS.map((text, at) => item(at, { Title: `Zeta ${text}`, Publisher: `Pub ${text}` }));
    await sync(() => ({ body: delta(rows) }));
    const other = memoryDirectoryStore();
    const same = rows.map(({ fields }, at) => ({
      number: at + 2,
      fields: {
        offer_id: fields.OfferId,
        offer_name: fields.Title,
        publisher_name: `Pub ${INJECTIONS[at] ?? ''}`,
        support_email: fields.Mail,
      },
    }));
    await importRows(
      { directory: other },
      { source: 'file:x', mode: 'full', rows: same, actor: 'tester', now: NOW },
    );
    const shown = async (store: typeof other) =>
      [...(await store.load()).offers.values()].map((one) => [one.id, one.name, one.summary, one.links]);
    assert.equal((await shown(directory)).length, INJECTIONS.length);
    assert.deepEqual(await shown(directory), await shown(other));
  });

  it('is read page by page with our token, then only by what changed', async () => {
    const { sync, names } = desk();
    const one = await sync((url) => ({
      body: url.includes('skip=2') ? delta(first.slice(6)) : more(first.slice(0, 6), '2'),
    }));
    assert.equal(one.outcome.kind, 'done');
    assert.deepEqual(
      one.asked.map((each) => each.token),
      ['Bearer token-of-ours', 'Bearer token-of-ours'],
    );
    assert.equal(one.asked[0]?.url, `${LIST}?$expand=fields`);
    const two = await sync(() => ({
      body: delta([item(3, { Title: 'Renamed' }), gone(4), item(11)], 'two'),
    }));
    assert.deepEqual(
      two.asked.map((each) => each.url),
      [`${LIST}?token=one`],
    );
    assert.equal(two.outcome.kind, 'done');
    const found = await names();
    assert.equal(found.length, 10);
    assert.equal(found.includes('Renamed') && found.includes('Offer 11') && !found.includes('Offer 4'), true);
    const three = await sync(() => ({ body: delta([], 'three') }));
    assert.deepEqual([three.outcome.kind, three.asked[0]?.url], ['nothing-new', `${LIST}?token=two`]);
  });

  it('takes along the row an item made before it named another offer', async () => {
    const { sync, names } = desk();
    await sync(() => ({ body: delta(first) }));
    await sync(() => ({ body: delta([item(3, { OfferId: 'contoso.other', Title: 'Other' })]) }));
    const found = await names();
    assert.deepEqual([found.length, found.includes('Other'), found.includes('Offer 3')], [10, true, false]);
  });

  it('keeps the row of an item that can no longer be read, and of one that another item still names', async () => {
    const { sync, names } = desk();
    await sync(() => ({ body: delta([...first, { ...item(1), id: '99' }]) }));
    const { outcome } = await sync(() => ({
      body: delta([item(2, { Mail: 'broken' }), item(5, { Title: 'Five' }), gone(99)]),
    }));
    assert.equal(outcome.kind === 'done' && outcome.report.badRecords, 1);
    const found = await names();
    assert.equal(found.includes('Offer 2') && found.includes('Five') && found.includes('Offer 1'), true);
  });

  it('starts over when Graph no longer knows the delta link, or the settings changed', async () => {
    const { sync, names } = desk();
    await sync(() => ({ body: delta(first) }));
    const error = { error: { code: 'resyncRequired', message: 'again' } };
    const again = await sync((url) =>
      url.includes('token=') ? { status: 410, body: error } : { body: delta(first.slice(1), 'new') },
    );
    assert.equal(again.outcome.kind, 'done');
    assert.equal((await names()).length, 9);
    const changed = await sync(() => ({ body: delta(first.slice(1)) }), 'two');
    assert.equal(changed.asked[0]?.url, `${LIST}?$expand=fields`);
  });

  it('waits as long as Graph asks', async () => {
    const { sync } = desk();
    const began = Date.now();
    const { outcome, asked } = await sync((_url, at) =>
      at === 1 ? { status: 429, body: {}, headers: { 'Retry-After': '1' } } : { body: delta(first) },
    );
    assert.deepEqual([outcome.kind, asked.length], ['done', 2]);
    assert.equal(Date.now() - began >= 1000, true);
  });

  const failures: readonly (readonly [
    string,
    (url: string, at: number) => Answer | Promise<Answer>,
    string,
  ])[] = [
    [
      '401',
      () => ({ status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'no' } } }),
      'source.refused',
    ],
    [
      '403',
      () => ({ status: 403, body: { error: { code: 'accessDenied', message: 'no' } } }),
      'source.refused',
    ],
    [
      '429',
      () => ({
        status: 429,
        body: { error: { code: 'activityLimitReached', message: 'no' } },
        headers: { 'retry-after': '0' },
      }),
      'source.unavailable',
    ],
    [
      '500',
      () => ({ status: 500, body: { error: { code: 'generalException', message: 'no' } } }),
      'source.unavailable',
    ],
    [
      'a log-in page',
      () => ({ body: '<!doctype html><html></html>', headers: { 'content-type': 'text/html' } }),
      'source.shape',
    ],
    ['another shape', () => ({ body: { items: [] } }), 'source.shape'],
    ['an item without an id', () => ({ body: delta([{ fields: {} }]) }), 'source.shape'],
    ['an endless chain', (_url, at) => ({ body: more([], String(at)) }), 'source.shape'],
    ['the same page again and again', () => ({ body: more([], 'same') }), 'source.shape'],
    [
      'a next page that is not Graph’s',
      () => ({ body: { value: [], '@odata.nextLink': 'https://attacker.invalid/next' } }),
      'source.shape',
    ],
    [
      'a delta link that is not Graph’s',
      () => ({ body: { value: [], '@odata.deltaLink': 'http://graph.microsoft.com/x' } }),
      'source.shape',
    ],
    [
      'half its pages',
      (_url, at) => (at === 1 ? { body: more(first.slice(0, 5), '2') } : { status: 500, body: {} }),
      'source.unavailable',
    ],
  ];
  for (const [name, answer, code] of failures) {
    it(`keeps its last good state when Graph answers ${name}, and goes on from there`, async () => {
      const { sync, names, states } = desk();
      await sync(() => ({ body: delta(first) }));
      const cursor = states.get('list:contacts')?.cursor;
      const { outcome } = await sync(answer);
      assert.equal(outcome.kind === 'failed' && outcome.code, code);
      const told = states.get('list:contacts')?.detail ?? '';
      assert.match(
        told,
        new RegExp(`^${code}: .*keeps its last state`),
        'the operator is told what and what to do',
      );
      if (/^\d+$/.test(name)) assert.match(told, new RegExp(`Microsoft Graph answers ${name}`));
      assert.equal((await names()).length, 10);
      assert.equal(states.get('list:contacts')?.cursor, cursor);
      const { outcome: next, asked } = await sync(() => ({ body: delta([item(12)]) }));
      assert.deepEqual([next.kind, asked[0]?.url], ['done', `${LIST}?token=one`]);
    });
  }

  it('is refused when the list says that a column it reads is gone, though few rows changed', async () => {
    const { sync, names } = desk();
    const all = ['Title', 'OfferId', 'Publisher', 'Mail'];
    const first = { body: delta([item(1), item(2, { Publisher: 'Contoso' })]) };
    assert.equal((await sync(() => first, 'one', all)).outcome.kind, 'done');
    const { Mail, ...left } = item(1).fields;
    assert.ok(Mail);
    const changed = () => ({ body: delta([{ id: '1', fields: left }], 'two') });
    const { outcome } = await sync(changed, 'one', ['Title', 'OfferId', 'Publisher', 'Support']);
    assert.equal(outcome.kind, 'failed');
    assert.match(
      JSON.stringify(outcome),
      /no column Mail any more; it has Title, OfferId, Publisher, Support/,
    );
    assert.deepEqual(await names(), ['Offer 1', 'Offer 2']);
    assert.equal((await sync(changed, 'one', all)).outcome.kind, 'done');
  });

  it('is refused with a column renamed, names the field, and comes in again once it is named back', async () => {
    const { sync, names, states, directory } = desk();
    await sync(() => ({ body: delta(first) }));
    const renamed = first.map(({ id, fields: { Mail, ...fields } }) => ({
      id,
      fields: { ...fields, Support: Mail },
    }));
    const { outcome } = await sync(() => ({ body: delta(renamed) }), 'read it all again');
    assert.equal(outcome.kind, 'refused');
    assert.match(
      states.get('list:contacts')?.detail ?? '',
      /column renamed.*lost: contacts\.customer-support\.email/,
    );
    assert.equal((await names()).length, 10);
    const { offers } = await directory.load();
    assert.ok([...offers.values()].every((one) => one.contacts[0]?.email === 'help@contoso.com'));
    const { outcome: next } = await sync(() => ({ body: delta(first, 'two') }), 'read it all again');
    assert.equal(next.kind, 'done');
  });

  it('ends a list that would lose more than a fifth of its offers without a change', async () => {
    const { sync, names } = desk();
    await sync(() => ({ body: delta(first) }));
    const { outcome } = await sync(() => ({
      body: delta([gone(1), gone(2), gone(3), item(9, { Title: 'x' })]),
    }));
    assert.equal(outcome.kind, 'refused');
    assert.equal((await names()).length, 10);
  });

  it('ends after its time limit', async () => {
    const last = new LastMiddleware(() => new Promise<Answer>(() => undefined));
    const reading = readSharePointList(
      clientOf(last),
      { site: 's', list: 'l', mapping, timeoutMs: 50, maxPages: 5, today: '2026-11-22' },
      undefined,
      new AbortController().signal,
    );
    await assert.rejects(
      reading,
      (error) => error instanceof DeskError && error.code === 'source.unavailable',
    );
  });
});
