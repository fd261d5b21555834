/** Which web pages may talk to the web channel: those this server serves itself, and the configured ones. */
import type { IncomingMessage } from 'node:http';
import { DeskError } from '../../core/errors.js';

/**
 * True when the request comes from no browser page (no Origin), from a page of this very host, or from an allowed
 * origin, compared exactly.
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
