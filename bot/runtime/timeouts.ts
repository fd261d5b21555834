/** Waits for work at most so long. */

const LATE = Symbol('late');

/** What `work` gives, or what `late` gives (or throws) after `ms` milliseconds. The work itself goes on. */
export async function within<T, L>(ms: number, work: Promise<T>, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  const outcome = await Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
  return outcome === LATE ? late() : outcome;
}

/** What `work` gives; after `ms` milliseconds it throws the error instead. The work itself goes on. */
export function withinOrThrow<T>(ms: number, work: Promise<T>, error: () => Error): Promise<T> {
  return within(ms, work, (): never => {
    throw error();
  });
}

/**
 * Gives the work a signal that ends it after `ms` milliseconds (a `TimeoutError`), or as soon as `outer` ends.
 * `AbortSignal.any([outer, AbortSignal.timeout(ms)])` is not used: Node collects the inner signal as garbage, and the
 * time-out then never comes (nodejs/node#57736).
 */
export async function withTimeLimit<T>(
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const limit = new AbortController();
  const end = (): void => limit.abort(outer.reason);
  const timer = setTimeout(() => {
    limit.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, ms);
  outer.addEventListener('abort', end);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', end);
  }
}
