/**
 * The single script on a partner's page: a button that opens a frame with the chat. Nothing else loads before the chat
 * opens. All elements are in a shadow root. The host's styles are inline and important, so that no rule of the page
 * changes them. Script objects make the styles, so that a strict content security policy needs no exception.
 */
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const scope = /** @type {any} */ (window);
  if (!script || scope.OfferDesk) return;
  /** Sentences by language; the server inserts them. @type {Record<string, Record<string, string>>} */
  const SENTENCES = {};
  /** The colour of the partner's profile; the server inserts it. */
  const COLOUR = '';
  const LOAD_MS = 20_000;
  /** Messages that wait until the chat has loaded. */
  const MOST_WAITING = 10;
  const { origin } = new URL(script.src);
  const { partner = '', language, accent = '', position } = script.dataset;
  /** The page's signed token about its customer; null: no customer is signed in. @type {string | null | undefined} */
  let identity = script.dataset.identity;
  /** The look that the page asks for: `light`, `dark`, or anything else for the look of the device. */
  let { scheme } = script.dataset;

  const wanted = language || document.documentElement.lang || navigator.language || '';
  const tags = Object.keys(SENTENCES);
  /** The language and the script of a tag: `zh-CN` is written as `zh-Hans`. @param {string} one */
  const partsOf = (one) => {
    try {
      const { language, script } = new Intl.Locale(one.replace('_', '-')).maximize();
      return [language, `${language}-${script}`];
    } catch {
      return ['', ''];
    }
  };
  const [primary, written] = partsOf(wanted);
  const near = tags.filter((one) => partsOf(one)[0] === primary);
  const tag = near.find((one) => partsOf(one)[1] === written) ?? near[0] ?? tags[0] ?? 'en';
  const say = (/** @type {string} */ key) => SENTENCES[tag]?.[key] ?? '';

  const colour = [accent, COLOUR].find((one) => /^#[\da-f]{6}$/i.test(one)) ?? '#0f5c8c';
  /** White or near black: the one with the better contrast on the colour (WCAG relative luminance). */
  const light = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * /** @type {number} */ ([0.2126, 0.7152, 0.0722][at]), 0);
  const ink = light > 0.18 ? '#10181f' : '#ffffff';
  const rtl = getComputedStyle(document.documentElement).direction === 'rtl';
  const side = position === 'left' || (position !== 'right' && rtl) ? 'left' : 'right';

  const STYLE = `
    *{box-sizing:border-box}
    button{font:600 15px/1.2 system-ui,sans-serif;cursor:pointer}
    button:focus-visible{outline:3px solid #fff;outline-offset:-3px;box-shadow:0 0 0 4px #10181f}
    .launch{position:fixed;bottom:20px;${side}:20px;width:56px;height:56px;padding:14px;border:2px solid transparent;
      border-radius:50%;background:${colour};color:${ink};box-shadow:0 2px 10px rgba(0,0,0,.3)}
    svg{display:block;width:100%;height:100%;fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
    .count{position:absolute;top:-6px;right:-6px;min-width:24px;padding:3px 6px;border:2px solid #fff;border-radius:12px;
      background:#a4262c;color:#fff;font-size:13px}
    .panel{position:fixed;bottom:88px;${side}:20px;width:400px;height:min(680px,calc(100vh - 108px));border:1px solid #7b8894;
      border-radius:14px;overflow:hidden;background:#f6f8fa;background:light-dark(#f6f8fa,#14202a);color:#1b2733;
      color:light-dark(#1b2733,#f0f4f7);box-shadow:0 8px 30px rgba(0,0,0,.3)}
    .panel[hidden],.told[hidden],.count[hidden]{display:none}
    iframe{display:block;width:100%;height:100%;border:0}
    .told{position:absolute;inset:0;padding:24px;background:inherit;font:16px/1.5 system-ui,sans-serif;text-align:center}
    .told button{margin:4px;padding:10px 16px;border:1px solid currentColor;border-radius:8px;background:none;color:inherit}
    @media(max-width:520px),(max-height:480px){.panel{inset:0;width:auto;height:auto;border:0;border-radius:0}}
    @media print{.launch,.panel{display:none}}
    @media(forced-colors:active){.launch,.told button{border-color:ButtonText}}`;

  /**
   * @param {string} name
   * @param {Record<string, string>} [attributes]
   * @param {string} [space]
   */
  const make = (name, attributes = {}, space = 'http://www.w3.org/1999/xhtml') => {
    const element = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return /** @type {any} */ (element);
  };

  const host = make('div', { 'data-offer-desk': '' });
  // The element's own important styles override every rule of the page, including layered rules.
  for (const [name, value] of Object.entries({
    all: 'initial',
    display: 'block',
    position: 'fixed',
    width: '0',
    height: '0',
    'z-index': '2147483647',
  }))
    host.style.setProperty(name, value, 'important');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const button = make('button', { type: 'button', class: 'launch', 'aria-expanded': 'false' });
  button.setAttribute('aria-label', say('name'));
  const SVG = 'http://www.w3.org/2000/svg';
  const icon = make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, SVG);
  icon.append(make('path', { d: 'M4 5h16v11h-9l-5 4v-4H4z' }, SVG));
  const count = make('span', { class: 'count', 'aria-hidden': 'true' });
  count.hidden = true;
  button.append(icon, count);
  /** Answers of staff that arrived while the chat was closed. @param {number} answers */
  const unread = (answers) => {
    count.hidden = answers === 0;
    count.textContent = String(Math.min(answers, 99));
    button.setAttribute('aria-label', say('name') + (answers > 0 ? ` – ${say('unread')} ${answers}` : ''));
  };
  const panel = make('div', { class: 'panel', role: 'dialog', lang: tag, 'aria-label': say('title') });
  panel.hidden = true;
  // A frame of another look than its element would be opaque before it has loaded.
  const wear = () =>
    (panel.style.colorScheme = scheme === 'light' || scheme === 'dark' ? scheme : 'light dark');
  wear();
  const told = make('div', { class: 'told', role: 'status' });
  root.append(button, panel);

  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let ready = false;
  let timer = 0;
  /** @type {object[]} */
  let waiting = [];

  const post = (/** @type {object} */ message) => {
    if (ready) frame?.contentWindow?.postMessage({ offerDesk: 1, ...message }, origin);
    else waiting = [...waiting, message].slice(-MOST_WAITING);
  };

  const tell = (/** @type {boolean} */ failed) => {
    const line = make('p');
    line.textContent = say(failed ? 'failed' : 'loading');
    told.replaceChildren(line);
    if (failed)
      for (const [key, work] of /** @type {[string, () => void][]} */ ([
        ['retry', load],
        ['close', close],
      ])) {
        const one = make('button', { type: 'button' });
        one.textContent = say(key);
        one.addEventListener('click', work);
        told.append(one);
      }
    told.hidden = false;
  };

  function load() {
    ready = false;
    const query = new URLSearchParams({ partner, origin: location.origin, lang: tag, accent: colour });
    if (scheme) query.set('scheme', scheme);
    // Never the token itself, because logs record addresses.
    if (identity !== undefined) query.set('identity', '');
    frame?.remove();
    const made = make('iframe', { title: say('title'), src: `${origin}/widget/frame?${query}` });
    frame = made;
    tell(false);
    panel.replaceChildren(made, told);
    clearTimeout(timer);
    timer = window.setTimeout(() => !ready && tell(true), navigator.onLine ? LOAD_MS : 4_000);
  }

  const sayIdentity = () => post({ type: 'identify', token: identity ?? '' });

  /** @param {{ accepted?: unknown, reason?: unknown, reference?: unknown }} verdict */
  const judged = ({ accepted, reason, reference }) => {
    const detail = { accepted: accepted === true, reason, reference };
    if (!detail.accepted) console.warn(say('identity'), reason, reference ?? '');
    scope.dispatchEvent(new CustomEvent('offer-desk:identity', { detail }));
  };

  function open() {
    if (!panel.hidden) return;
    panel.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    if (frame && (ready || told.hidden)) post({ type: 'opened' });
    else load();
    frame?.focus();
    scope.dispatchEvent(new CustomEvent('offer-desk:open'));
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    if (ready) post({ type: 'closed' });
    button.setAttribute('aria-expanded', 'false');
    button.focus();
    scope.dispatchEvent(new CustomEvent('offer-desk:close'));
  }

  button.addEventListener('click', () => (panel.hidden ? open() : close()));
  // A frame that could not load without a connection loads by itself when the connection is back.
  window.addEventListener('online', () => frame && !ready && !told.hidden && load());
  root.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && close());

  window.addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || !frame || source !== frame.contentWindow || data?.offerDesk !== 1) return;
    if (data.type === 'close') close();
    if (data.type === 'identity') judged(data);
    if (data.type === 'unread') unread(Number(data.count) || 0);
    if (data.type !== 'ready') return;
    ready = true;
    if (identity !== undefined) sayIdentity();
    if (scheme) post({ type: 'scheme', scheme });
    told.hidden = true;
    clearTimeout(timer);
    const messages = waiting;
    waiting = [];
    messages.forEach(post);
    if (!panel.hidden) post({ type: 'opened' });
  });

  scope.OfferDesk = Object.freeze({
    open,
    close,
    /** Identifies the customer with a signed token; null after the customer has signed out. */
    identify: (/** @type {unknown} */ token) => {
      identity = typeof token === 'string' && token ? token : null;
      if (ready) sayIdentity();
    },
    /** Changes the look: `light`, `dark`, or `auto` for the look of the visitor's device. */
    scheme: (/** @type {unknown} */ look) => {
      scheme = String(look);
      wear();
      if (ready) post({ type: 'scheme', scheme });
    },
    /** Opens the chat and sends a question. */
    ask: (/** @type {unknown} */ text) => {
      open();
      post({ type: 'ask', text: String(text).slice(0, 1_000) });
    },
  });
  document.documentElement.append(host);
  scope.dispatchEvent(new CustomEvent('offer-desk:ready'));
})();
