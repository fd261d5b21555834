/** The content security policy of a page with real Web Chat 4.18.1: no inline script, no eval, no other host. */

interface PagePolicy {
  /** A new random value for each response. Web Chat puts it on the style elements that it makes. */
  readonly nonce: string;
  /** The Host header of the request, for the WebSocket; older browsers do not include the WebSocket in 'self'. */
  readonly host: string;
  /** The server's origin in the browser, where a proxy sends another Host. */
  readonly publicUrl?: string;
  /** Exact origins of pages that may embed this page in a frame. */
  readonly frameAncestors: readonly string[];
  /** Other origins that the page's scripts may contact: a Direct Line on another server. */
  readonly connect?: readonly string[];
  /** Other origins for images: the partner's logo. */
  readonly images?: readonly string[];
}

/**
 * The hash of an empty text. One part of Web Chat 4.18.1 (its scrolling) makes an empty style element without the nonce
 * and adds rules by script. The hash allows this element, but no style text in the page.
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

/** The origins that a page needs for a Direct Line at this address: its calls and its stream. */
export function originsOf(directLine: string): string[] {
  const { origin } = new URL(directLine);
  return [origin, origin.replace(/^http/, 'ws')];
}
