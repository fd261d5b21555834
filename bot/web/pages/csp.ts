/** The content security policy a page with real Web Chat 4.18.1 works under: no inline script, no eval, no other host. */

interface PagePolicy {
  /** A fresh random value for each response; Web Chat marks the style elements it makes with it. */
  readonly nonce: string;
  /** The Host header of the request, for the WebSocket; older browsers do not count it as 'self'. */
  readonly host: string;
  /** The origin at which browsers see the server, where a proxy sends another Host. */
  readonly publicUrl?: string;
  /** Exact origins of pages that may put this one into a frame. */
  readonly frameAncestors: readonly string[];
  /** Other origins the page's scripts may talk to: a Direct Line that is not this server. */
  readonly connect?: readonly string[];
  /** Other origins that images come from: the partner's logo. */
  readonly images?: readonly string[];
}

/**
 * The hash of an empty text. One part of Web Chat 4.18.1 (its scrolling) makes a style element without the nonce, empty, and
 * adds rules by script; the hash lets exactly that through, and no style that stands in the page.
 */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const HOST = /^[\w.[\]:-]+$/;

/** The header's value. */
export function contentSecurityPolicy(policy: PagePolicy): string {
  const sockets = [
    ...(HOST.test(policy.host) ? [`ws://${policy.host}`, `wss://${policy.host}`] : []),
    ...(policy.publicUrl === undefined ? [] : [policy.publicUrl.replace(/^http/, 'ws')]),
  ];
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", `'nonce-${policy.nonce}'`, EMPTY_STYLE],
    'connect-src': ["'self'", ...sockets, ...(policy.connect ?? [])],
    'img-src': ["'self'", 'data:', 'blob:', ...(policy.images ?? [])],
    'worker-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': policy.frameAncestors.length > 0 ? policy.frameAncestors : ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** What a page must be allowed to talk to for a Direct Line at this address: its calls and its stream. */
export function originsOf(directLine: string): string[] {
  const { origin } = new URL(directLine);
  return [origin, origin.replace(/^http/, 'ws')];
}
