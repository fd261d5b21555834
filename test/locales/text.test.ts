/** The locale files: the same keys and values in every language, no unused key, and no missing translation. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES } from '../../core/terms.js';
import { fold } from '../../core/text.js';
import { glanceAt, hasText, rawText, rawWords, textIn, wordingsOf } from '../../locales/text.js';

const ROOT = join(import.meta.dirname, '..', '..');
const ROOMS = ['core', 'cards', 'dialogs', 'locales', 'bot', 'widget'];

function sourceFiles(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(path);
    return /\.(ts|js|html)$/.test(entry.name) ? [path] : [];
  });
}

const textOf = (rooms: readonly string[]) =>
  rooms
    .flatMap((room) => sourceFiles(join(ROOT, room)))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
const sources = textOf(ROOMS);
const keys = Object.keys(rawText('en'));

/** A part of a parsed message: text, a value, or a choice with messages inside. */
interface MessageNode {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly MessageNode[] }>>;
}
const LITERAL = 0;
const POUND = 7;

/** Names of the values that a message uses, with plural and select. */
function argumentsOf(source: string): readonly string[] {
  const names = new Set<string>();
  const visit = (nodes: readonly MessageNode[]): void => {
    for (const node of nodes) {
      if (node.type !== LITERAL && node.type !== POUND) names.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

/** The sentence without its arguments, but with the words of their cases. */
function withoutArguments(sentence: string): string {
  const cases = sentence.replace(/\{\w+, (?:plural|select|selectordinal),|(?:=\d+|other|one) (?=\{)/g, '');
  return cases.replace(/\{\w+(?:, \w+)*\}/g, '');
}

describe('the locale files', () => {
  it('have the same keys in every language, sorted', () => {
    const isOfLanguage = (key: string) => !key.startsWith('command.to.');
    const words = Object.keys(rawWords('en')).filter(isOfLanguage);
    for (const language of LANGUAGES) {
      const found = Object.keys(rawText(language));
      assert.deepEqual(found, keys);
      assert.deepEqual(found, [...found].sort());
      assert.deepEqual(Object.keys(rawWords(language)).filter(isOfLanguage), words);
    }
  });

  it('have no empty sentence and no space at the start or end', () => {
    for (const language of LANGUAGES) {
      for (const [key, sentence] of Object.entries(rawText(language))) {
        const open = key === 'contact.chat-message';
        assert.equal(open ? sentence.trimEnd() : sentence, sentence.trim(), `${language} ${key}`);
        assert.notEqual(sentence, '', `${language} ${key}`);
      }
    }
  });

  it('use the same values in every language', () => {
    for (const key of keys) {
      // Chinese has one word for a product and an offer, so a sentence need not say who reads it.
      const values = (source = '') => argumentsOf(source).filter((name) => name !== 'asker');
      const expected = values(rawText('en')[key]);
      for (const language of LANGUAGES) {
        assert.deepEqual(values(rawText(language)[key]), expected, `${language} ${key}`);
      }
    }
  });

  for (const language of LANGUAGES.filter((one) => one.startsWith('zh-'))) {
    it(`contain no English in ${language}, except names, addresses and technical terms`, () => {
      const names =
        /Offer Desk|Enterprise|Business Central|Microsoft 365|Microsoft|Partner Center API|Partner Center|PartnerID|Azure|SaaS|CSP|Teams|API|GDAP|MSRC|URL|ID|JavaScript|Marketplace Rewards|English|Web Chat|Direct Line|Outlook|offer-desk doctor/g;
      for (const [key, sentence] of Object.entries(rawText(language))) {
        const rest = withoutArguments(sentence).replace(names, '');
        assert.doesNotMatch(rest, /[A-Za-z]{2,}/, `${key}: ${sentence}`);
        if (/\p{L}/u.test(rest)) assert.match(sentence, /\p{Script=Han}/u, key);
      }
    });

    it(`write ${language} with full-width punctuation and in its own characters`, () => {
      const foreign =
        language === 'zh-Hant'
          ? /[这们说没请问类购买订单账户联邮话语选择帮发过时间计费]/
          : /[這們說沒請問類購買訂單賬戶聯郵話語選擇幫發過時間計費「」]/;
      for (const [key, sentence] of Object.entries(rawText(language))) {
        assert.doesNotMatch(sentence, /\p{Script=Han}[,;:?!]/u, key);
        assert.doesNotMatch(sentence, foreign, key);
      }
    });
  }

  it('have every key that the sources name', () => {
    const named = [
      ...textOf(['cards', 'dialogs']).matchAll(
        /(?:\btext|\bsay|\bsayIf)\([^'`)]*'([a-z][\w-]*(?:\.[\w-]+)+)'/g,
      ),
    ].map((found) => found[1] ?? '');
    assert.ok(named.length > 50, 'the scan finds the calls');
    for (const key of new Set(named)) assert.ok(hasText(key), key);
  });

  it('have no key that nothing uses', () => {
    const prefixes = [...sources.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/g)].map(
      (found) => found[1] ?? '',
    );
    const dynamic = [...new Set([...prefixes, 'command.', 'word.'])];
    const unused = [...keys, ...Object.keys(rawWords('en'))].filter(
      (key) =>
        !sources.includes(`'${key}'`) &&
        !sources.includes(`"${key}"`) &&
        !dynamic.some((prefix) => key.startsWith(prefix)),
    );
    assert.deepEqual(unused, []);
  });

  it('give every wording of a label, so that a typed label is recognised from every reader', () => {
    textIn('zh-Hant');
    const said = wordingsOf('button.change-offer');
    for (const label of ['Change offer', 'Change product', '變更產品'])
      assert.ok(said.includes(label), label);
  });

  it('can be looked at for a few sentences', () => {
    const said = glanceAt('zh-Hant', ['launcher.close', 'launcher.retry']);
    assert.deepEqual(said, { 'launcher.close': '關閉', 'launcher.retry': '再試一次' });
  });

  it('give the key itself when the key has no sentence', () => {
    assert.equal(textIn('zh-Hant')('no.such.key'), 'no.such.key');
  });

  it('keep the direction of a name inside a sentence from right to left, and add nothing to others', () => {
    const name = 'Contoso, Ltd.';
    assert.ok(textIn('ar')('offers.by', { publisher: name }).includes(`\u2068${name}\u2069`));
    assert.doesNotMatch(textIn('de')('offers.by', { publisher: name }), /[\u2066-\u2069]/);
    assert.equal(fold(`\u2068${name}\u2069`), fold(name));
  });
});
