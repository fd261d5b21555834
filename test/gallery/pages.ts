/** Every state of the pages: the widget on a partner's page, and the local page. */
import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../core/terms.js';
import { textIn } from '../../locales/text.js';
import { violationsIn } from '../helpers/axe.js';
import { LOOKS, WIDTHS, type Look } from '../helpers/chat-window.js';
import { ChatPage } from '../helpers/chromium.js';
import { ASKS_HOW_BOUGHT, startDesk } from '../helpers/desk.js';
import { WidgetPage } from '../helpers/widget-page.js';

type Say = ReturnType<typeof textIn>;

interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly language: Language;
  readonly width: number;
  readonly say: Say;
}

const QUESTION = 'billing problem with Contoso Backup for Azure';

/** The widget on the demo page, opened up to its first screen. */
async function widget({ browser, url, language, width }: Visit): Promise<WidgetPage> {
  const opened = await WidgetPage.open(browser, `${url}/demo?lang=${language}`, { width, height: 740 });
  await opened.start();
  return opened;
}

/** The widget with a question and its answer. */
async function answered(visit: Visit): Promise<WidgetPage> {
  const opened = await widget(visit);
  await opened.say(QUESTION);
  await opened.sees(visit.say('channel.title'));
  await opened.click(visit.say('channel.customer.partner'));
  await opened.sees('billing@alpineskihouse.com');
  return opened;
}

/** The local page as the chosen asker, with this question answered. */
async function local(visit: Visit, asker: 'customer' | 'partner', words: string): Promise<Page> {
  const { browser, url, language, width, say } = visit;
  const chat = await ChatPage.open(browser, { url: `${url}/?lang=${language}`, width, height: 740 });
  await chat.page.getByRole('radio', { name: say(`page.asker.${asker}`) }).check();
  await chat.page.locator('#new-conversation').click();
  await chat.page.locator('.webchat__bubble__content').first().waitFor();
  if (words === '') return chat.page;
  await chat.say(words);
  await chat.page.locator('.ac-adaptiveCard').nth(1).waitFor();
  return chat.page;
}

const PAGES: Readonly<Record<string, (visit: Visit) => Promise<Page>>> = {
  'page-closed': async ({ browser, url, language, width }) => {
    const opened = await WidgetPage.open(browser, `${url}/demo?lang=${language}`, { width, height: 740 });
    await opened.launcher.waitFor();
    return opened.page;
  },
  'page-first-screen': async (visit) => (await widget(visit)).page,
  'page-answer': async (visit) => (await answered(visit)).page,
  'page-menu': async (visit) => {
    const opened = await widget(visit);
    await opened.frame.locator('#menu-button').click();
    return opened.page;
  },
  'page-offline': async (visit) => {
    const opened = await widget(visit);
    await opened.context.setOffline(true);
    await opened.sees(visit.say('widget.offline'));
    return opened.page;
  },
  'page-forget': async (visit) => {
    const opened = await widget(visit);
    await opened.choose(visit.say('widget.forget'));
    await opened.sees(visit.say('widget.forget.ask'));
    return opened.page;
  },
  'page-local-customer': (visit) => local(visit, 'customer', ''),
  'page-local-staff': (visit) => local(visit, 'partner', 'Contoso Backup for Azure crashes'),
  'page-local-admin': (visit) => local(visit, 'partner', 'admin'),
};

/** The names of all page states. */
export const pageNames = (): readonly string[] => Object.keys(PAGES);

export interface PageFault {
  readonly name: string;
  readonly found: readonly string[];
}

/** Draws the pages into files. @returns what axe found */
export async function drawPages(
  browser: Browser,
  names: readonly string[],
  languages: readonly Language[],
  fileOf: (name: string, language: Language, look: Look, width: number) => string,
): Promise<PageFault[]> {
  if (names.length === 0) return [];
  const desk = await startDesk(ASKS_HOW_BOUGHT);
  const faults: PageFault[] = [];
  for (const name of names)
    for (const language of languages)
      for (const width of WIDTHS) {
        const page = await PAGES[name]?.({
          browser,
          url: desk.url,
          language,
          width,
          say: textIn(language, 'customer'),
        });
        if (!page) continue;
        for (const look of Object.keys(LOOKS) as Look[]) {
          await page.emulateMedia({ ...LOOKS[look], reducedMotion: 'reduce' });
          await writeFile(fileOf(name, language, look, width), await page.screenshot());
          const contrast = LOOKS[look].forcedColors === 'none';
          for (const frame of page.frames()) {
            const found = await violationsIn(frame, { contrast });
            if (found.length > 0) faults.push({ name: `${name} ${language} ${look} ${width}`, found });
          }
        }
        await page.context().close();
      }
  await desk.close();
  return faults;
}
