/** Decides which web pages may use the web channel: the pages of this server, and the configured origins. */
import type { IncomingMessage } from 'node:http';
import { DeskError } from '../../core/errors.js';

/**
 * True when the request has no Origin (no browser page), comes from a page of this host, or comes from an allowed
 * origin (exact comparison).
 */
export function originAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
}

/** Throws DeskError `request.origin` for any other page. */
export function requireOrigin(request: IncomingMessage, allowed: readonly string[]): void {
  if (!originAllowed(request, allowed))
    throw new DeskError('request.origin', 'the origin of the page is not allowed');
}
