/**
 * A loopback server with the documented shapes of Partner Center and of the sign-in. It checks each request as the
 * services do, and misbehaves when a test asks for that.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerCenterAccount } from '../../bot/partner-center/sign-in.js';

export const ACCOUNT: PartnerCenterAccount = {
  tenantId: 'aaaaaaaa-0000-4000-8000-000000000001',
  appId: 'aaaaaaaa-0000-4000-8000-000000000002',
  secret: 'canary-secret',
  refreshToken: 'canary-refresh-token',
};

/** One customer with its subscriptions, as the server holds them. */
export interface HeldCustomer {
  readonly id: string;
  readonly name: string;
  readonly subscriptions: readonly object[];
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PartnerCenterServer {
  customers: readonly HeldCustomer[];
  /** Replies of the API before the ordinary ones, the next one first. */
  replies: Reply[];
  /** Replies of the sign-in before the ordinary ones. */
  signIns: Reply[];
  /** The API does not answer at all. */
  silent: boolean;
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly tokensGiven: number;
  /** Ends the access tokens that are out. */
  endTokens(): void;
  /** `fetch` that brings requests for Partner Center and for the sign-in to this server, and refuses others. */
  readonly send: typeof fetch;
  close(): Promise<void>;
}

/** A marketplace subscription as `GET /v1/customers/{id}/subscriptions` shows it. */
export function subscriptionBody(offerName: string, publisherName: string, over: object = {}): object {
  return {
    id: '6e7aa601-629e-461b-8933-0898c3cc3c7c',
    offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX',
    offerName,
    friendlyName: `${offerName} (nickname)`,
    productType: { id: 'Azure', displayName: 'Azure' },
    quantity: 1,
    unitType: 'Licenses',
    hasPurchasableAddons: false,
    creationDate: '2026-01-04T01:00:12.6647304Z',
    effectiveStartDate: '2026-01-09T00:21:45.9263727+00:00',
    commitmentEndDate: '2027-02-08T00:21:45.9263727+00:00',
    status: 'active',
    autoRenewEnabled: false,
    isTrial: false,
    billingType: 'license',
    billingCycle: 'monthly',
    termDuration: 'P1M',
    isMicrosoftProduct: false,
    partnerId: '',
    contractType: 'subscription',
    publisherName,
    orderId: 'ImxjLNL4_fOc-2KoyOxGTZcrlIquzls11',
    attributes: { objectType: 'Subscription' },
    ...over,
  };
}

/** A customer as `GET /v1/customers` shows it. */
export function customerBody({ id, name }: Pick<HeldCustomer, 'id' | 'name'>): object {
  const domain = `${name.toLowerCase().replace(/[^a-z0-9]/g, '')}.onmicrosoft.com`;
  return {
    id,
    companyProfile: {
      tenantId: id,
      domain,
      companyName: name,
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}

/** A collection resource around its items. */
export function collection(items: readonly object[], totalCount = items.length): object {
  return { totalCount, items, attributes: { objectType: 'Collection' } };
}

const ORIGINS = ['https://api.partnercenter.microsoft.com', 'https://login.microsoftonline.com'];

/** Starts the server on a free loopback port. */
export async function startPartnerCenter(
  customers: readonly HeldCustomer[] = [],
): Promise<PartnerCenterServer> {
  const held = {
    customers,
    replies: [] as Reply[],
    signIns: [] as Reply[],
    silent: false,
    requests: [] as { path: string; headers: IncomingMessage['headers'] }[],
    tokensGiven: 0,
  };
  let valid = new Set<string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.endsWith('/oauth2/token')) return void signIn(request, response);
    held.requests.push({ path, headers: request.headers });
    if (held.silent) return;
    send(response, held.replies.shift() ?? apiReply(request, held.customers, valid));
  });
  const signIn = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks = await request.toArray();
    const form = new URLSearchParams(Buffer.concat(chunks as Buffer[]).toString());
    const next = held.signIns.shift() ?? tokenReply(request.url ?? '', form, held.tokensGiven + 1);
    if (next.status === 200) {
      held.tokensGiven += 1;
      valid.add(`canary-access-${String(held.tokensGiven)}`);
    }
    send(response, next);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(held, {
    endTokens: () => void (valid = new Set()),
    send: toLoopback(port),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function toLoopback(port: number): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!ORIGINS.includes(url.origin)) throw new Error(`a request to ${url.origin}`);
    return fetch(`http://127.0.0.1:${String(port)}${url.pathname}${url.search}`, init);
  };
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body);
}

const error = (status: number, code: string, description: string): Reply => ({
  status,
  body: JSON.stringify({ code, description, data: [], source: 'PartnerFD' }),
});

function tokenReply(path: string, form: URLSearchParams, at: number): Reply {
  const right =
    path === `/${ACCOUNT.tenantId}/oauth2/token` &&
    form.get('grant_type') === 'refresh_token' &&
    form.get('resource') === 'https://api.partnercenter.microsoft.com' &&
    form.get('client_id') === ACCOUNT.appId &&
    form.get('client_secret') === ACCOUNT.secret &&
    (form.get('refresh_token') ?? '').startsWith('canary-refresh-token');
  if (!right)
    return {
      status: 400,
      body: JSON.stringify({
        error: 'invalid_grant',
        error_description: 'AADSTS70000: The grant is invalid',
      }),
    };
  const body = {
    token_type: 'Bearer',
    scope: 'user_impersonation',
    expires_in: '3600',
    resource: 'https://api.partnercenter.microsoft.com',
    access_token: `canary-access-${String(at)}`,
    refresh_token: `canary-refresh-token-${String(at)}`,
  };
  return { status: 200, body: JSON.stringify(body) };
}

function apiReply(
  request: IncomingMessage,
  customers: readonly HeldCustomer[],
  valid: ReadonlySet<string>,
): Reply {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!valid.has(token)) return error(401, '400', 'Access denied');
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  if (url.pathname === '/v1/customers') return customersReply(url, customers);
  const id = /^\/v1\/customers\/([^/]+)\/subscriptions$/.exec(url.pathname)?.[1];
  const one = customers.find((customer) => customer.id === id);
  if (!one) return error(404, '1000', 'Not found');
  return { status: 200, body: JSON.stringify(collection(one.subscriptions)) };
}

/** Only `starts_with` is supported; the case of the value is ignored. */
function customersReply(url: URL, customers: readonly HeldCustomer[]): Reply {
  const filter = JSON.parse(url.searchParams.get('filter') ?? '{}') as Record<string, string>;
  if (filter.Field !== 'CompanyName' || filter.Operator !== 'starts_with')
    return error(400, '800002', 'Invalid request input');
  const begins = (filter.Value ?? '').toLowerCase();
  const found = customers.filter(({ name }) => name.toLowerCase().startsWith(begins));
  const page = found.slice(0, Number(url.searchParams.get('size')));
  // The service begins its answers with a byte order mark.
  return { status: 200, body: `\ufeff${JSON.stringify(collection(page.map(customerBody), found.length))}` };
}
