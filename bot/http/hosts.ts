/** Who asks and by which name: the client's address behind proxies, and the host names a local server answers to. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for the addresses that reach only this machine. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * True when the Host header names this machine itself. A local server without authentication checks it, because
 * a web page elsewhere can point its own name at 127.0.0.1 (DNS rebinding) and then read our answers.
 */
export function namesLoopback(hostHeader: string | undefined): boolean {
  const name = (hostHeader ?? '').replace(/:\d+$/, '').toLowerCase();
  return isLoopbackHost(name) || name.endsWith('.localhost');
}

/**
 * The client's address. X-Forwarded-For is believed only as far as `proxies` of ours have written it, counted from
 * the right; the rest of it is whatever the client sent.
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((hop) => hop.trim());
  const hop = hops.at(-proxies);
  return hop === undefined || hop === '' ? direct : hop;
}
