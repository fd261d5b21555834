/** The labels of all buttons on a narrow phone, in each language: inside their buttons, on two lines at most. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { renderCard } from '../../cards/kit/render.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import { rawText, textIn } from '../../locales/text.js';
import { ChatWindow } from '../helpers/chat-window.js';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';

const NARROW = 320;
/** Usual values of the labels that have one. */
const VALUES = { partner: 'Northwind Cloud', meaning: 'Contoso Backup', days: 30 };

/** The labels of a language, as each reader sees them. */
function labelsOf(language: Language): readonly string[] {
  const keys = Object.keys(rawText('en')).filter((key) => /(?:^|\.)button\./.test(key));
  const said = keys.flatMap((key) =>
    (['customer', 'partner'] as const).map((asker) => textIn(language, asker)(key, VALUES)),
  );
  return [...new Set(said)];
}

describe('the labels of buttons on a phone of 320 px', function () {
  let browser: Browser;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
  });
  after(async () => browser?.close());

  for (const language of LANGUAGES)
    it(`fit in ${language}`, async () => {
      const labels = labelsOf(language);
      const details = labels.map((title) => ({
        type: 'ActionSet',
        actions: [{ type: 'Action.Submit', title, data: {} }],
      }));
      const window = await ChatWindow.open(browser, language);
      await window.look('light', NARROW);
      await window.show(renderCard('notice', language, { title: language, body: '' }, { details }));
      assert.equal(await window.run(`document.querySelectorAll('.ac-pushButton').length`), labels.length);
      assert.deepEqual(await window.misfits(), []);
      await window.close();
    });
});
