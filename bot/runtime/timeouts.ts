/** Limits how long a caller waits for work. */

const LATE = Symbol('late');

/**
 * The result of `work`. After `ms` milliseconds, the result of `late` (or its error) instead. The work itself
 * continues.
 */
export async function within<T, L>(ms: number, work: Promise<T>, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  const outcome = await Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
  return outcome === LATE ? late() : outcome;
}

/** The result of `work`. After `ms` milliseconds it throws the error instead. The work itself continues. */
export function withinOrThrow<T>(ms: number, work: Promise<T>, error: () => Error): Promise<T> {
  return within(ms, work, (): never => {
    throw error();
  });
}

/**
 * Gives the work a signal that aborts after `ms` milliseconds (a `TimeoutError`), or as soon as `outer` aborts.
 * `AbortSignal.any([outer, AbortSignal.timeout(ms)])` does not work: Node collects the inner signal as garbage, and the
 * timeout then never comes (nodejs/node#57736).
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
