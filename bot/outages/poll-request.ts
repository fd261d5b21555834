/** Sends one request to a polled source: with a timeout, a size limit, and redirects only within the same site. */
import { retryAfterMs } from '../../core/incident/delivery-outcome.js';
import { parseUrl } from '../../core/url.js';
import { MAX_FEED_BYTES } from './parsers/documents.js';

/** Why a source could not be read, as a sentence for the operator. */
export class PollFailure extends Error {
  constructor(
    message: string,
    /** Milliseconds that the source asks the server to wait. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

interface Credentials {
  readonly token: string | undefined;
  readonly etag?: string | undefined;
}

interface Asking {
  readonly fetch: typeof fetch;
  readonly receiveDeps: { readonly now: () => number };
}

const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 3;

/** The answer, if it has content or reports no change. @throws PollFailure otherwise. */
export async function askSite(deps: Asking, url: string, credentials: Credentials): Promise<Response> {
  let address = url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await request(deps, address, credentials, new URL(url).origin);
    if (answer.ok || answer.status === 304) return answer;
    const target = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (target === null) throw refused(answer, credentials, deps.receiveDeps.now());
    address = redirected(url, address, target);
  }
  throw new PollFailure(`it redirects more than ${String(MOST_REDIRECTS)} times`);
}

function request(
  { fetch }: Asking,
  address: string,
  { token, etag }: Credentials,
  home: string,
): Promise<Response> {
  return fetch(address, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json, application/atom+xml, application/rss+xml, text/xml',
      ...(etag !== undefined && { 'if-none-match': etag }),
      // A token goes only to the host for which it was made.
      ...(token !== undefined && new URL(address).origin === home && { authorization: `Bearer ${token}` }),
    },
  });
}

function refused(answer: Response, { token }: Credentials, now: number): PollFailure {
  const wait = retryAfterMs(answer.headers.get('retry-after') ?? undefined, now);
  return new PollFailure(
    `status ${String(answer.status)}${token === undefined ? '' : ' with a token'}`,
    wait,
  );
}

/** The next address. Never follows a redirect to another site, to plain HTTP or to an IP address. */
function redirected(start: string, from: string, target: string): string {
  const next = parseUrl(new URL(target, from).href);
  if (next?.protocol !== 'https:') throw new PollFailure('it redirects to an address that is not https');
  if (!sameSite(new URL(start).hostname, next.hostname))
    throw new PollFailure(
      `it redirects to another site, ${next.hostname.slice(0, 100)}: register that address`,
    );
  return next.href;
}

/**
 * True for the same host, for a host and its subdomain, and for two subdomains of a domain that is not a public suffix.
 */
function sameSite(a: string, b: string): boolean {
  const [one, other] = [a, b].map((host) => host.toLowerCase().replace(/^www\./, ''));
  if (one === undefined || other === undefined) return false;
  if (one === other) return true;
  if (/^[\d.]+$|:/.test(one) || /^[\d.]+$|:/.test(other)) return false;
  if (one.endsWith(`.${other}`) || other.endsWith(`.${one}`)) return one.includes('.') && other.includes('.');
  const parent = (host: string): string => host.slice(host.indexOf('.') + 1);
  const shared = parent(one);
  const suffix =
    /^(?:co|com|net|org|gov|ac|edu|ne|or)\.[a-z]{2}$|^(?:statuspage|github|instatus|betteruptime|azurewebsites)\.[a-z]+$/;
  return shared === parent(other) && shared.includes('.') && !suffix.test(shared);
}

/** The unpacked body, up to the size limit of a feed. */
export async function limited(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_FEED_BYTES) throw new PollFailure('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
