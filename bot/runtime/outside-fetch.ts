/**
 * `fetch` for addresses that an operator or another system named. It refuses a name that leads to a private address.
 * Otherwise an attacker could make the server read the server's own network, or the cloud platform's metadata service.
 */
import { lookup as resolveName } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, isIPv4, isIPv6, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DeskError } from '../../core/errors.js';

/** IPv4 networks that are not the public internet (IANA special-purpose registry). */
const NOT_PUBLIC = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4');

/** Public IPv6 addresses are in 2000::/3. These networks inside it carry other addresses or are examples. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const NOT_PUBLIC_V6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC_V6.addSubnet(network, bits, 'ipv6');

/** True for an address on the public internet. An IPv4 address inside an IPv6 address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !NOT_PUBLIC.check(address, 'ipv4');
  return isIPv6(address) && PUBLIC_V6.check(address, 'ipv6') && !NOT_PUBLIC_V6.check(address, 'ipv6');
}

type Resolve = typeof resolveName;

/**
 * A `fetch` (GET, or POST of a text) that connects only to the address that it has checked: the name is resolved once,
 * so a second answer of the name server changes nothing. It follows no redirect.
 * @param privateHosts names of the operator's own hosts, which may have private addresses
 */
export function outsideFetch(privateHosts: readonly string[], resolve: Resolve = resolveName): typeof fetch {
  const own = new Set(privateHosts.map((host) => host.toLowerCase()));
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const mayBePrivate = own.has(host);
    if (isIP(host) > 0 && !mayBePrivate && !isPublicAddress(host)) throw refused(host, host);
    const answer = await request(url, init, mayBePrivate ? undefined : guarded(resolve));
    if (init.redirect === 'error' && answer.status >= 300 && answer.status < 400)
      throw new TypeError('unexpected redirect');
    return answer;
  };
}

function guarded(resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      const wrong = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (wrong || !first) return done(refused(host, wrong?.address ?? 'no address'), '');
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

function refused(host: string, address: string): DeskError {
  const leads = host === address ? 'is' : `leads to ${address},`;
  return new DeskError(
    'source.refused',
    `${host} ${leads} not a public address; name the host in OFFER_DESK_PRIVATE_HOSTS if it is yours`,
  );
}

function request(url: URL, init: RequestInit, lookup: LookupFunction | undefined): Promise<Response> {
  const { signal, method = 'GET', body } = init;
  const isText = method === 'POST' && typeof body === 'string';
  if (!isText && (method !== 'GET' || body))
    throw new TypeError('only GET without a body, or POST of a text');
  const headers = { 'accept-encoding': 'gzip', ...Object.fromEntries(new Headers(init.headers)) };
  // A connection of its own: a shared one would skip the check of the name.
  const options = { method, headers, agent: false, ...(lookup && { lookup }), ...(signal && { signal }) };
  const send = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = send.request(url, options, (answer) => resolve(responseOf(answer)));
    asked.on('error', (error) => reject(signal?.aborted ? (signal.reason as Error) : error));
    asked.end(isText ? body : undefined);
  });
}

const WITHOUT_BODY = new Set([204, 205, 304]);

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one);
  if (WITHOUT_BODY.has(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  const isPacked = answer.headers['content-encoding'] === 'gzip';
  const body = isPacked ? unpacked(answer) : answer;
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

function unpacked(answer: IncomingMessage): Readable {
  const unpack = createGunzip();
  answer.on('error', (error) => unpack.destroy(error));
  unpack.on('close', () => answer.destroy());
  return answer.pipe(unpack);
}

/** The text of an answer, cut after so many bytes: a page without an end does not fill the memory. */
export async function textWithin(answer: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the transfer.
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}
