/** The search field of the first screen: lists products while the visitor types, and sends the chosen name. */

const PAUSE_MS = 150;

/** @typedef {{ name: string, lang?: string, publisher: string }} Product */

/**
 * A combobox with a list (WAI-ARIA APG). The arrow keys move in the list, Enter sends the marked name or the typed
 * words, Escape closes the list.
 * @param {object} options
 * @param {HTMLElement} options.place element that contains the field
 * @param {Record<string, string>} options.strings
 * @param {string} options.language language of the names
 * @param {() => string | undefined} options.token proves the conversation to the server
 * @param {(text: string) => void} options.onChosen
 */
export function productSearch({ place, strings, language, token, onChosen }) {
  const field = document.createElement('input');
  const list = document.createElement('ul');
  const status = document.createElement('p');
  /** @type {Product[]} */
  let products = [];
  let marked = -1;
  /** Counts requests. The answer to an earlier request is ignored. */
  let asking = 0;
  let timer = 0;

  const draw = () => {
    list.replaceChildren(...products.map((one, at) => row(one, at, at === marked)));
    list.hidden = products.length === 0;
    field.setAttribute('aria-expanded', String(!list.hidden));
    if (marked < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `product-${marked}`);
  };
  /** @param {Product[]} next @param {string} [said] */
  const show = (next, said = '') => {
    products = next;
    marked = -1;
    status.textContent = said;
    draw();
  };
  const choose = (/** @type {string} */ text) => {
    if (text.trim() === '') return;
    asking += 1;
    clearTimeout(timer);
    field.value = '';
    show([]);
    onChosen(text);
  };
  const look = async () => {
    const mine = ++asking;
    const query = field.value.trim();
    const found = query === '' ? [] : await productsFor({ resume: token(), query, language });
    if (mine === asking) show(found ?? [], query !== '' && found?.length === 0 ? strings['find.none'] : '');
  };

  field.type = 'search';
  field.placeholder = strings['find'] ?? '';
  field.autocomplete = 'off';
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-label': strings['find'] ?? '',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'products',
  }))
    field.setAttribute(name, value);
  list.id = 'products';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', strings['find'] ?? '');
  list.hidden = true;
  status.setAttribute('role', 'status');
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return; // The input method uses these keys itself.
    if (step !== undefined && products.length > 0) {
      marked = (marked + step + products.length + (marked < 0 && step < 0 ? 1 : 0)) % products.length;
      draw();
    } else if (event.key === 'Enter') choose(products[marked]?.name ?? field.value);
    else if (event.key === 'Escape' && !list.hidden) show([]);
    else return;
    event.preventDefault();
  });
  // The press must not take the focus from the field before the click arrives.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const at = target instanceof Element ? target.closest('li')?.dataset['at'] : undefined;
    const name = products[Number(at)]?.name;
    if (name) choose(name);
  });
  field.addEventListener('blur', () => show([]));
  place.replaceChildren(field, list, status);

  return {
    /** The first screen ends when the visitor has said something. @param {boolean} is */
    shown(is) {
      place.hidden = !is;
      if (!is) show([]);
    },
  };
}

/** @param {Product} product @param {number} at @param {boolean} isMarked */
function row({ name, lang, publisher }, at, isMarked) {
  const item = document.createElement('li');
  const called = document.createElement('bdi');
  const maker = document.createElement('small');
  item.id = `product-${at}`;
  item.dataset['at'] = String(at);
  item.setAttribute('role', 'option');
  item.setAttribute('aria-selected', String(isMarked));
  maker.textContent = publisher;
  called.textContent = name;
  if (lang) called.lang = lang;
  item.append(called, ' ', maker);
  return item;
}

/**
 * @param {{ resume: string | undefined, query: string, language: string }} asked
 * @returns {Promise<Product[] | undefined>} undefined when the server did not answer; the chat itself says so
 */
async function productsFor(asked) {
  try {
    const response = await fetch('/api/offers', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    return response.ok ? (await response.json()).offers : undefined;
  } catch {
    return undefined;
  }
}
