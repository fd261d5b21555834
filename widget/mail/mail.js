/** The copy buttons of the mail page. They appear only if the browser can copy, and report the result. */
const told = document.getElementById('told');

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard || !(button instanceof HTMLElement)) break;
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!source) continue;
  button.hidden = false;
  button.addEventListener('click', () => void copy(source));
}

/** @param {HTMLElement} source */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    tell(told?.dataset.copied);
  } catch {
    getSelection()?.selectAllChildren(source);
    tell(told?.dataset.failed);
  }
}

/** @param {string | undefined} words */
function tell(words) {
  if (told) told.textContent = words ?? '';
}
