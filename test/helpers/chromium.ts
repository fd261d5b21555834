/** Real Chromium for tests: finds Chromium, opens pages that reach only this machine, and uses Web Chat as a person. */
import path from 'node:path';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type Locator, type Page, chromium } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { WEB_CHAT_VERSION } from '../../bot/web/pages/routes.js';
import { PATIENCE_MS } from './patience.js';

/** Chromium without windows. It needs about half of the time to start and to show a page. */
const SHELL = '/usr/bin/chromium-headless-shell';
const WITH_WINDOWS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium, or undefined. `windows`: prefers one with windows. It obeys the settings of a profile, which a
 * shell ignores, and the golden pictures are drawn with it: a shell sets letters at other parts of a pixel.
 */
export function findChromium({ windows = false } = {}): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const places = windows ? [...WITH_WINDOWS, SHELL] : [SHELL, ...WITH_WINDOWS];
  return [...(named ? [named] : []), ...places].find((place) => existsSync(place));
}

interface Skippable {
  readonly test?: { title: string };
  skip(): void;
}

/**
 * Skips tests that cannot run here and prints the reason. With REQUIRE_CHROMIUM=1 the tests fail instead.
 * @param missing the reason why something else is missing, or undefined
 */
export function skipWithout(context: Skippable, missing: string | undefined): void {
  if (missing === undefined) return;
  if (process.env.REQUIRE_CHROMIUM === '1') throw new Error(`REQUIRE_CHROMIUM=1, but ${missing}`);
  process.stdout.write(`      (left out: ${missing})\n`);
  context.skip();
}

/** Launches Chromium. The caller closes it. */
export function openChromium(executablePath = findChromium()): Promise<Browser> {
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/** Call in a `before` hook: launches Chromium, or skips the suite. The caller closes it. */
export async function launchChromium(
  context: Skippable,
  options?: { readonly windows: boolean },
): Promise<Browser> {
  const executablePath = findChromium(options);
  skipWithout(
    context,
    executablePath ? undefined : 'no Chromium was found; set CHROMIUM_PATH or install one',
  );
  return openChromium(executablePath);
}

export interface ChatPageOptions {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  /** BCP 47; decides Accept-Language. */
  readonly locale?: string;
  /** Share storage with an earlier page. */
  readonly context?: BrowserContext;
}

/** A page with Web Chat, and a record of everything that the page should not do. */
export class ChatPage {
  /** Requests to any other host than this machine. */
  readonly foreign: string[] = [];
  /** Violations of the content security policy and uncaught errors. */
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, options: ChatPageOptions): Promise<ChatPage> {
    const { url, width = 900, height = 900, locale = 'en-US' } = options;
    const context = options.context ?? (await browser.newContext({ viewport: { width, height }, locale }));
    context.setDefaultTimeout(PATIENCE_MS);
    const chat = new ChatPage(await context.newPage(), context);
    chat.watch();
    await chat.page.goto(url);
    return chat;
  }

  private watch(): void {
    this.page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      const local = ['127.0.0.1', 'localhost'].includes(hostname) || ['data:', 'blob:'].includes(protocol);
      if (!local) this.foreign.push(request.url());
    });
    this.page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.faults.push(message.text());
    });
    this.page.on('pageerror', (error) => this.faults.push(error.message));
  }

  /** The box in which a person writes. */
  get box(): Locator {
    return this.page.locator('[data-id="webchat-sendbox-input"]');
  }

  /** The messages of the bot and the person, oldest first, without times and without words for screen readers. */
  async bubbles(): Promise<string[]> {
    const texts = await this.page.locator('.webchat__bubble__content').allInnerTexts();
    return texts.map((text) => text.trim());
  }

  /** The last card shown. */
  get card(): Locator {
    return this.page.locator('.ac-adaptiveCard').last();
  }

  /** Writes and sends. */
  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** Clicks the last button of this name, on a card or suggested. */
  async click(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).last().click();
  }

  /** Waits until the conversation shows this text, by default at most 30 seconds. */
  async sees(text: string | RegExp, timeout = 30_000): Promise<void> {
    const shown = this.page.locator('.webchat__bubble__content, .ac-adaptiveCard').getByText(text).last();
    await shown.waitFor({ timeout });
  }

  /** Waits until the page itself (not the conversation) shows this text. */
  async notices(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

interface Script {
  ensureWebChat(options?: { root?: string }): Promise<string>;
}

/** The reason why there is no Web Chat bundle, or undefined when there is a bundle. */
export async function missingWebChat(): Promise<string | undefined> {
  if (existsSync(path.join(ROOT, 'vendor', `webchat-${WEB_CHAT_VERSION}`, 'webchat.js'))) return undefined;
  const script = (await import(path.join(ROOT, 'scripts', 'webchat.mjs'))) as Script;
  try {
    await script.ensureWebChat();
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** The members of an element and of the browser that `isInView` uses. */
interface Shown {
  getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  contains(other: unknown): boolean;
}
interface Shows {
  readonly document: { elementFromPoint(x: number, y: number): unknown };
}

/** True when the element is inside the window, and nothing covers the beginning and the end of it. */
const isInView = (part: Locator): Promise<boolean> =>
  part.evaluate((element) => {
    const shown = element as unknown as Shown;
    const { x, y, width, height } = shown.getBoundingClientRect();
    const { document } = globalThis as unknown as Shows;
    return [y + 4, y + height - 4].every((at) =>
      shown.contains(document.elementFromPoint(x + width / 2, at)),
    );
  });

/** Waits until the element is in view without a scroll by the visitor: the chat itself scrolls to a new message. */
export async function comesIntoView(part: Locator): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if (await isInView(part)) return;
    await part.page().waitForTimeout(50);
  }
  throw new Error(`not visible without scrolling: ${(await part.textContent()) ?? ''}`);
}
