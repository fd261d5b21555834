/** Has the browser keep this page and its files, so that the chat opens at once the next time, and without a connection. */

let asked = false;

/**
 * Once, when the chat stands: it costs the first visit nothing.
 * @param {{ url: string, cache: string } | undefined} worker absent where the page must not be kept
 */
export function keepForOffline(worker) {
  if (asked || !worker || !('serviceWorker' in navigator)) return;
  asked = true;
  void keep(worker).catch(() => {
    // Storage may be full or not allowed: then the page comes from the server each time.
  });
}

/** @param {{ url: string, cache: string }} worker */
async function keep({ url, cache }) {
  await navigator.serviceWorker.register(url);
  await navigator.serviceWorker.ready;
  const pages = await caches.open(cache);
  if (!(await pages.match(location.href))) await pages.add(location.href);
}
