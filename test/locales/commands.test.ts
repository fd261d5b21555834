/** Command words in every language, in any way of typing. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES } from '../../core/terms.js';
import {
  commandOf,
  COMMANDS,
  foldWords,
  isGreeting,
  languageNamed,
  REPLIES,
  replyOf,
  saysNone,
} from '../../locales/commands.js';
import { rawWords } from '../../locales/text.js';
import { cpuMs } from '../helpers/cpu-time.js';

describe('command words', () => {
  for (const [text, command, language] of [
    ['help', 'help', 'en'],
    [' HELP!! ', 'help', 'en'],
    ['/help', 'help', 'en'],
    ['?', 'help', 'en'],
    ['？', 'help', 'en'],
    ['ＨＥＬＰ', 'help', 'en'],
    ['Start   over.', 'restart', 'en'],
    ['never mind', 'cancel', 'en'],
    ['說明', 'help', 'zh-Hant'],
    ['「說明」。', 'help', 'zh-Hant'],
    ['取消！', 'cancel', 'zh-Hant'],
    ['重新開始', 'restart', 'zh-Hant'],
    ['上一步', 'back', 'zh-Hant'],
    ['語言', 'language', 'zh-Hant'],
    ['為什麼？', 'why', 'zh-Hant'],
  ] as const) {
    it(`include ${JSON.stringify(text)} as ${command} in ${language}`, () => {
      assert.deepEqual(commandOf(text), { command, language });
    });
  }

  for (const text of [
    '',
    '   ',
    '!!!',
    '🙂',
    'help me with Contoso Backup',
    'cancel my subscription',
    'helpdesk',
    'Back Office 365',
    '取消訂閱',
    'x'.repeat(10_000),
  ]) {
    it(`do not include ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(commandOf(text), undefined));
  }

  it('exist in every language, and no word has two meanings', () => {
    const seen = new Map<string, string>();
    for (const language of LANGUAGES) {
      const keys = [...COMMANDS.map((one) => `command.${one}`), ...REPLIES.map((one) => `word.${one}`)];
      for (const key of keys) {
        const words = (rawWords(language)[key] ?? '').split('|').map(foldWords);
        assert.ok(words.length > 0 && words.every((word) => word !== ''), `${language} ${key}`);
        for (const word of words) {
          assert.equal(seen.get(word) ?? key, key, `${word} in ${language}`);
          seen.set(word, key);
        }
      }
    }
  });

  it('are recognised in any case and with any punctuation', () => {
    const words = LANGUAGES.flatMap((language) => (rawWords(language)['command.cancel'] ?? '').split('|'));
    const marks = fc.string({ unit: fc.constantFrom(...' .!?。！？、…"\'()「」'), maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...words), marks, marks, fc.boolean(), (word, before, after, upper) => {
        assert.equal(commandOf(before + (upper ? word.toUpperCase() : word) + after)?.command, 'cancel');
      }),
    );
  });

  it('are searched within 100 ms in very long text', () => {
    const took = cpuMs(() => {
      commandOf('a!'.repeat(500_000));
      replyOf(' '.repeat(1_000_000));
    }, 3);
    assert.ok(took < 100, `${String(took)} ms`);
  });
});

describe('short replies', () => {
  it('mean yes, no, none, unsure or a greeting in every language', () => {
    assert.equal(replyOf('Yes!')?.reply, 'yes');
    assert.equal(replyOf('不是')?.reply, 'no');
    assert.equal(replyOf('I don’t know')?.reply, 'unsure');
    assert.equal(replyOf('都不是')?.reply, 'none');
    assert.ok(isGreeting('你好！'));
    assert.ok(saysNone('none of these') && saysNone('不知道') && !saysNone('no'));
    assert.equal(replyOf('no invoice for Contoso Backup'), undefined);
  });

  it('name a language', () => {
    assert.equal(languageNamed('English please'), 'en');
    assert.equal(languageNamed('in Traditional Chinese'), 'zh-Hant');
    assert.equal(languageNamed('改用英語'), 'en');
    assert.equal(languageNamed('Klingon'), undefined);
  });

  it('name a language without its script, and mean the one that the desk offers', () => {
    assert.equal(languageNamed('中文', ['en', 'zh-Hant']), 'zh-Hant');
    assert.equal(languageNamed('Chinese please', ['zh-Hant']), 'zh-Hant');
  });
});
