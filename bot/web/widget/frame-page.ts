/** The HTML of the chat inside a partner's page: a bar with the partner's name, a line for notices, and the chat. */
import { languagesOf } from '../../../core/directory/profile.js';
import { LANGUAGE_TRAITS, type Language } from '../../../core/terms.js';
import { textIn } from '../../../locales/text.js';
import { brandName, colourStyle, logoImage, type Brand, type Scheme } from '../pages/brand.js';
import {
  escapeHtml as escape,
  inlineJson,
  languageLinks,
  sentences,
  sentenceWithName,
  writtenAs,
} from '../pages/html.js';
import type { PageFiles } from '../pages/routes.js';

/** The service worker that stores the page's files in the browser. */
export interface Worker {
  readonly url: string;
  /** Name of the browser's cache for this version. The browser deletes the caches of other versions. */
  readonly cache: string;
}

interface FramePage extends PageFiles {
  readonly language: Language;
  readonly nonce: string;
  readonly partnerId: string;
  readonly brand: Brand;
  /** Origin of the surrounding page; undefined when the chat stands alone. */
  readonly parentOrigin: string | undefined;
  /** #rrggbb from the script line or the profile; undefined: the product's own colour. */
  readonly colour: string | undefined;
  /** The look that the surrounding page asked for; undefined: as the device is. */
  readonly scheme: Scheme | undefined;
  readonly keepDays: number;
  /** Absolute address of Direct Line, or undefined for the embedded one. */
  readonly directLine: string | undefined;
  readonly worker: Worker | undefined;
  /** True while the bot answers from the fictional sample. */
  readonly sample?: boolean;
}

const STYLES = ['chat/palette', 'chat/chat', 'frame/frame'];
/** All scripts of the page in one file. */
export const SCRIPT = 'frame/page.js';

/** Addresses of the page's own files. */
export function frameFiles({ assets }: Pick<PageFiles, 'assets'>): readonly string[] {
  return [...STYLES.map((name) => `${assets}/${name}.css`), `${assets}/${SCRIPT}`];
}

function settings(page: FramePage): unknown {
  const { language, nonce, partnerId, parentOrigin, keepDays, directLine, worker } = page;
  return {
    worker,
    language,
    nonce,
    partnerId,
    parentOrigin,
    keepDays,
    directLine,
    locale: LANGUAGE_TRAITS[language].locale,
    hasWebChat: page.webChat !== undefined,
    strings: { ...sentences(language, 'page.'), ...sentences(language, 'widget.') },
  };
}

/** Title, menu and the close button. */
function bar(page: FramePage, text: (key: string) => string): string {
  const say = textIn(page.language, 'customer');
  return `<header>
    ${logoImage(page.brand)}
    <h1>${sentenceWithName((partner) => say('widget.title', { partner }), brandName(page.brand, page.language))}</h1>
    <button type="button" id="menu-button" aria-expanded="false" aria-controls="menu">${text('menu')}</button>
    <button type="button" id="close" aria-label="${text('close')}" hidden>${CROSS}</button>
    <div id="menu" hidden>
      <button type="button" id="new">${text('new')}</button>
      <button type="button" id="transcript">${text('transcript')}</button>
      <button type="button" id="forget">${text('forget')}</button>
      <nav aria-label="${escape(say('page.language'))}">${languages(page)}</nav>
    </div>
  </header>`;
}

/** The whole document. */
export function framePage(page: FramePage): string {
  const { assets, language, nonce, scheme } = page;
  const say = textIn(language, 'customer');
  const { name: partner } = brandName(page.brand, language);
  const text = (key: string): string => escape(say(`widget.${key}`, { partner }));
  const webChat =
    page.webChat === undefined ? '' : `<script src="${page.webChat}" id="web-chat" async></script>`;
  return `<!doctype html>
<html ${writtenAs(language)}${scheme ? ` data-scheme="${scheme}"` : ''}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="${scheme ?? 'light dark'}">
  <meta name="robots" content="noindex">
  <title>${text('title')}</title>
  ${STYLES.map((name) => `<link rel="stylesheet" href="${assets}/${name}.css">`).join('\n  ')}
  ${colourStyle(nonce, page.colour)}
  <script type="application/json" id="settings">${inlineJson(settings(page))}</script>
  ${webChat}
  <script type="module" src="${assets}/${SCRIPT}"></script>
</head>
<body>
  ${bar(page, text)}
  ${page.sample ? `<p class="sample">${escape(say('sample.page'))}</p>` : ''}
  <main>
    <div id="notice" role="status"></div>
    <div id="offline" role="status" hidden><span>${text('offline')}</span>
      <button type="button" id="retry">${text('offline.retry')}</button></div>
    <div id="product-search" hidden></div>
    <div id="chat" aria-busy="true"><p class="waiting">${escape(say('page.loading'))}</p></div>
    <noscript><p class="waiting">${escape(say('page.noScript'))}</p></noscript>
  </main>
</body>
</html>
`;
}

const CROSS =
  '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M4 4l12 12M16 4L4 16" fill="none" stroke="currentColor" stroke-width="2"/></svg>';

function languages(page: FramePage): string {
  const addressIn = (language: Language): string => {
    const query = new URLSearchParams({ partner: page.partnerId, lang: language });
    if (page.colour) query.set('accent', page.colour);
    if (page.scheme) query.set('scheme', page.scheme);
    if (page.parentOrigin) query.set('origin', page.parentOrigin);
    return `?${query.toString()}`;
  };
  return languageLinks({ languages: languagesOf(page.brand), present: page.language, addressIn });
}
