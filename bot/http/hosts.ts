/** The client's address behind proxies, and the host names that a local server accepts. */
import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for the addresses that reach only this machine. */
function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * True when the Host header names this machine itself. A local server without authentication checks this header,
 * because another web page can point its own name at 127.0.0.1 (DNS rebinding) and then read our answers.
 */
export function namesLoopback(hostHeader: string | undefined): boolean {
  const name = (hostHeader ?? '').replace(/:\d+$/, '').toLowerCase();
  return isLoopbackHost(name) || name.endsWith('.localhost');
}

/**
 * The header by which a proxy or a tunnel shows itself; undefined without one. A local server without authentication
 * answers no proxy: the request comes from somewhere else, also when the proxy runs on this machine.
 */
export function forwardedBy(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  return Object.keys(request.headers).find((name) => PROXY_HEADER.test(name));
}

/** The standard's headers, and those of common proxies, tunnels and content delivery networks. */
const PROXY_HEADER =
  /^(?:forwarded|via|x-(?:forwarded|original|real|rewrite|azure|arr|client|cluster|envoy)-.+|(?:cf|fly)-.+|(?:true|fastly)-client-ip)$/;

/**
 * The client's address for the limits. X-Forwarded-For is trusted only as far as our own `proxies` wrote it, counted
 * from the right; the client sent the rest. Some proxies add a port to the address, and a home has 2^64 IPv6 addresses:
 * neither counts as another client.
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const direct = clientOf(request.socket.remoteAddress ?? '') ?? 'unknown';
  if (proxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((hop) => hop.trim());
  return clientOf(hops.at(-proxies) ?? '') ?? direct;
}

/** An IPv4 address, or the first half of an IPv6 address; undefined when the text is not an address. */
function clientOf(text: string): string | undefined {
  const [, bracketed, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).replace(/%.*$/, '').replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (isIPv4(address)) return address;
  return isIPv6(address) ? networkOf(address) : undefined;
}

/** The first four groups, written out: `::` stands for all missing zeros. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [first, last] = [groups(head), groups(tail)];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const all = [...first, ...zeros, ...last].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${all.slice(0, 4).join(':')}::/64`;
}
