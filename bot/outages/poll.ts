/** Polls the sources that do not send webhooks: status page APIs, feeds and Graph service health. */
import { senderIds } from '../../core/incident/grouping.js';
import type { IncidentStore, OutageSource, SourceStore } from '../../core/incident/ports.js';
import {
  isOver,
  isPlanned,
  NOTHING_AFFECTED,
  type Incident,
  type OutageEvent,
} from '../../core/incident/types.js';
import type { Log } from '../../core/ports.js';
import { parseUrl } from '../../core/url.js';
import type { ReceiveDeps } from '../../core/services/outages/receive-outage.js';
import { receiveAll } from './intake.js';
import type { SourceWatch } from './source-watch.js';
import { askSite, limited, PollFailure } from './poll-request.js';
import { parseOutage } from './parsers/registry.js';
import type { Coverage, ParseNote } from './parsers/types.js';

export interface PollDeps {
  readonly receiveDeps: ReceiveDeps;
  readonly sources: Pick<SourceStore, 'list'>;
  readonly watch: Pick<SourceWatch, 'failed' | 'answered'>;
  readonly log: Log;
  /** The state of each source between two polls. */
  readonly memory: Map<string, Asked>;
  readonly fetch: typeof fetch;
  /** Bearer token for a source that needs one (Graph); undefined for other sources. */
  readonly tokenFor?: (source: OutageSource) => Promise<string | undefined>;
}

export interface Asked {
  readonly at: number;
  readonly etag?: string;
  /** The source's own request (`Retry-After`). */
  readonly notBefore?: number;
  /** Ids of open outages that were missing from the last answer. */
  readonly missing?: readonly string[];
}

/** A source that names no waiting time waits at most this long until its next poll. */
const LONGEST_WAIT_MS = 3_600_000;
/** Graph returns its issues in pages of one hundred. */
const MOST_PAGES = 20;
/** An end older than this is history and is ignored. Open outages are accepted at any age. */
const HISTORY_MS = 7 * 86_400_000;

/** Polls every active source that is due, one after another. A failing source does not stop the others. */
export async function pollSources(deps: PollDeps): Promise<void> {
  for (const source of await deps.sources.list()) {
    const { auth } = source;
    if (!source.active || auth.kind !== 'polled') continue;
    const last = deps.memory.get(source.id);
    const now = deps.receiveDeps.now();
    if (last && now < Math.max(last.at + auth.everyMs, last.notBefore ?? 0)) continue;
    const { notBefore: _over, ...kept } = last ?? {};
    deps.memory.set(source.id, { ...kept, at: now });
    try {
      const notes = await poll(deps, source, auth.url);
      await deps.watch.answered(source.id, notes.find((one) => one.kind === 'unread')?.text ?? null);
    } catch (error) {
      await failed(deps, source.id, auth.everyMs, error);
    }
  }
}

/** The third failed poll in a row is news for administrators. */
const PATIENT_POLLS = 2;

/** Records since when a source has not answered: for the operator, for answers about its offers, and for the alarm. */
async function failed(deps: PollDeps, id: string, everyMs: number, error: unknown): Promise<void> {
  const last = deps.memory.get(id);
  const now = deps.receiveDeps.now();
  if (error instanceof PollFailure && error.retryAfter !== undefined && last)
    deps.memory.set(id, { ...last, notBefore: now + Math.min(error.retryAfter, LONGEST_WAIT_MS) });
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  await deps.watch.failed(id, reason, PATIENT_POLLS * everyMs);
}

async function poll(deps: PollDeps, source: OutageSource, url: string): Promise<readonly ParseNote[]> {
  const { etag } = deps.memory.get(source.id) ?? {};
  const token = await deps.tokenFor?.(source);
  const answer = await askSite(deps, url, { token, etag });
  const open = await openOf(deps.receiveDeps.incidents, source.id);
  if (answer.status === 304) {
    await endMissing(deps, source, open, deps.memory.get(source.id)?.missing ?? []);
    return [];
  }
  const found = await readAll(deps, source, answer, { token, openSourceIds: new Set(open.keys()) });
  const now = deps.receiveDeps.now();
  const fresh = found.events.filter((event) => !isOver(event.state) || !isOld(event.updatedAt, now));
  const results = await receiveAll(deps.receiveDeps, source, fresh, null);
  const missing = missingFrom(open, found);
  await endMissing(deps, source, open, missing);
  // The tag of the first part does not cover the other parts.
  const tag = found.parts > 1 ? undefined : (answer.headers.get('etag') ?? undefined);
  const last = deps.memory.get(source.id);
  deps.memory.set(source.id, { ...last, at: now, etag: tag, missing });
  const applied = results.filter((one) => one.kind === 'applied').length;
  deps.log.debug('outages.polled', { source: source.id, events: fresh.length, applied });
  return found.notes;
}

