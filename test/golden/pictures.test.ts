/** The most seen cards look as their golden pictures do, and axe finds nothing wrong in light, dark and forced colours. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Browser } from 'playwright-core';
import { ChatWindow } from '../helpers/chat-window.js';
import { launchChromium, missingWebChat, ROOT, skipWithout } from '../helpers/chromium.js';
import { galleryStates } from '../helpers/card-gallery.js';
import {
  differenceOf,
  drawGoldenPictures,
  GOLDEN_DIR,
  GOLDEN_STATES,
  goldenDrawnWith,
  isWithin,
  toleranceBetween,
  type Difference,
  type Drawn,
} from '../helpers/pictures.js';

const NEW_DIR = path.join(ROOT, 'build', 'pictures');

describe('the golden pictures', function () {
  let browser: Browser;
  let drawn: Drawn;
  let tolerance: Difference;

  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this, { windows: true });
    drawn = await drawGoldenPictures(browser);
    const recorded = goldenDrawnWith();
    tolerance = toleranceBetween(recorded, drawn.with);
    if (JSON.stringify(recorded) !== JSON.stringify(drawn.with))
      process.stdout.write(
        `      (compared roughly: drawn with ${JSON.stringify(recorded)}, here is ${JSON.stringify(drawn.with)})\n`,
      );
  });
  after(async () => browser?.close());

  const golden = (name: string) => readFile(path.join(GOLDEN_DIR, name));

  it('show every golden state, and no other', async () => {
    const files = (await readdir(GOLDEN_DIR)).filter((file) => file.endsWith('.png'));
    assert.deepEqual(files.sort(), [...drawn.pictures.keys()].sort());
    const shown = new Set(files.map((file) => file.split('.')[0]));
    assert.deepEqual([...shown].sort(), [...GOLDEN_STATES].sort());
  });

  it('look like the cards of today', async () => {
    const changed: string[] = [];
    await mkdir(NEW_DIR, { recursive: true });
    for (const [name, png] of drawn.pictures) {
      const difference = differenceOf(await golden(name), png);
      if (isWithin(difference, tolerance)) continue;
      changed.push(`${name} ${JSON.stringify(difference)}`);
      await writeFile(path.join(NEW_DIR, name), png);
    }
    assert.deepEqual(
      changed,
      [],
      'Compare the pictures in build/pictures with test/golden/pictures. Is the change right? Then run: npm run gallery -- --update',
    );
  });

  it('have no violation of WCAG 2.2 AA in light, dark and forced colours', () => {
    assert.deepEqual(drawn.violations, []);
  });

  describe('differ from a card with', () => {
    let window: ChatWindow;
    before(async () => {
      window = await ChatWindow.open(browser, 'en');
    });
    after(async () => window?.close());

    const usual = toleranceBetween(goldenDrawnWith(), goldenDrawnWith());
    const unchanged = (): Buffer => {
      const png = drawn.pictures.get('answer-open-customer.en.light.360.png');
      assert.ok(png);
      return png;
    };

    /** How the card differs from the drawn picture after a script has changed its page. */
    const differs = async (script: string): Promise<boolean> => {
      const state = galleryStates().find(({ name }) => name === 'answer-open-customer');
      await window.show(state?.cardIn('en').card);
      await window.look('light', 360);
      await window.run(script);
      const png = await window.picture();
      await window.run(`document.documentElement.removeAttribute('style')`);
      return !isWithin(differenceOf(unchanged(), png), usual);
    };

    const CHANGES: Readonly<Record<string, string>> = {
      'a missing button': `document.querySelectorAll('.ac-pushButton')[1].style.visibility = 'hidden'`,
      'a missing line': `document.querySelectorAll('.ac-richTextBlock')[1].style.visibility = 'hidden'`,
      'a filled button of another blue': `document.documentElement.style.setProperty('--accent-light', '#0f6cbd')`,
      'a block without its ground': `document.documentElement.style.setProperty('--emphasis', '#fff')`,
      'pale labels': `document.documentElement.style.setProperty('--quiet', '#b0b8c0')`,
    };
    for (const [what, script] of Object.entries(CHANGES))
      it(what, async () => assert.equal(await differs(script), true));

    it('nothing else: the same card drawn again, or its letters with thinner or thicker edges, is no difference', async () => {
      assert.equal(await differs('undefined'), false);
      for (const power of [0.8, 1.4])
        assert.ok(isWithin(differenceOf(unchanged(), smoothedAnew(unchanged(), power)), usual));
    });
  });
});

/** The picture as another build draws it: the pixels on the edges of letters are darker or lighter. */
function smoothedAnew(picture: Buffer, power: number): Buffer {
  const { width, height, data } = PNG.sync.read(picture);
  const drawnAnew = new PNG({ width, height });
  data.copy(drawnAnew.data);
  for (let at = width * 4; at < data.length - width * 4; at += 1) {
    if (at % 4 === 3) continue;
    const around = [at, at - 4, at + 4, at - width * 4, at + width * 4].map((one) => data[one] ?? 0);
    const [low, high] = [Math.min(...around), Math.max(...around)];
    if (high - low < 24) continue;
    drawnAnew.data[at] = low + (high - low) * (((data[at] ?? 0) - low) / (high - low)) ** power;
  }
  return PNG.sync.write(drawnAnew);
}
