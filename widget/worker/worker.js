/**
 * Stores the chat page and the files of this version, but never a token, a message or an answer of the server. The
 * shown page may be one visit old, at most a day. A page of another version, or a refused page, is not stored.
 */
(() => {
  const scope = /** @type {any} */ (self);
  /** The server inserts this value. @type {{ cache: string, files: string[] }} */
  const KEPT = { cache: '', files: [] };
  const PREFIX = 'offer-desk.';
  const PAGE = '/widget/frame';
  const DAY_MS = 86_400_000;
  const files = new Set(KEPT.files);

  const install = async () => {
    await (await caches.open(KEPT.cache)).addAll(KEPT.files);
    await scope.skipWaiting();
  };

  const activate = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== KEPT.cache);
    await Promise.all(old.map((name) => caches.delete(name)));
    await scope.clients.claim();
  };

  /** @param {Request} request */
  const file = async (request) => {
    const cache = await caches.open(KEPT.cache);
    return (await cache.match(request.url, { ignoreVary: true })) ?? fetch(request);
  };

  /** Fetches the page from the server, and stores it when it has this version. @param {Request} request */
  const fresh = async (request) => {
    const answer = await fetch(request);
    const cache = await caches.open(KEPT.cache);
    if (answer.ok && answer.headers.get('offer-desk-cache') === KEPT.cache)
      await cache.put(request.url, answer.clone());
    else if (answer.status < 500) await cache.delete(request.url);
    return answer;
  };

  /** @param {any} event */
  const page = async (event) => {
    const { request } = event;
    const kept = await (await caches.open(KEPT.cache)).match(request.url, { ignoreVary: true });
    const news = fresh(request);
    if (!kept) return news;
    event.waitUntil(news.catch(() => undefined));
    const age = Date.now() - Date.parse(kept.headers.get('date') ?? '');
    return age < DAY_MS ? kept : news.catch(() => kept);
  };

  scope.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
  scope.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));
  scope.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin) return;
    if (files.has(pathname)) event.respondWith(file(request));
    else if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(page(event));
  });
})();
