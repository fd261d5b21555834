/** The headers every response carries unless its route says otherwise. */
import type { Next, Request, RequestHandler, Response } from 'restify';

const ALWAYS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
};

const ONE_YEAR = 'max-age=31536000; includeSubDomains';

/** Sets the security headers before any route runs. `https`: the public address is https, so browsers should keep to it. */
export function securityHeaders(options: { readonly https: boolean }): RequestHandler {
  return (_req: Request, res: Response, next: Next): void => {
    for (const [name, value] of Object.entries(ALWAYS)) res.setHeader(name, value);
    if (options.https) res.setHeader('Strict-Transport-Security', ONE_YEAR);
    next();
  };
}
