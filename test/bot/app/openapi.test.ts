/** `/openapi.json` is valid OpenAPI 3.1, has every route of the server, and real answers fit it. */
import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import restify from 'restify';
import sinon from 'sinon';
import { DESCRIBED, LEFT_OUT, registeredRoutes } from '../../../bot/app/openapi.js';
import { OwnNotice } from '../../../bot/outages/api.js';
import { parseOutage } from '../../../bot/outages/parsers/registry.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { DOCUMENTS, readDocument, spansOf } from '../../helpers/documents.js';

const METRICS = '0123456789abcdef';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Record<string, { readonly schema: object }> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

async function documentOf(desk: Desk): Promise<Document> {
  const answer = await fetch(`${desk.url}/openapi.json`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as Document;
}

describe('/openapi.json', function () {
  let desk: Desk;
  let document: Document;
  let routes: ReadonlySet<string>;
  before(async () => {
    const made = sinon.spy(restify, 'createServer');
    desk = await startDesk({ OFFER_DESK_METRICS_TOKEN: METRICS });
    made.restore();
    routes = registeredRoutes(made.firstCall.returnValue);
    document = await documentOf(desk);
  });
  after(() => desk?.close());

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(document.openapi, '3.1.0');
  });

  it('has every route that the server registers, except pages and files', () => {
    assert.ok(routes.size > 30);
    const missing = [...routes].filter((route) => {
      const [method = '', address = ''] = route.split(' ');
      const inside = document.paths[address.replace(/:(\w+)/g, '{$1}')]?.[method];
      return !inside && !LEFT_OUT.some((pattern) => pattern.test(address));
    });
    assert.deepEqual(missing, []);
  });

  it('describes no route that is not there, and leaves out none that is described', () => {
    const gone = DESCRIBED.filter((one) => !routes.has(`${one.method} ${one.path}`)).map((one) => one.path);
    assert.deepEqual(gone, []);
    const both = DESCRIBED.filter((one) => LEFT_OUT.some((pattern) => pattern.test(one.path)));
    assert.deepEqual(both, []);
  });

  it('has every address that the documents name', () => {
    const addresses = new Set([...routes].map((route) => route.split(' ')[1]?.replace(/:\w+/g, '*') ?? ''));
    const named = DOCUMENTS.flatMap((file) => spansOf(readDocument(file))).flatMap(
      (span) =>
        /^(?:(?:GET|POST|OPTIONS) )?(\/(?:api|v3|healthz|readyz|metrics|openapi\.json|widget|go|demo)[\w./{}-]*)/.exec(
          span,
        )?.[1] ?? [],
    );
    assert.ok(named.length > 20);
    const unknown = named
      .map((address) => address.replace(/\{\w+\}/g, '*').replace(/\/$/, ''))
      // Some pages and files are served only where the Web Chat bundle is there.
      .filter((address) => !LEFT_OUT.some((pattern) => pattern.test(address)))
      .filter(
        (address) => ![...addresses].some((known) => known === address || known.startsWith(`${address}/`)),
      );
    assert.deepEqual([...new Set(unknown)], []);
  });

  it('says the public address, and only the routes of this installation', async () => {
    const other = await startDesk({ OFFER_DESK_PUBLIC_URL: 'https://desk.contoso.com' });
    try {
      const told = await documentOf(other);
      assert.deepEqual(told.servers, [{ url: 'https://desk.contoso.com' }]);
      assert.equal(told.paths['/metrics'], undefined);
    } finally {
      await other.close();
    }
  });

  /** Asks the server and holds the answer against the document. */
  const ask = async (method: string, address: string, path: string, given: RequestInit = {}) => {
    const answer = await fetch(`${desk.url}${path}`, { method: method.toUpperCase(), ...given });
    const { responses } = document.paths[address]?.[method] ?? assert.fail(`${method} ${address}`);
    const described = responses[String(answer.status)] ?? responses.default;
    const schema = described?.content?.['application/json']?.schema;
    const text = await answer.text();
    const body: unknown = schema ? JSON.parse(text) : text;
    if (schema) {
      const check = new Ajv2020({ strict: false }).compile({ ...schema, components: document.components });
      assert.ok(
        check(body),
        `${method} ${address} ${answer.status}: ${JSON.stringify(check.errors)} ${text}`,
      );
    }
    return {
      status: answer.status,
      known: String(answer.status) in responses,
      body: body as Record<string, string>,
    };
  };
  const json = (body: unknown, token?: string): RequestInit => ({
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

  it('describes the answers of health, metrics and the web chat', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json'])
      assert.ok((await ask('get', path, path)).known, path);
    const bearer = { headers: { authorization: `Bearer ${METRICS}` } };
    assert.ok((await ask('get', '/metrics', '/metrics', bearer)).known);
    const made = await ask('post', '/api/token', '/api/token', json({ audience: 'customer' }));
    assert.ok(made.known);
    const { token = '', resume = '', conversationId = '' } = made.body;
    const auth = { headers: { authorization: `Bearer ${token}` } };
    const base = '/v3/directline';
    const started = await ask(
      'post',
      `${base}/conversations`,
      `${base}/conversations`,
      json({ locale: 'en' }, token),
    );
    assert.equal(started.status, 201);
    const own = `${base}/conversations/${conversationId}`;
    const known = [
      await ask('post', '/api/token/resume', '/api/token/resume', json({ resume })),
      await ask('post', `${base}/tokens/generate`, `${base}/tokens/generate`),
      await ask('post', `${base}/tokens/refresh`, `${base}/tokens/refresh`, json({}, token)),
      await ask('get', `${base}/conversations/{id}`, own, auth),
      await ask(
        'post',
        `${base}/conversations/{id}/activities`,
        `${own}/activities`,
        json({ type: 'message', text: 'help' }, token),
      ),
      await ask('get', `${base}/conversations/{id}/activities`, `${own}/activities`, auth),
      await ask('post', `${base}/conversations/{id}/upload`, `${own}/upload`, json({}, token)),
      await ask('get', `${base}/session/getsessionid`, `${base}/session/getsessionid`, auth),
      await ask('post', '/api/offers', '/api/offers', json({ resume, query: 'contoso' })),
      await ask('post', '/api/token/forget', '/api/token/forget', json({ resume })),
    ];
    assert.deepEqual(
      known.filter((one) => !one.known).map((one) => one.status),
      [],
    );
  });

  it('describes refusals', async () => {
    const unknown = await ask(
      'post',
      '/api/outages/{source}',
      '/api/outages/nobody',
      json({ id: '1', state: 'resolved' }),
    );
    assert.equal(unknown.status, 401);
    const wrong = await ask('post', '/api/token', '/api/token', json({ audience: 'king' }));
    assert.equal(wrong.status, 400);
    const messages = await ask('post', '/api/messages', '/api/messages', json({ type: 'message' }));
    assert.equal(messages.status, 400);
  });

  it('describes our own notice as its parser reads it', () => {
    const good = [
      {
        id: 'a',
        state: 'investigating',
        title: 'Restore fails',
        severity: 'major',
        offers: ['contoso.backup'],
      },
      { id: 7, state: 'resolved' },
      { id: 'a', state: 'scheduled', title: 'Works', affected: { regions: ['West Europe'] } },
    ];
    const bad = [{ state: 'resolved' }, { id: 'a' }, { id: 'a', state: 'sideways' }];
    for (const notice of good) {
      assert.ok(OwnNotice.safeParse(notice).success, JSON.stringify(notice));
      assert.equal(parseOutage('own', JSON.stringify(notice)).kind, 'events', JSON.stringify(notice));
    }
    for (const notice of bad) assert.ok(!OwnNotice.safeParse(notice).success, JSON.stringify(notice));
    for (const notice of bad.slice(0, 2))
      assert.equal(parseOutage('own', JSON.stringify(notice)).kind, 'error', JSON.stringify(notice));
  });
});
