/** The copy buttons of the mail page: shown only where the browser can copy, and saying whether they did. */
const told = document.getElementById('told');

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener('click', () => copy(document.getElementById(button.dataset.copy)));
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    told.textContent = told.dataset.copied;
  } catch {
    getSelection()?.selectAllChildren(source);
    told.textContent = told.dataset.failed;
  }
}
