/** Waits for the page's word on who its customer is before the chat is opened, where the page has said that there is one. */

const PATIENCE_MS = 2_000;

/**
 * @param {string} search query of this page's address
 * @param {{ identify: (token?: string) => boolean }} conversation
 * @param {(foreign: boolean) => void} reopen called for a word that comes later; `foreign`: what is shown is somebody else's
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
    /** @param {string} token empty for somebody who signed out */
    hear(token) {
      const foreign = conversation.identify(token);
      const early = waiting;
      waiting = false;
      first();
      if (!early) reopen(foreign);
    },
  };
}
