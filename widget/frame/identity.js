/** Waits for the page's token about its customer before the chat opens, if the page has announced a customer. */

const PATIENCE_MS = 2_000;

/**
 * @param {string} search query of this page's address
 * @param {{ identify: (token?: string) => boolean }} conversation
 * @param {(foreign: boolean) => void} reopen called for a later token; `foreign`: the chat belongs to another customer
 */
export function identityOf(search, conversation, reopen) {
  /** @type {() => void} */
  let first = () => {};
  let waiting = new URLSearchParams(search).has('identity');
  const told = new Promise((resolve) => {
    first = () => resolve(undefined);
    if (waiting) setTimeout(first, PATIENCE_MS);
    else first();
  });
  return {
    told,
    /** @param {string} token empty after the customer signed out */
    hear(token) {
      const foreign = conversation.identify(token);
      const early = waiting;
      waiting = false;
      first();
      if (!early) reopen(foreign);
    },
  };
}
