/** The command words of hand-overs, which no other command or reply uses. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../core/terms.js';
import { asksTo } from '../../../dialogs/handover/handover-view.js';
import { commandOf, foldWords, languageNamed, replyOf } from '../../../locales/commands.js';
import { rawWords } from '../../../locales/text.js';

describe('the command words of hand-overs', () => {
  for (const [text, wish] of [
    ['Talk to someone!', 'talk'],
    ['AGENT', 'talk'],
    ['human', 'talk'],
    ['is a human there', 'talk'],
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
    it(`include ${JSON.stringify(text)} as ${wish}`, () => assert.ok(asksTo(wish, text)));

  for (const text of ['agent for Contoso Backup', 'our human resources app is slow', '', 'x'.repeat(5000)])
    it(`do not include ${JSON.stringify(text.slice(0, 30))}`, () =>
      assert.equal(asksTo('talk', text), false));

  it('have no other meaning in any language', () => {
    const keys = ['command.talk', 'command.hand-over-here', 'command.hand-over-off'];
    const wordsOf = (key: string) =>
      LANGUAGES.flatMap((language) => (rawWords(language)[key] ?? '').split('|')).map(foldWords);
    // Languages that share characters share words too, so a word counts once for each wish.
    const words = keys.flatMap((key) => [...new Set(wordsOf(key))]);
    assert.equal(new Set(words).size, words.length);
    for (const word of words)
      assert.equal(commandOf(word) ?? replyOf(word) ?? languageNamed(word), undefined, word);
  });
});