interface Found {
  readonly events: readonly OutageEvent[];
  readonly notes: readonly ParseNote[];
  readonly coverage: Coverage | undefined;
  readonly parts: number;
}

async function readAll(
  deps: PollDeps,
  source: OutageSource,
  answer: Response,
  {
    token,
    openSourceIds,
  }: { readonly token: string | undefined; readonly openSourceIds: ReadonlySet<string> },
): Promise<Found> {
  const events: OutageEvent[] = [];
  const notes: ParseNote[] = [];
  let coverage: Coverage | undefined;
  let parts = 0;
  const context = {
    openSourceIds,
    now: deps.receiveDeps.now(),
    mapping: source.mapping,
    words: source.words,
  };
  for await (const body of pages(deps, source, answer, token)) {
    const parsed = parseOutage(source.format, body, context);
    if (parsed.kind === 'error') throw new PollFailure(`${parsed.code}: ${parsed.reason}`);
    events.push(...parsed.events);
    notes.push(...(parsed.notes ?? []));
    coverage = parsed.coverage;
    parts += 1;
  }
  return { events, notes, coverage: parts === 1 ? coverage : undefined, parts };
}

/** Ids of open outages that are missing from the answer, although the answer should list them. */
function missingFrom(open: ReadonlyMap<string, Incident>, { events, coverage }: Found): readonly string[] {
  if (!coverage) return [];
  const { since } = coverage;
  const listed = new Set([...coverage.ids, ...events.flatMap(senderIds)]);
  return [...open].flatMap(([id, incident]) => {
    const covered = since === null || incident.startedAt >= since;
    return covered && !listed.has(id) ? [id] : [];
  });
}

/** Ends an outage that is missing from two answers in a row. */
async function endMissing(
  deps: PollDeps,
  source: OutageSource,
  open: ReadonlyMap<string, Incident>,
  missing: readonly string[],
): Promise<void> {
  const before = new Set(deps.memory.get(source.id)?.missing);
  const gone = missing.filter((id) => before.has(id));
  const ends = gone.flatMap((id) => endOf(id, open.get(id), deps.receiveDeps.now()) ?? []);
  if (ends.length === 0) return;
  await receiveAll(deps.receiveDeps, source, ends, null);
  deps.log.info('outages.no-longer-listed', { source: source.id, incidents: ends.length });
}

function endOf(id: string, incident: Incident | undefined, now: number): OutageEvent | undefined {
  if (!incident) return undefined;
  const state = isPlanned(incident.state) ? 'completed' : 'resolved';
  return {
    sourceId: id,
    dedupeKey: `no-longer-listed|${String(now)}`,
    title: '',
    state,
    severity: 'none',
    startedAt: null,
    updatedAt: null,
    resolvedAt: now,
    affected: NOTHING_AFFECTED,
    updates: [{ at: now, state, text: '', remark: 'no-longer-listed' }],
    url: null,
    owner: null,
    omitted: ['title', 'severity'],
  };
}

/**
 * The bodies of an answer and, for paged lists, of the next pages. All pages must be on the same host, because the
 * token is sent with each request.
 */
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
    if (next.origin !== home?.origin) throw new PollFailure('the next page is on another host');
    if (page === MOST_PAGES) return deps.log.warn('outages.poll-cut', { source: source.id, pages: page });
    answer = await askSite(deps, next.href, { token });
  }
}

/** Graph's address of the next page; empty when there is none. The parser has already read the same body. */
function nextLink(body: Buffer): string {
  const { '@odata.nextLink': link } = JSON.parse(body.toString('utf8')) as { '@odata.nextLink'?: unknown };
  return typeof link === 'string' ? link : '';
}

function isOld(updatedAt: number | null, now: number): boolean {
  return updatedAt !== null && now - updatedAt > HISTORY_MS;
}

/** The open incidents that a source reports, by the source's own ids. */
async function openOf(incidents: IncidentStore, source: string): Promise<ReadonlyMap<string, Incident>> {
  const open = await incidents.open();
  return new Map(
    open.flatMap((incident) =>
      incident.marks
        .filter((mark) => mark.source === source && !isOver(mark.state))
        .map((mark) => [mark.sourceId, incident] as const),
    ),
  );
}
