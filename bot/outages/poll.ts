/** Asks the sources that do not send: status page APIs, feeds and Graph service health. */
import { retryAfterMs } from '../../core/incident/delivery-outcome.js';
import type { IncidentStore, OutageSource, SourceStore } from '../../core/incident/ports.js';
import type { OutageEvent } from '../../core/incident/types.js';
import type { Log } from '../../core/ports.js';
import { parseUrl } from '../../core/url.js';
import type { IntakeDesk } from '../../core/services/outages/receive-outage.js';
import { receiveAll } from './intake.js';
import { MAX_FEED_BYTES } from './parsers/documents.js';
import { parseOutage } from './parsers/registry.js';

export interface PollDeps {
  readonly desk: IntakeDesk;
  readonly sources: Pick<SourceStore, 'list'>;
  readonly log: Log;
  /** When each source was asked last, its ETag then, and when it wants to be asked again. */
  readonly memory: Map<string, Asked>;
  readonly fetch: typeof fetch;
  /** Bearer token for a source that needs one (Graph); undefined for none. */
  readonly tokenFor?: (source: OutageSource) => Promise<string | undefined>;
}

export interface Asked {
  readonly at: number;
  readonly etag?: string;
  /** Asked for by the source itself (`Retry-After`). */
  readonly notBefore?: number;
}

const TIMEOUT_MS = 15_000;
/** A source that names no time of its own waits at most this long for its next turn. */
const LONGEST_WAIT_MS = 3_600_000;
/** Graph gives its issues a hundred at a time. */
const MOST_PAGES = 20;

/** Asks every active polled source whose time has come, one after another. One that fails does not stop the others. */
export async function pollSources(deps: PollDeps): Promise<void> {
  for (const source of await deps.sources.list()) {
    const { auth } = source;
    if (!source.active || auth.kind !== 'polled') continue;
    const last = deps.memory.get(source.id);
    const now = deps.desk.now();
    if (last && now < Math.max(last.at + auth.everyMs, last.notBefore ?? 0)) continue;
    deps.memory.set(source.id, { at: now, etag: last?.etag });
    try {
      await poll(deps, source, auth.url);
    } catch (error) {
      deps.log.warn('outages.poll-failed', { source: source.id, error });
    }
  }
}

async function poll(deps: PollDeps, source: OutageSource, url: string): Promise<void> {
  const { etag } = deps.memory.get(source.id) ?? {};
  const token = await deps.tokenFor?.(source);
  const answer = await ask(deps, source, url, { token, etag });
  if (answer.status === 304) return;
  const openSourceIds = await openIds(deps.desk.incidents, source.id);
  const read: OutageEvent[] = [];
  let parts = 0;
  for await (const body of pages(deps, source, answer, token)) {
    const parsed = parseOutage(source.format, body, { openSourceIds });
    if (parsed.kind === 'error') throw new Error(`${parsed.code}: ${parsed.reason}`);
    read.push(...parsed.events);
    parts += 1;
  }
  const fresh = read.filter((event) => !isOld(event.updatedAt, deps.desk.now()));
  const results = await receiveAll(deps.desk, source, fresh, null);
  // The tag of the first part says nothing of the others.
  const tag = parts > 1 ? undefined : (answer.headers.get('etag') ?? undefined);
  deps.memory.set(source.id, { at: deps.desk.now(), etag: tag });
  const applied = results.filter((one) => one.kind === 'applied').length;
  deps.log.debug('outages.polled', { source: source.id, events: fresh.length, applied });
}

interface Credentials {
  readonly token: string | undefined;
  readonly etag?: string;
}

/** One request. Throws for every answer that is no content, after noting when the source wants to be asked again. */
async function ask(
  deps: PollDeps,
  source: OutageSource,
  url: string,
  { token, etag }: Credentials,
): Promise<Response> {
  const answer = await deps.fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json, application/atom+xml, application/rss+xml, text/xml',
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  if (answer.ok || answer.status === 304) return answer;
  const now = deps.desk.now();
  const wait = retryAfterMs(answer.headers.get('retry-after') ?? undefined, now);
  const last = deps.memory.get(source.id);
  if (last && wait !== undefined)
    deps.memory.set(source.id, { ...last, notBefore: now + Math.min(wait, LONGEST_WAIT_MS) });
  throw new Error(`status ${String(answer.status)}${token === undefined ? '' : ' with a token'}`);
}

/** The bodies of an answer and, for lists in parts, of the parts after it: from the same host only, for the token goes along. */
async function* pages(
  deps: PollDeps,
  source: OutageSource,
  first: Response,
  token: string | undefined,
): AsyncGenerator<Buffer> {
  const { auth } = source;
  const home = auth.kind === 'polled' ? parseUrl(auth.url) : undefined;
  let answer = first;
  for (let page = 1; ; page += 1) {
    const body = await limited(answer);
    yield body;
    const next = source.format === 'graph' ? parseUrl(nextLink(body)) : undefined;
    if (!next) return;
    if (next.origin !== home?.origin) throw new Error('the next page is on another host');
    if (page === MOST_PAGES) return deps.log.warn('outages.poll-cut', { source: source.id, pages: page });
    answer = await ask(deps, source, next.href, { token });
  }
}

/** Graph's address of the next part; empty for none. The parser has read the same body before. */
function nextLink(body: Buffer): string {
  const { '@odata.nextLink': link } = JSON.parse(body.toString('utf8')) as { '@odata.nextLink'?: unknown };
  return typeof link === 'string' ? link : '';
}

/** A page shows its past; what changed before last week is history, not news. */
function isOld(updatedAt: number | null, now: number): boolean {
  return updatedAt !== null && now - updatedAt > 7 * 86_400_000;
}

async function openIds(incidents: IncidentStore, source: string): Promise<ReadonlySet<string>> {
  const open = await incidents.open();
  return new Set(
    open.flatMap(({ marks }) => marks.filter((m) => m.source === source).map((m) => m.sourceId)),
  );
}

async function limited(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_FEED_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
