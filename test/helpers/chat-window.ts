/** Shows cards in the real Web Chat with the widget's own styles, without a server, and takes pictures of them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { colourStyle } from '../../bot/web/pages/brand.js';
import { WEB_CHAT_VERSION } from '../../bot/web/pages/routes.js';
import { LANGUAGE_TRAITS, type Language } from '../../core/terms.js';
import { directionOf } from '../../locales/language.js';
import { violationsIn } from './axe.js';
import { ROOT } from './chromium.js';
import { PATIENCE_MS } from './patience.js';

/** How a device shows a page: light, dark, or with the colours that the person chose for contrast. */
export const LOOKS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;
export type Look = keyof typeof LOOKS;

/** A phone and a desktop. */
export const WIDTHS = [360, 1280] as const;

const ORIGIN = 'http://gallery.example';
/** Higher than every card, so that Web Chat shows the whole card without scrolling. */
const HEIGHT = 4_000;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
/** The room around a card in its picture, in pixels. */
const MARGIN = 6;

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Gallery</title>
<link rel="stylesheet" href="/widget/chat/palette.css"><link rel="stylesheet" href="/widget/chat/chat.css">
<link rel="stylesheet" href="/widget/frame/frame.css">${colourStyle('')}
<script src="/vendor/webchat-${WEB_CHAT_VERSION}/webchat.js"></script>
<script type="module">
import { showChat } from '/widget/chat/chat.js';
const nothing = () => undefined;
window.showCard = (content, locale, dir) => {
  document.documentElement.lang = locale;
  document.documentElement.dir = dir;
  window.shown?.close();
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  const from = { id: 'bot', role: 'bot' };
  const history = [{ type: 'message', id: '1', timestamp: new Date().toISOString(), from, attachments }];
  const host = document.getElementById('chat');
  window.shown = showChat({ host, history, locale, nonce: '', strings: {}, userId: 'visitor',
    onOnline: nothing, onGone: nothing, onSpoke: nothing });
};
</script></head>
<body><main><h1 hidden>Gallery</h1><div id="chat"></div></main></body></html>`;

/** Labels of buttons that leave their button or the window, or take more than two lines. */
const MISFITS = `[...document.querySelectorAll('.ac-pushButton')].flatMap((button) => {
  const text = document.createRange();
  text.selectNodeContents(button);
  // Latin letters stand a little higher than Chinese ones of the same line.
  const tops = [...text.getClientRects()].map(({ top }) => top).sort((a, b) => a - b);
  const lines = tops.filter((top, at) => at === 0 || top - tops[at - 1] > 8);
  const isWide = button.scrollWidth > button.clientWidth + 1 || button.getBoundingClientRect().right > innerWidth;
  return isWide || lines.length > 2 ? [button.textContent + ' (' + lines.length + ' lines)'] : [];
})`;

/** One page with Web Chat, in which one card after another is shown. */
export class ChatWindow {
  private constructor(
    private readonly page: Page,
    private readonly language: Language,
  ) {}

  static async open(browser: Browser, language: Language): Promise<ChatWindow> {
    const page = await browser.newPage({ viewport: { width: WIDTHS[0], height: HEIGHT } });
    await page.route('**/*', async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      if (origin !== ORIGIN) return route.abort();
      if (pathname === '/') return route.fulfill({ body: html, contentType: 'text/html' });
      const contentType = TYPES[path.extname(pathname).slice(1)] ?? 'application/octet-stream';
      return route.fulfill({ body: await readFile(path.join(ROOT, pathname)), contentType });
    });
    // Web Chat is four megabytes of script: a busy machine takes its time.
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(ORIGIN);
    await page.waitForFunction(`'showCard' in window`);
    return new ChatWindow(page, language);
  }

  /** Shows this card alone, and waits until it is drawn. */
  async show(card: unknown): Promise<void> {
    const given = JSON.stringify([card, LANGUAGE_TRAITS[this.language].locale, directionOf(this.language)]);
    await this.page.evaluate(`showCard(...${given})`);
    await this.card.waitFor();
    await this.page.evaluate(`document.fonts.ready.then(() => undefined)`);
  }

  async look(look: Look, width: number): Promise<void> {
    await this.page.emulateMedia({ ...LOOKS[look], reducedMotion: 'reduce' });
    await this.page.setViewportSize({ width, height: HEIGHT });
  }

  /** The card and a narrow edge around it, as PNG. Draws again when the card moved in between, as Web Chat scrolls. */
  async picture(): Promise<Buffer> {
    for (;;) {
      const clip = await this.clip();
      const png = await this.page.screenshot({ clip, animations: 'disabled' });
      if (isDeepStrictEqual(clip, await this.clip())) return png;
    }
  }

  private async clip(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.card.boundingBox();
    if (!box) throw new Error('the card is not drawn');
    const x = Math.max(0, Math.floor(box.x) - MARGIN);
    const y = Math.max(0, Math.floor(box.y) - MARGIN);
    const width = Math.ceil(box.x + box.width) + MARGIN - x;
    const height = Math.ceil(box.y + box.height) + MARGIN - y;
    return { x, y, width, height };
  }

  /** The violations of WCAG 2.2 AA that axe finds, as text. */
  async violations(look: Look): Promise<readonly string[]> {
    return violationsIn(this.page.mainFrame(), { contrast: LOOKS[look].forcedColors === 'none' });
  }

  /** Labels of buttons that do not fit, each with its number of lines. */
  async misfits(): Promise<readonly string[]> {
    return (await this.run(MISFITS)) as readonly string[];
  }

  /** Runs a script in the page and returns its result. */
  async run(script: string): Promise<unknown> {
    return this.page.evaluate(script);
  }

  /** The families of the fonts that Chromium draws the card with. */
  async fonts(): Promise<readonly string[]> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument');
    const selector = '.ac-adaptiveCard p, .ac-adaptiveCard button';
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    const families = new Set<string>();
    for (const nodeId of nodeIds) {
      const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
      for (const { familyName } of fonts) families.add(familyName);
    }
    await session.detach();
    return [...families].sort();
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  private get card() {
    return this.page.locator('.ac-adaptiveCard').last();
  }
}
