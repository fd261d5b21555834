/** Stores this page and its files in the browser, so that the chat next opens at once, also without a connection. */

let asked = false;

/**
 * Runs once, after the chat has opened, so that the first visit is not slower.
 * @param {{ url: string, cache: string } | undefined} worker absent where the page must not be kept
 */
export function keepForOffline(worker) {
  if (asked || !worker || !('serviceWorker' in navigator)) return;
  asked = true;
  void keep(worker).catch(() => {
    // Storage may be full or denied: then the page comes from the server each time.
  });
}

/** @param {{ url: string, cache: string }} worker */
async function keep({ url, cache }) {
  await navigator.serviceWorker.register(url);
  await navigator.serviceWorker.ready;
  const pages = await caches.open(cache);
  if (!(await pages.match(location.href))) await pages.add(location.href);
}
