/** The connection Web Chat is given: it shows at once what is kept of a conversation, and goes on with the real one when that stands. */

/** Web Chat's numbers for the state of a connection. */
const [UNINITIALIZED, CONNECTING, ONLINE] = [0, 1, 2];

/**
 * @typedef {{ unsubscribe: () => void }} Subscription
 * @typedef {{ next?: (value: any) => void, error?: (error: unknown) => void, complete?: () => void }} Observer
 * @typedef {{ subscribe: (observer: any) => Subscription }} Observable
 * @typedef {object} Line a Direct Line client, as far as Web Chat uses it
 * @property {Observable} activity$
 * @property {Observable} connectionStatus$
 * @property {(activity: object) => Observable} postActivity
 * @property {() => void} end
 */

/**
 * @param {readonly any[]} kept activities to begin with, oldest first; with none it is as the real one
 * @param {Promise<Line>} real
 * @param {(activity: any) => void} onActivity every activity of the real one
 * @returns {Line}
 */
export function keptLine(kept, real, onActivity) {
  const drawn = new Map(kept.map((one) => [one.id, JSON.stringify(one)]));
  /** What is shown already must not be drawn again: whoever fills in a card would lose it. @param {any} activity */
  const isNews = (activity) => {
    onActivity(activity);
    return drawn.get(activity.id) !== JSON.stringify(activity);
  };
  /** For Web Chat it is online from the beginning: that the real one connects is no news. */
  const isChange = () => {
    let online = kept.length === 0;
    return (/** @type {number} */ status) => {
      const shown = online;
      online ||= status >= ONLINE;
      return shown || status > ONLINE;
    };
  };
  return {
    activity$: after(
      kept,
      real,
      (line) => line.activity$,
      () => isNews,
    ),
    connectionStatus$: after(
      kept.length > 0 ? [UNINITIALIZED, CONNECTING, ONLINE] : [],
      real,
      (line) => line.connectionStatus$,
      isChange,
    ),
    postActivity: (activity) => after([], real, (line) => line.postActivity(activity)),
    end: () => void real.then((line) => line.end()).catch(() => {}),
  };
}

/**
 * What is there already, then what comes of the real one and is wanted.
 * @param {readonly any[]} first
 * @param {Promise<Line>} real
 * @param {(line: Line) => Observable} pick
 * @param {() => (value: any) => boolean} [tests] makes the test for one subscriber
 * @returns {Observable}
 */
function after(first, real, pick, tests = () => () => true) {
  return {
    /** @param {Observer | ((value: any) => void)} given */
    subscribe(given) {
      /** @type {Observer} */
      const observer = typeof given === 'function' ? { next: given } : given;
      let stopped = false;
      const wanted = tests();
      /** @type {Subscription | undefined} */
      let inner;
      for (const value of first) observer.next?.(value);
      const go = (/** @type {Line} */ line) => {
        if (stopped) return;
        inner = pick(line).subscribe({
          next: (/** @type {any} */ value) => wanted(value) && observer.next?.(value),
          error: (/** @type {unknown} */ error) => observer.error?.(error),
          complete: () => observer.complete?.(),
        });
      };
      real.then(go).catch((error) => observer.error?.(error));
      return {
        unsubscribe: () => {
          stopped = true;
          inner?.unsubscribe();
        },
      };
    },
  };
}
