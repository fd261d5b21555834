/** Asks the sources that do not send: status page APIs, feeds and Graph service health. */
import type { IncidentStore, OutageSource, SourceStore } from '../../core/incident/ports.js';
import type { Log } from '../../core/ports.js';
import type { IntakeDesk } from '../../core/services/receive-outage.js';
import { receiveAll } from './intake.js';
import { MAX_FEED_BYTES, parseOutage } from './parsers/registry.js';

export interface PollDeps {
  readonly desk: IntakeDesk;
  readonly sources: Pick<SourceStore, 'list'>;
  readonly log: Log;
  /** When each source was asked last, and its ETag then. */
  readonly memory: Map<string, { at: number; etag?: string }>;
  readonly fetch: typeof fetch;
  /** Bearer token for a source that needs one (Graph); undefined for none. */
  readonly tokenFor?: (source: OutageSource) => Promise<string | undefined>;
}

const TIMEOUT_MS = 15_000;

/** Asks every active polled source whose time has come, one after another. One that fails does not stop the others. */
export async function pollSources(deps: PollDeps): Promise<void> {
  for (const source of await deps.sources.list()) {
    const { auth } = source;
    if (!source.active || auth.kind !== 'polled') continue;
    const last = deps.memory.get(source.id);
    if (last && deps.desk.now() - last.at < auth.everyMs) continue;
    deps.memory.set(source.id, { ...last, at: deps.desk.now() });
    try {
      await poll(deps, source, auth.url);
    } catch (error) {
      deps.log.warn('outages.poll-failed', { source: source.id, error });
    }
  }
}

async function poll(deps: PollDeps, source: OutageSource, url: string): Promise<void> {
  const last = deps.memory.get(source.id);
  const token = await deps.tokenFor?.(source);
  const answer = await deps.fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json, application/atom+xml, application/rss+xml, text/xml',
      ...(last?.etag !== undefined && { 'if-none-match': last.etag }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`status ${String(answer.status)}`);
  const body = await limited(answer);
  const openSourceIds = await openIds(deps.desk.incidents, source.id);
  const parsed = parseOutage(source.format, body, { openSourceIds });
  if (parsed.kind === 'error') throw new Error(`${parsed.code}: ${parsed.reason}`);
  const fresh = parsed.events.filter((event) => !isOld(event.updatedAt, deps.desk.now()));
  const results = await receiveAll(deps.desk, source, fresh, null);
  const etag = answer.headers.get('etag') ?? undefined;
  deps.memory.set(source.id, { at: deps.desk.now(), etag });
  const applied = results.filter((one) => one.kind === 'applied').length;
  deps.log.debug('outages.polled', { source: source.id, events: fresh.length, applied });
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
