/** A partner's page with the launcher in a real Chromium: opens the chat, and records violations and errors. */
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE_MS } from './patience.js';

export class WidgetPage {
  /** Violations of any content security policy, and uncaught errors. */
  readonly faults: string[] = [];
  /** Every request, oldest first. */
  readonly requests: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {}

  static async open(
    browser: Browser,
    url: string,
    options: { context?: BrowserContext; width?: number; height?: number; locale?: string } = {},
  ): Promise<WidgetPage> {
    const { width = 1000, height = 800, locale = 'en-US' } = options;
    const context = options.context ?? (await browser.newContext({ viewport: { width, height }, locale }));
    context.setDefaultTimeout(PATIENCE_MS);
    const widget = new WidgetPage(await context.newPage(), context);
    widget.page.on('request', (request) => widget.requests.push(request.url()));
    widget.page.on('pageerror', (error) => widget.faults.push(error.message));
    widget.page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) widget.faults.push(message.text());
    });
    await widget.page.goto(url);
    return widget;
  }

  get launcher(): Locator {
    return this.page.locator('[data-offer-desk] .launch');
  }

  get panel(): Locator {
    return this.page.locator('[data-offer-desk] .panel');
  }

  get frame(): FrameLocator {
    return this.page.frameLocator('[data-offer-desk] iframe');
  }

  get box(): Locator {
    return this.frame.locator('[data-id="webchat-sendbox-input"]');
  }

  /** Opens the chat and waits until the visitor can write. */
  async start(): Promise<void> {
    await this.launcher.click();
    try {
      await this.frame.locator('.webchat__bubble__content').first().waitFor();
    } catch (error) {
      throw new Error(await this.shown(), { cause: error });
    }
    await this.frame.locator('.preview').waitFor({ state: 'detached' });
  }

  /** The address, the text and the stored keys of the frame, for the message of a failed test. */
  private async shown(): Promise<string> {
    const frame = this.page.frames()[1];
    const look = `JSON.stringify({ text: document.body.innerText.slice(0, 400), online: navigator.onLine,
      worker: navigator.serviceWorker?.controller?.state, script: typeof WebChat,
      stored: Object.keys(localStorage) })`;
    const seen = await frame?.evaluate(look).catch((error: unknown) => String(error));
    return `no message in the chat: ${frame?.url() ?? 'no frame'} ${String(seen)}`;
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** Brings the tab to the front first. A hidden tab draws rarely, and a click waits until the page stands still. */
  async click(name: string | RegExp): Promise<void> {
    await this.page.bringToFront();
    await this.frame.getByRole('button', { name }).last().click();
  }

  /** Waits until the frame shows this text. */
  async sees(text: string | RegExp): Promise<void> {
    await this.frame.getByText(text).last().waitFor();
  }

  /** Chooses from the menu in the frame's bar. */
  async choose(name: string): Promise<void> {
    await this.page.bringToFront();
    await this.frame.locator('#menu-button').click();
    await this.frame.locator('#menu').getByRole('button', { name }).click();
  }
}

export interface HostPage {
  readonly origin: string;
  /** Sets the page that the server serves from now on. */
  serve(html: string, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** Serves a page on 127.0.0.1. The page and a desk on `localhost` are different sites. */
export async function startHostPage(): Promise<HostPage> {
  let html = '';
  let headers: Readonly<Record<string, string>> = {};
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    res.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next, more = {}) => {
      html = next;
      headers = more;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
