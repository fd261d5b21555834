/**
 * `npm run e2e:playground`: walks the bot in the Microsoft 365 Agents Playground with Chromium – install, question, click,
 * answer, menu, form, message extension, group chat – and leaves a screenshot of each step in build/playground/. The
 * playground has a light theme only, so the cards that staff see are also drawn with the colours of Teams, light and
 * dark, and axe checks their contrast. Not a gate: the playground is a pre-release tool, fetched by npx.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { violationsIn } from '../helpers/axe.js';
import { galleryStates } from '../helpers/card-gallery.js';
import { findChromium } from '../helpers/chromium.js';
import { startDesk } from '../helpers/desk.js';
import { drawCard } from '../helpers/render-card-page.js';
import { TEAMS_THEMES } from '../helpers/teams-theme.js';

const VERSION = '0.2.28';
const PORT = 56_150;
const PATIENCE_MS = 15_000;
const folder = path.join(findRootDir(), 'build', 'playground');

function startPlayground(endpoint: string): ChildProcess {
  const given = process.env.PLAYGROUND_BIN;
  const [command, first] = given
    ? [given, []]
    : ['npx', ['--yes', `@microsoft/m365agentsplayground@${VERSION}`]];
  const args = [
    ...first,
    'start',
    '-e',
    endpoint,
    '-c',
    'msteams',
    '-p',
    String(PORT),
    '--disable-telemetry',
  ];
  return spawn(command, args, { stdio: 'ignore', detached: true });
}

async function answering(url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('the playground did not start');
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator('[contenteditable=true]').first().click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const shots: string[] = [];
async function shot(page: Page, name: string): Promise<void> {
  shots.push(name);
  await page.screenshot({ path: path.join(folder, `${shots.length}-${name}.png`) });
}

async function walk(page: Page): Promise<void> {
  await page.goto(`http://localhost:${PORT}/`);
  await page.getByText('Hello, this is Offer Desk').first().waitFor();
  await shot(page, 'installed');

  await write(page, 'the bill for Contoso Backup for Azure is wrong');
  await page
    .getByText(/^Assumed: /)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Bought another way?' }).last().click();
  await page.getByText('How was the offer bought?').first().waitFor();
  await shot(page, 'question');

  await page.getByText('We bought it for the customer', { exact: true }).first().click();
  await page.getByText('You chose: We bought it for the customer').first().waitFor();
  await page
    .getByText(/^Responsible: /)
    .first()
    .waitFor();
  await shot(page, 'answer');

  await write(page, 'outages');
  await page.getByText('You follow', { exact: true }).first().waitFor();
  await shot(page, 'outages');
  await write(page, 'admin');
  await page.getByText('Manage the directory and the profile').first().waitFor();
  await shot(page, 'admin');

  await page.getByText('Group Chat', { exact: true }).first().click();
  await page.locator('[contenteditable=true]').first().waitFor();
  await page.getByRole('button', { name: 'Help' }).last().click();
  await page.getByText('In a group: mention me.', { exact: false }).first().waitFor();
  await shot(page, 'group');
  await page.locator('[contenteditable=true]').first().click();
  await page.keyboard.type('@');
  // The bot stands first in the list of people, above this one.
  const second = await page.getByText('Megan Bowen', { exact: true }).first().boundingBox();
  assert.ok(second);
  await page.mouse.click(second.x + 10, second.y - 26);
  await page.keyboard.type(' Contoso Backup for Azure crashes with an error when a backup runs');
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Responsible: /)
    .last()
    .waitFor();
  await shot(page, 'mention');

  await page.getByRole('button', { name: 'Trigger Message Extension App' }).click();
  await page.getByText('Search Command').click();
  await page.locator('input:visible').last().fill('backup');
  await page.keyboard.press('Enter');
  await page.getByText('Contoso Backup for Azure', { exact: true }).last().waitFor();
  await shot(page, 'search');
  await page.getByText('Contoso Backup for Azure', { exact: true }).last().click();
  await page.waitForTimeout(1_500);
  await shot(page, 'chosen');
}

/** Menus, forms, answers and outages as staff see them in Teams. */
const THEMED =
  /^(welcome|help-admin|issues|channel|offers|answer|answer-dead|answer-outage|not-helped|outage-(open|menu|unconfirmed)|report-contact|upkeep-(menu|sheet|contact-bad|contact-conflict)|set-up-form|handover-staff-taken)-partner$/;

/** Draws the cards in both themes of Teams. @returns texts without enough contrast; the rest is the host's renderer, not ours */
async function drawThemes(browser: Browser): Promise<readonly string[]> {
  const states = galleryStates().filter(({ name }) => THEMED.test(name));
  const found: string[] = [];
  for (const [theme, look] of Object.entries(TEAMS_THEMES))
    for (const { name, cardIn } of states) {
      const page = await drawCard(browser, cardIn('en').card, 480, look);
      await page.screenshot({ path: path.join(folder, `${theme}-${name}.png`), fullPage: true });
      const faults = await violationsIn(page.mainFrame(), { contrast: true });
      const unreadable = faults.filter((fault) => fault.startsWith('color-contrast'));
      found.push(...unreadable.map((fault) => `${theme} ${name}: ${fault}`));
      await page.close();
    }
  return found;
}

/** Ends the playground with whatever it started. */
function end(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGTERM');
  } catch {
    child.kill('SIGTERM');
  }
}

const executablePath = findChromium();
assert.ok(executablePath, 'no Chromium was found; set CHROMIUM_PATH');
mkdirSync(folder, { recursive: true });
const desk = await startDesk();
const playground = startPlayground(`${desk.url}/api/messages`);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
let failed = true;
try {
  await answering(`http://localhost:${PORT}/`);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await walk(page).catch(async (error: unknown) => {
    await shot(page, 'failed');
    throw error;
  });
  const wrong = desk.entries.filter((entry) => entry.level === 'error' || entry.level === 'warn');
  assert.deepEqual(wrong, []);
  assert.deepEqual(await drawThemes(browser), []);
  failed = false;
  process.stdout.write(`walked: ${shots.join(', ')}; look at ${path.relative(findRootDir(), folder)}\n`);
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
} finally {
  await browser.close();
  end(playground);
  await desk.close();
}
process.exit(failed ? 1 : 0);
