/** The HTML of the local page. All visible text comes from the locale files; all scripts come from files. */
import { languagesOf } from '../../../core/directory/profile.js';
import { LANGUAGE_TRAITS, type Language } from '../../../core/terms.js';
import { textIn } from '../../../locales/text.js';
import { colourStyle, logoImage, type Brand } from './brand.js';
import { escapeHtml as escape, inlineJson as inline, languageMenu, sentences, writtenAs } from './html.js';

interface LocalPage {
  readonly language: Language;
  /** How the partner looks, and its languages. */
  readonly brand: Brand;
  readonly nonce: string;
  /** Address of the Web Chat bundle; undefined when the server could not fetch it. */
  readonly webChat: string | undefined;
  /** The path of the page's own files. */
  readonly assets: string;
  /** True while the bot answers from the fictional sample. */
  readonly sample?: boolean;
  /** The visitor may choose to be partner staff. */
  readonly chooseAudience: boolean;
  /** Partner staff of this page are administrators. */
  readonly localAdmin?: boolean;
  /** Absolute address of Direct Line, or undefined for the embedded one. */
  readonly directLine?: string;
}

function settings(page: LocalPage): unknown {
  return {
    language: page.language,
    locale: LANGUAGE_TRAITS[page.language].locale,
    nonce: page.nonce,
    chooseAudience: page.chooseAudience,
    directLine: page.directLine,
    hasWebChat: page.webChat !== undefined,
    strings: sentences(page.language, 'page.'),
  };
}

function audienceChoice(page: LocalPage): string {
  if (!page.chooseAudience) return '';
  const text = textIn(page.language, 'customer');
  const option = (audience: string): string =>
    `<label><input type="radio" name="audience" value="${audience}"><span>${escape(text(`page.asker.${audience}`))}</span></label>`;
  return `<fieldset class="asker" id="asker"><legend>${escape(text('page.asker'))}</legend>
        <div class="choice">${option('customer')}${option('partner')}</div></fieldset>`;
}

/** Title, language, and the choice of the asker. */
function header(page: LocalPage, text: (key: string) => string): string {
  const icon = `<img src="${page.assets}/local/icon.svg" alt="" width="40" height="40">`;
  const logo = logoImage(page.brand) || icon;
  const choice = {
    languages: languagesOf(page.brand),
    present: page.language,
    addressIn: (language: Language) => `?lang=${language}`,
  };
  return `<header>
    <div class="brand">
      ${logo}
      <div><h1>${text('title')}</h1><p>${text('intro')}</p></div>
      ${languageMenu(choice, textIn(page.language, 'customer')('page.language'))}
    </div>
    <div class="controls">
      ${audienceChoice(page)}
      ${page.chooseAudience ? `<button type="button" id="demo-outage">${text('demo')}</button>` : ''}
      <button type="button" id="new-conversation">
        <span class="long">${text('new')}</span><span class="short">${text('new.short')}</span>
      </button>
    </div>
  </header>`;
}

/** The whole document. */
export function localPage(page: LocalPage): string {
  const text = (key: string): string => escape(textIn(page.language, 'customer')(`page.${key}`));
  const webChat = page.webChat === undefined ? '' : `<script src="${page.webChat}" defer></script>`;
  return `<!doctype html>
<html ${writtenAs(page.language)}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${text('title')}</title>
  <link rel="icon" href="${page.assets}/local/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${page.assets}/chat/palette.css">
  <link rel="stylesheet" href="${page.assets}/chat/chat.css">
  <link rel="stylesheet" href="${page.assets}/local/page.css">
  ${colourStyle(page.nonce, page.brand.colour)}
  <script type="application/json" id="settings">${inline(settings(page))}</script>
  ${webChat}
  <script type="module" src="${page.assets}/local/page.js"></script>
</head>
<body>
  ${header(page, text)}
  <main>
    ${page.sample ? `<p class="sample">${escape(textIn(page.language, 'customer')('sample.page'))}</p>` : ''}
    ${page.localAdmin ? `<p class="sample">${text('localAdmin')}</p>` : ''}
    <p id="notice" role="status"></p>
    <div id="chat" aria-busy="true"><p class="waiting">${text('loading')}</p></div>
    <noscript><p class="waiting">${text('noScript')}</p></noscript>
  </main>
  <footer>${page.chooseAudience ? text('local') : ''}</footer>
</body>
</html>
`;
}
