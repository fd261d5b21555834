/** A local marketplace catalog: answers in the documented shape, and misbehaves when a test asks for that. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Product = Readonly<Record<string, unknown>>;
export type Misbehave = (request: IncomingMessage, response: ServerResponse, at: number) => boolean;

export interface CatalogServer {
  readonly url: string;
  /** Requests answered, by path and query. */
  readonly requests: string[];
  products: readonly Product[];
  /** Answers a request instead of the catalog, and then returns true. The number of the request counts from 1. */
  misbehave: Misbehave | undefined;
  close(): Promise<void>;
}

export const KEY = 'test-key';
const PAGE = 3;

/** A product as the catalog describes it. */
export function product(id: number, fields: Product = {}): Product {
  return {
    uniqueProductId: `contoso.offer${String(id)}`,
    productId: `DZH${String(id)}`,
    offerId: `offer${String(id)}`,
    displayName: `Contoso Offer ${String(id)}`,
    publisherId: 'contoso',
    publisherDisplayName: 'Contoso',
    publisherType: 'ThirdParty',
    productType: 'SaaS',
    publishingStage: 'Public',
    summary: `What offer ${String(id)} does`,
    categoryIds: ['backup'],
    supportUri: `https://contoso.com/support/${String(id)}`,
    privacyPolicyUri: 'https://contoso.com/privacy',
    legalTermsUri: 'https://contoso.com/terms',
    isPrivate: false,
    isStopSell: false,
    plans: [{ planId: 'basic', displayName: 'Basic', cspState: 'OptIn', isPrivate: false }],
    ...fields,
  };
}

export async function startCatalog(products: readonly Product[]): Promise<CatalogServer> {
  const state: { products: readonly Product[]; misbehave: Misbehave | undefined; requests: string[] } = {
    products,
    misbehave: undefined,
    requests: [],
  };
  const server = createServer((request, response) => {
    state.requests.push(request.url ?? '');
    if (state.misbehave?.(request, response, state.requests.length)) return;
    answer(request, response, state.products);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${String(port)}/products`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  });
}

function answer(request: IncomingMessage, response: ServerResponse, products: readonly Product[]): void {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  if (request.headers['x-api-key'] !== KEY) return send(response, 401, { error: { code: 'Unauthorized' } });
  const from = Number(url.searchParams.get('skip') ?? 0);
  const items = products.slice(from, from + PAGE);
  const more = from + PAGE < products.length;
  url.searchParams.set('skip', String(from + PAGE));
  const nextPageLink = more ? `http://${request.headers.host ?? ''}${url.pathname}${url.search}` : null;
  send(response, 200, { items, nextPageLink });
}

export function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
