/** Applies the platform's rate limits exactly: when may the next request for this thread and tenant start. */

/** The longest pause of a tenant: the longest Retry-After that counts, and a margin. */
const LONGEST_PAUSE_MS = 16 * 60_000;

/** At most `count` requests in any `ms` milliseconds. */
export interface Window {
  readonly count: number;
  readonly ms: number;
}

/** Teams, for each bot and thread, sends and creates (Microsoft Learn, “Rate limiting for bots”). */
export const THREAD_WINDOWS: readonly Window[] = [
  { count: 7, ms: 1000 },
  { count: 8, ms: 2000 },
  { count: 60, ms: 30_000 },
  { count: 1800, ms: 3_600_000 },
];

export interface LimiterOptions {
  /** Requests a second for one tenant. Teams allows 50 for each app and tenant, and blocks an app that sends more. */
  readonly perTenant: number;
  /** Added to every window of a thread, because requests may arrive closer together than they left. */
  readonly threadMarginMs?: number;
  /** Added to the tenant's second: longer than the delay between permission and request. */
  readonly tenantMarginMs?: number;
}

/** `go` counts the request; `wait` counts nothing and says when to ask again. */
export type Permission = { readonly kind: 'go' } | { readonly kind: 'wait'; readonly until: number };

/** The earliest moment at which one more request keeps every window, given the earlier requests in order of time. */
export function nextAllowed(sent: readonly number[], windows: readonly Window[]): number {
  let earliest = 0;
  for (const { count, ms } of windows) {
    const oldest = sent[sent.length - count];
    if (oldest !== undefined) earliest = Math.max(earliest, oldest + ms + 1);
  }
  return earliest;
}

/** A limiter in one process. The caller gives the time; the limiter neither measures nor waits. */
export interface Limiter {
  /** Asks for a request for this thread of this tenant at `now`. */
  take(tenantId: string, threadId: string, now: number): Permission;
  /** A tenant answered 429: no request for it until then. */
  pause(tenantId: string, until: number): void;
  /** When the tenant may get a request again, for planning: 0 means at once. */
  pausedUntil(tenantId: string): number;
  /** The number of processes that share the limits; each gets its part, at least one request in a window. */
  share(processes: number): void;
  /** The number of remembered threads; a thread without requests for an hour is forgotten. */
  size(): number;
}

/** A limiter without history. */
export function createLimiter(options: LimiterOptions): Limiter {
  const allOfThread = widened(THREAD_WINDOWS, options.threadMarginMs ?? 100);
  const allOfTenant = tenantWindowsOf(options.perTenant, options.tenantMarginMs ?? 25);
  let threadWindows = allOfThread;
  let tenantWindows = allOfTenant;
  const threads = new Map<string, Times>();
  const tenants = new Map<string, Times>();
  const paused = new Map<string, number>();
  let newest = 0;
  return {
    take(tenantId, threadId, now) {
      if (now < newest) for (const all of [threads, tenants]) moveBack(all, now);
      newest = now;
      const thread = listed(threads.get(threadId));
      const tenant = listed(tenants.get(tenantId));
      if ((paused.get(tenantId) ?? 0) > now + LONGEST_PAUSE_MS) paused.delete(tenantId);
      const at = Math.max(
        paused.get(tenantId) ?? 0,
        nextAllowed(thread, threadWindows),
        nextAllowed(tenant, tenantWindows),
      );
      if (at > now) return { kind: 'wait', until: at };
      remember(threads, threadId, thread, now, threadWindows);
      remember(tenants, tenantId, tenant, now, tenantWindows);
      forget(threads, now - longest(threadWindows));
      return { kind: 'go' };
    },
    pause(tenantId, until) {
      paused.set(tenantId, Math.max(until, paused.get(tenantId) ?? 0));
    },
    pausedUntil: (tenantId) => paused.get(tenantId) ?? 0,
    share(processes) {
      threadWindows = divided(allOfThread, processes);
      tenantWindows = divided(allOfTenant, processes);
    },
    size: () => threads.size,
  };
}

/**
 * The limit for a second, and a fifth of it for a fifth of a second. Without the second window, two bursts could arrive
 * within one second when the first burst travels slower.
 */
function tenantWindowsOf(perTenant: number, marginMs: number): readonly Window[] {
  const fifth = { count: Math.ceil(perTenant / 5), ms: 200 + Math.round(marginMs / 5) };
  return [{ count: perTenant, ms: 1000 + marginMs }, fifth];
}

function divided(windows: readonly Window[], processes: number): readonly Window[] {
  const parts = Math.max(1, Math.floor(processes));
  return windows.map(({ count, ms }) => ({ count: Math.max(1, Math.floor(count / parts)), ms }));
}

function widened(windows: readonly Window[], ms: number): readonly Window[] {
  return windows.map((window) => ({ ...window, ms: window.ms + ms }));
}

function longest(windows: readonly Window[]): number {
  return Math.max(...windows.map((window) => window.ms));
}

/** Keeps as many moments as the largest window counts, and moves the thread to the end of the map. */
function remember(
  all: Map<string, Times>,
  key: string,
  sent: number[],
  now: number,
  windows: readonly Window[],
): void {
  const most = Math.max(...windows.map((window) => window.count));
  if (sent.length >= 2 * most) sent.splice(0, sent.length - most + 1);
  all.delete(key);
  if (sent.length > 0) sent.push(now);
  all.set(key, sent.length > 0 ? sent : now);
}

/** Moments of requests, in order. Most threads have one request an hour, which needs no list. */
type Times = number | number[];

function listed(times: Times | undefined): number[] {
  if (times === undefined) return [];
  return typeof times === 'number' ? [times] : times;
}

/** After the clock was set back, earlier requests would lie in the future. They count as requests of this moment. */
function moveBack(all: Map<string, Times>, now: number): void {
  for (const [key, times] of all)
    all.set(
      key,
      listed(times).map((at) => Math.min(at, now)),
    );
}

/** Drops a few threads at the front without requests since `before`, so that memory holds the last hour only. */
function forget(all: Map<string, Times>, before: number): void {
  let looked = 0;
  for (const [key, sent] of all) {
    const last = typeof sent === 'number' ? sent : (sent[sent.length - 1] ?? 0);
    if (++looked > 4 || last >= before) return;
    all.delete(key);
  }
}
