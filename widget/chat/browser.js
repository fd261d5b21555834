/**
 * Storage and locks, which a browser may deny to a frame of another site. Without them the page keeps its data in
 * memory.
 */

/** Texts that the browser did not store. They last as long as the page. @type {Map<string, string>} */
const memory = new Map();

/** The browser's storage; undefined where the browser denies it. Reading the property may throw. */
function storage() {
  try {
    return window.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}

/** True when the browser stores nothing after the page closes. */
export function isStorageDenied() {
  return storage() === undefined;
}

/** @param {string} key @returns {any} the stored value, or undefined */
export function readStored(key) {
  try {
    return JSON.parse(memory.get(key) ?? storage()?.getItem(key) ?? '') ?? undefined;
  } catch {
    return undefined; // There is no stored value, or it has another form.
  }
}

/** @param {string} key @param {unknown} value */
export function store(key, value) {
  const text = JSON.stringify(value);
  try {
    const place = storage();
    if (!place) throw new Error('denied');
    place.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text); // Storage is denied or full.
  }
}

/** @param {string} key */
export function removeStored(key) {
  memory.delete(key);
  try {
    storage()?.removeItem(key);
  } catch {
    // The browser stores nothing for this page.
  }
}

/**
 * Runs `work` while no other tab runs work under the same key. If the browser
 * has no locks, or denies them, `work` runs at once: the tabs of such a browser share no data.
 * @template T
 * @param {string} key
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(key, work) {
  let isRunning = false;
  const run = () => {
    isRunning = true;
    return work();
  };
  try {
    if (navigator.locks) return await navigator.locks.request(key, run);
  } catch (error) {
    if (isRunning) throw error;
  }
  return run();
}
