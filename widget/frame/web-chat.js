/** Waits for the Web Chat bundle, which the page loads beside its own scripts. */

/** Resolves after the bundle has run. @param {string} id of the script element @returns {Promise<void>} */
export function webChatOf(id) {
  return new Promise((resolve) => {
    const look = () => 'WebChat' in window && resolve();
    document.getElementById(id)?.addEventListener('load', look);
    look();
  });
}
