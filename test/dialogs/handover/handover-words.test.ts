/** Words about hand-overs, and that they take no word away from anything else. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../core/terms.js';
import { asksTo } from '../../../dialogs/handover/handover-view.js';
import { commandOf, foldWords, languageNamed, replyOf } from '../../../locales/commands.js';
import { rawText } from '../../../locales/text.js';

describe('words about hand-overs', () => {
  for (const [text, wish] of [
    ['Talk to someone!', 'talk'],
    ['AGENT', 'talk'],
    ['human', 'talk'],
    ['轉真人', 'talk'],
    ['hand over here', 'here'],
    ['轉接到這裡', 'here'],
    ['hand over off', 'off'],
    ['停止轉接', 'off'],
    ['take', 'take'],
    ['我來處理', 'take'],
    ['close.', 'close'],
    ['結案', 'close'],
  ] as const)
    it(`${JSON.stringify(text)} asks to ${wish}`, () => assert.ok(asksTo(wish, text)));

  for (const text of ['agent for Contoso Backup', 'is a human there', '', 'x'.repeat(5000)])
    it(`${JSON.stringify(text.slice(0, 30))} is a question like any other`, () =>
      assert.equal(asksTo('talk', text), false));

  it('mean nothing else in any language', () => {
    const keys = ['command.talk', 'command.hand-over-here', 'command.hand-over-off'];
    const words = LANGUAGES.flatMap((language) =>
      keys.flatMap((key) => (rawText(language)[key] ?? '').split('|')),
    ).map(foldWords);
    assert.equal(new Set(words).size, words.length);
    for (const word of words)
      assert.equal(commandOf(word) ?? replyOf(word) ?? languageNamed(word), undefined, word);
  });
});
