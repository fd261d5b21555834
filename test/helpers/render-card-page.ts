/** Shows a card with the stock Adaptive Cards renderer in a real browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { CardLook } from './teams-theme.js';

/** The members of the renderer and of the browser that the page uses. */
interface PageGlobals {
  readonly AdaptiveCards: {
    readonly AdaptiveCard: new () => {
      hostConfig: unknown;
      onExecuteAction: (action: unknown) => void;
      parse(card: unknown): void;
      render(): unknown;
    };
    readonly HostConfig: new (config: unknown) => unknown;
  };
  /** Every action pressed so far, for tests. */
  pressed: unknown[];
  readonly document: { getElementById(id: string): { appendChild(node: unknown): void } };
}

const require = createRequire(import.meta.url);

/** Colours and sizes and stacked buttons as in Web Chat. */
const HOST_CONFIG = {
  fontFamily: '"Segoe UI", "Noto Sans CJK TC", "Noto Sans", sans-serif',
  spacing: { small: 4, default: 8, medium: 14, large: 24, extraLarge: 32, padding: 12 },
  supportsInteractivity: true,
  actions: { maxActions: 6, actionsOrientation: 'vertical', actionAlignment: 'stretch', buttonSpacing: 8 },
  containerStyles: {
    default: { backgroundColor: '#FFFFFF' },
    emphasis: { backgroundColor: '#F0F2F5' },
  },
};

const css = `body{margin:0;padding:8px;background:#fff}
#card{border:1px solid #ccc;border-radius:4px;overflow:hidden}
.ac-pushButton{font:inherit;padding:7px 12px;border:1px solid #0063b1;background:#fff;color:#0063b1;border-radius:3px;white-space:normal}
.ac-selectable{cursor:pointer}`;

const PLAIN: CardLook = { hostConfig: HOST_CONFIG, css };

/** Draws one card and returns the page. */
export async function drawCard(
  browser: Browser,
  card: unknown,
  width: number,
  look: CardLook = PLAIN,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 600 } });
  await page.setContent(
    `<html lang="en"><title>Card</title><style>${look.css}</style><main id="card"></main></html>`,
  );
  await page.addScriptTag({
    content: readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'),
  });
  await page.evaluate(
    ([json, config]) => {
      const globals = globalThis as unknown as PageGlobals;
      const { AdaptiveCards: api, document } = globals;
      globals.pressed = [];
      const shown = new api.AdaptiveCard();
      shown.hostConfig = new api.HostConfig(config);
      shown.onExecuteAction = () => globals.pressed.push(1);
      shown.parse(json);
      document.getElementById('card').appendChild(shown.render());
    },
    [card, look.hostConfig] as const,
  );
  return page;
}
