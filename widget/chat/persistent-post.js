/** Sends a message again while the server is away or asks to wait: the stock client gives up and shows nothing for 20 seconds. */

/** Milliseconds before each further attempt; together less than the time after which Web Chat calls a message failed. */
const WAITS = [1_000, 2_000, 4_000, 8_000];

/** What the stock client gives in place of an id when it could not send. */
const NOT_SENT = 'retry';

/**
 * @typedef {{ next?: (id: string) => void, error?: (error: unknown) => void, complete?: () => void }} Observer
 * @typedef {{ unsubscribe: () => void }} Subscription
 * @typedef {{ subscribe: (observer: Observer) => Subscription }} Observable
 */

/**
 * Replaces `postActivity` of a Direct Line client. The server recognises a message it already has by its client id.
 * @param {{ postActivity: (activity: object) => Observable }} directLine
 */
export function postPersistently(directLine) {
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) => ({
    subscribe: (observer) => attempts(() => post(activity), observer),
  });
}

/**
 * @param {() => Observable} post
 * @param {Observer} observer
 * @returns {Subscription}
 */
function attempts(post, observer) {
  let stopped = false;
  /** @param {number} attempt */
  const send = (attempt) => {
    if (stopped) return;
    post().subscribe({
      next: (id) => {
        if (stopped) return;
        if (id !== NOT_SENT) {
          observer.next?.(id);
          observer.complete?.();
        } else if (attempt < WAITS.length) setTimeout(() => send(attempt + 1), WAITS[attempt]);
        else observer.error?.(new Error('the message could not be sent'));
      },
      error: (error) => observer.error?.(error),
    });
  };
  send(0);
  return { unsubscribe: () => (stopped = true) };
}
