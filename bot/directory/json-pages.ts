/**
 * Fetches JSON page by page from one host on the network, with limits on time and number, and waits for a busy server.
 */
import { DeskError } from '../../core/errors.js';
import { parseUrl } from '../../core/url.js';
import { withTimeLimit } from '../runtime/timeouts.js';

export interface PageOptions {
  readonly fetch: typeof fetch;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds that one answer may take. */
  readonly timeoutMs: number;
  /** Attempts for one page, including the first. */
  readonly tries: number;
  /** Longest chain of pages. */
  readonly maxPages: number;
  /** Longest page, in bytes. */
  readonly maxBytes: number;
  /** Longest wait before the next attempt, even if the server demands more. */
  readonly maxWaitMs: number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since the epoch, for a Retry-After that is a date. */
  readonly now: () => number;
  /** Aborted when the work must stop. */
  readonly signal: AbortSignal;
}

export type Page = Readonly<Record<string, unknown>>;

/**
 * Every page of a chain. A next page must have the same origin, and no page may come twice.
 * @throws DeskError `source.refused` (401, 403, 404), `source.unavailable` (429, 5xx, too slow, no connection, after
 * all attempts), `source.shape` (not JSON, an endless chain, a link to another place).
 */
export async function* jsonPages(
  first: URL,
  nextOf: (page: Page) => unknown,
  options: PageOptions,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  for (let next: URL | undefined = first; next;) {
    if (seen.has(next.href))
      throw shape(`page ${String(seen.size + 1)} is one of the pages before: the chain has no end`);
    if (seen.size >= options.maxPages) throw shape(`more than ${String(options.maxPages)} pages`);
    seen.add(next.href);
    const page = await fetchPage(next, options);
    yield page;
    next = nextUrl(nextOf(page), first);
  }
}

function nextUrl(link: unknown, first: URL): URL | undefined {
  if (link === undefined || link === null || link === '') return undefined;
  const url = typeof link === 'string' ? parseUrl(link, first.href) : undefined;
  if (!url) throw shape('the link to the next page is no address');
  if (url.origin !== first.origin) throw shape('the link to the next page leads to another host');
  return url;
}

/** Fetches one page, and tries again where this may help. */
async function fetchPage(url: URL, options: PageOptions): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryOnce(url, options);
    if (answer.kind === 'page') return answer.page;
    if (attempt >= options.tries) throw answer.error;
    const wait = answer.waitMs ?? 1000 * 2 ** (attempt - 1);
    if (wait > options.maxWaitMs) throw answer.error;
    await options.wait(wait, options.signal);
  }
}

type Answer =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'again'; readonly error: DeskError; readonly waitMs?: number };

/** The time limit also covers the body: a server may answer at once and then stop sending. */
async function tryOnce(url: URL, options: PageOptions): Promise<Answer> {
  const { signal, timeoutMs } = options;
  signal.throwIfAborted();
  try {
    return await withTimeLimit(timeoutMs, signal, (limit) => requestPage(url, options, limit));
  } catch (error) {
    if (error instanceof DeskError || signal.aborted) throw error;
    const slow = error instanceof Error && error.name === 'TimeoutError';
    const text = slow ? `no answer within ${String(timeoutMs)} ms` : 'the connection failed';
    return { kind: 'again', error: new DeskError('source.unavailable', text, { cause: error }) };
  }
}

async function requestPage(url: URL, options: PageOptions, signal: AbortSignal): Promise<Answer> {
  const { headers, maxBytes } = options;
  const response = await options.fetch(url, { headers, signal, redirect: 'manual' });
  if (response.status === 200) return { kind: 'page', page: parsePage(await readBody(response, maxBytes)) };
  await response.body?.cancel();
  return failed(response, options);
}

function failed(response: Response, options: PageOptions): Answer {
  const { status } = response;
  if (status === 429 || status >= 500) {
    const error = new DeskError(
      'source.unavailable',
      `it answers ${String(status)}${status === 429 ? ' (too many requests)' : ''}`,
    );
    const waitMs = retryAfter(response.headers.get('retry-after'), options.now());
    return { kind: 'again', error, ...(waitMs === undefined ? {} : { waitMs }) };
  }
  const why = {
    401: ' (the key is not accepted)',
    403: ' (the key may not read this)',
    404: ' (nothing at this address)',
  }[status];
  if (why !== undefined) throw new DeskError('source.refused', `it answers ${String(status)}${why}`);
  // A redirect often leads to a log-in page.
  throw shape(`it answers ${String(status)}`);
}

/** Seconds, or a date. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

async function readBody(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw shape(`a page of more than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Never quotes the body: a log-in page may contain anything. */
function parsePage(text: string): Page {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw shape(
      /^\s*<(?:!doctype|html)/i.test(text)
        ? 'it answers with a web page (a log-in page?), not JSON'
        : 'it answers with something that is no JSON',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw shape('the answer is no object');
  return value as Page;
}

function shape(text: string): DeskError {
  return new DeskError('source.shape', text);
}
