/**
 * Exchanges messages with the surrounding page: only with the origin that the server named, and only with the parent
 * window.
 */

/**
 * @typedef {object} Hears
 * @property {() => void} opened
 * @property {() => void} closed
 * @property {(text: string) => void} ask
 * @property {(token: string) => void} identify a signed token about the customer; empty: nobody is signed in
 * @property {(scheme: string) => void} scheme the look that the page asks for
 */

/** Questions of the page in a minute. A person presses no more buttons. */
const MOST_QUESTIONS = 10;

/** Lets a page that repeats itself fill neither the conversation nor the memory. */
function questionLimit() {
  /** @type {number[]} */
  let times = [];
  return () => {
    const now = performance.now();
    times = times.filter((at) => at > now - 60_000);
    if (times.length >= MOST_QUESTIONS) return false;
    times.push(now);
    return true;
  };
}

/** @param {string | undefined} origin exact origin of the surrounding page */
export function parentOf(origin) {
  const around = origin !== undefined && window.parent !== window;
  const mayAsk = questionLimit();
  return {
    around,
    /** @param {'ready' | 'close' | 'identity' | 'unread'} type @param {object} [more] */
    tell(type, more) {
      if (around) window.parent.postMessage({ offerDesk: 1, type, ...more }, origin);
    },
    /** @param {Hears} hears */
    listen(hears) {
      window.addEventListener('message', ({ origin: from, source, data }) => {
        if (!around || from !== origin || source !== window.parent || data?.offerDesk !== 1) return;
        if (data.type === 'opened') hears.opened();
        if (data.type === 'closed') hears.closed();
        if (data.type === 'ask' && typeof data.text === 'string' && mayAsk())
          hears.ask(data.text.slice(0, 1_000));
        if (data.type === 'scheme' && typeof data.scheme === 'string') hears.scheme(data.scheme);
        if (data.type === 'identify') hears.identify(typeof data.token === 'string' ? data.token : '');
      });
    },
  };
}
