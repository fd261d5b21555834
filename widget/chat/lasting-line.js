/**
 * The connection that Web Chat gets. It shows the stored activities at once, and it stays while the Direct Line clients
 * behind it change. So Web Chat and unsent text survive a lost connection and a restart of the server.
 */

/** Web Chat's numbers for the state of a connection. */
const [UNINITIALIZED, CONNECTING, ONLINE] = [0, 1, 2];
/** The stock client gives this instead of an id when a message could not be sent. */
const NOT_SENT = 'retry';
/** Milliseconds before each further attempt to send a message; the last one repeats. */
const WAITS = [1_000, 2_000, 4_000];

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

/** Observers with one inner subscription each, which moves to every new client. */
class Listeners {
  /** @type {Map<Observer, Subscription | undefined>} */
  #inner = new Map();
  /** @type {Line | undefined} */
  #line;

  /** @param {(line: Line) => Observable} pick @param {(value: any, observer: Observer) => void} pass */
  constructor(pick, pass) {
    this.pick = pick;
    this.pass = pass;
  }

  /** @param {Observer | ((value: any) => void)} given @param {readonly any[]} first */
  add(given, first) {
    /** @type {Observer} */
    const observer = typeof given === 'function' ? { next: given } : given;
    for (const value of first) observer.next?.(value);
    this.#inner.set(observer, undefined);
    if (this.#line) this.#follow(observer, this.#line);
    return {
      unsubscribe: () => {
        this.#inner.get(observer)?.unsubscribe();
        this.#inner.delete(observer);
      },
    };
  }

  /** @param {Line} line */
  move(line) {
    this.#line = line;
    for (const observer of this.#inner.keys()) this.#follow(observer, line);
  }

  /**
   * Hides the end and the errors of one client from Web Chat, because another client follows.
   * @param {Observer} observer
   * @param {Line} line
   */
  #follow(observer, line) {
    this.#inner.get(observer)?.unsubscribe();
    const next = (/** @type {any} */ value) => line === this.#line && this.pass(value, observer);
    this.#inner.set(observer, this.pick(line).subscribe({ next, error: () => {}, complete: () => {} }));
  }
}

/** A message that waits for its confirmation. The present client sends it again until the server answers. */
class Post {
  #isOver = false;
  #attempt = 0;
  #timer = 0;

  /** @param {object} activity @param {Observer} observer @param {() => void} onUnsent */
  constructor(activity, observer, onUnsent) {
    this.activity = activity;
    this.observer = observer;
    this.onUnsent = onUnsent;
  }

  get isOver() {
    return this.#isOver;
  }

  /** The server knows a message by its client id, so sending it twice does no harm. @param {Line} line */
  send(line) {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    line.postActivity(this.activity).subscribe({
      next: (/** @type {string} */ id) => (id === NOT_SENT ? this.#later(line) : this.#end('next', id)),
      error: (/** @type {unknown} */ error) => this.#end('error', error),
      complete: () => {},
    });
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** @param {Line} line */
  #later(line) {
    if (this.#isOver) return;
    this.onUnsent();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(
      () => this.send(line),
      WAITS[Math.min(this.#attempt++, WAITS.length - 1)],
    );
  }

  /** @param {'next' | 'error'} how @param {any} value */
  #end(how, value) {
    if (this.#isOver) return;
    this.stop();
    this.observer[how]?.(value);
    if (how === 'next') this.observer.complete?.();
  }
}

/**
 * @typedef {object} LineEvents
 * @property {(activity: any) => void} onActivity every activity of the server
 * @property {(status: number) => void} onStatus the state of the present client
 * @property {() => void} onUnsent a message could not be sent and is sent again
 */

/**
 * @param {readonly any[]} kept activities to begin with, oldest first
 * @param {LineEvents} events
 * @returns {Line & { plug: (line: Line) => void }} `plug` replaces the client behind it
 */
export function lastingLine(kept, { onActivity, onStatus, onUnsent }) {
  /** @type {Line | undefined} */
  let current;
  /** @type {Set<Post>} */
  const posts = new Set();
  const activities = new Listeners((line) => line.activity$, newsFor(kept, onActivity));
  const statuses = new Listeners((line) => line.connectionStatus$, untilOnline(kept.length > 0));
  return {
    activity$: { subscribe: (observer) => activities.add(observer, kept) },
    connectionStatus$: {
      subscribe: (observer) =>
        statuses.add(observer, kept.length > 0 ? [UNINITIALIZED, CONNECTING, ONLINE] : []),
    },
    postActivity: (activity) => ({
      subscribe: (/** @type {Observer} */ observer) => {
        for (const one of posts) if (one.isOver) posts.delete(one);
        const post = new Post(activity, observer, onUnsent);
        posts.add(post);
        if (current) post.send(current);
        return { unsubscribe: () => post.stop() };
      },
    }),
    end: () => current?.end(),
    plug: (line) => {
      const old = current;
      current = line;
      line.connectionStatus$.subscribe(
        (/** @type {number} */ status) => line === current && onStatus(status),
      );
      statuses.move(line);
      activities.move(line);
      for (const post of posts) post.send(line);
      old?.end();
    },
  };
}

/**
 * Web Chat stays online after the first connection: the page shows a lost connection beside it.
 * @param {boolean} isOnline from the beginning
 */
function untilOnline(isOnline) {
  /** @type {WeakSet<Observer>} */
  const online = new WeakSet();
  return (/** @type {number} */ status, /** @type {Observer} */ observer) => {
    if (isOnline || online.has(observer) || status > ONLINE) return;
    if (status === ONLINE) online.add(observer);
    observer.next?.(status);
  };
}

/**
 * Passes an activity on unless Web Chat has already drawn it: a redrawn card loses the visitor's input.
 * @param {readonly any[]} kept
 * @param {(activity: any) => void} onActivity
 */
function newsFor(kept, onActivity) {
  /** The activities that each observer has received, by id. @type {WeakMap<Observer, Map<string, string>>} */
  const drawn = new WeakMap();
  return (/** @type {any} */ activity, /** @type {Observer} */ observer) => {
    onActivity(activity);
    const known = drawn.get(observer) ?? new Map(kept.map((one) => [one.id, JSON.stringify(one)]));
    drawn.set(observer, known);
    const text = JSON.stringify(activity);
    if (activity.id !== undefined && known.get(activity.id) === text) return;
    known.set(activity.id, text);
    observer.next?.(activity);
  };
}
