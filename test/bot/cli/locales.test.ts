/** The translator's commands: what `locales check` finds, and XLIFF there and back. */
import assert from 'node:assert/strict';
import { localeFaults, type Glossary } from '../../../bot/cli/locales-check.js';
import { faultsOf } from '../../../bot/cli/locales-commands.js';
import { fromXliff, toXliff } from '../../../bot/cli/locales-xliff.js';
import { LANGUAGES } from '../../../core/terms.js';
import { rawText, rawWords } from '../../../locales/text.js';

const found = (language: string, english: string, own: string, key = 'a.b', glossary: Glossary = {}) =>
  localeFaults(language, { [key]: english }, { [key]: own }, glossary).map(({ kind }) => kind);

describe('the check of a language', () => {
  it('finds missing and unused keys', () => {
    const faults = localeFaults('de', { a: 'One', b: 'Two' }, { b: 'Zwei', c: 'Drei' });
    assert.deepEqual(
      faults.map(({ kind, key }) => `${kind} ${key}`),
      ['missing a', 'unused c'],
    );
  });

  it('finds a value that one of the sentences lacks, and a sentence that cannot be read', () => {
    assert.deepEqual(found('de', 'Hello {name}', 'Hallo {Name}'), ['placeholders']);
    assert.deepEqual(found('de', 'Hello {name}', 'Hallo {name'), ['placeholders']);
    assert.deepEqual(found('de', 'A {asker, select, customer {product} other {offer}}', 'Ein Produkt'), []);
  });

  it('finds a plural without the forms of the language', () => {
    const english = '{n, plural, one {# offer} other {# offers}}';
    assert.deepEqual(found('ar', english, '{n, plural, one {عرض} other {# عروض}}'), ['placeholders']);
    assert.deepEqual(found('de', english, '{n, plural, other {# Angebote}}'), ['placeholders']);
    assert.deepEqual(found('ja', english, '{n, plural, other {#件}}'), []);
    assert.deepEqual(found('fr', english, '{n, plural, one {# offre} other {# offres}}'), []);
  });

  it('finds a label that is too long for a button, and counts the longest choice', () => {
    const long = 'Persönlichen Chat mit Offer Desk jetzt öffnen';
    assert.deepEqual(found('de', 'Open', long, 'button.open'), ['too-long']);
    assert.deepEqual(found('de', 'Open', long, 'help.open'), []);
    const label = '{asker, select, customer {Produkt ändern} other {Angebot ändern}}';
    assert.deepEqual(found('de', 'Change', label, 'button.change'), []);
    assert.deepEqual(found('ja', 'Open', '問い合わせ先の担当者と直接チャットを開始する', 'button.open'), [
      'too-long',
    ]);
  });

  it('finds a sentence that is still English, but no names', () => {
    assert.deepEqual(found('de', 'Ask the partner', 'Ask the partner'), ['copied']);
    assert.deepEqual(found('de', 'Microsoft 365', 'Microsoft 365'), []);
  });

  it('finds the other form of address, and another word than the glossary has', () => {
    const glossary: Glossary = {
      address: { use: 'Sie', not: ['du', 'dein'] },
      terms: { 'Partner Center': 'Partner Center', subscription: 'Abonnement|Abo' },
    };
    assert.deepEqual(found('de', 'You', 'Hast du Zeit?', 'a', glossary), ['address']);
    assert.deepEqual(found('de', 'You', 'Das Produkt', 'a', glossary), []);
    assert.deepEqual(found('de', 'Your subscription', 'Ihre Bestellung', 'a', glossary), ['term']);
    assert.deepEqual(found('de', 'Your subscription', 'Ihr Abo', 'a', glossary), []);
  });

  for (const language of LANGUAGES) {
    it(`finds nothing in ${language}`, () => assert.deepEqual(faultsOf(language), []));
  }
});

describe('XLIFF', () => {
  it('brings every sentence there and back unchanged', () => {
    const files = [
      { original: 'locales/en.json', english: rawText('en'), own: rawText('zh-Hant') },
      { original: 'locales/words/en.json', english: rawWords('en'), own: rawWords('zh-Hant') },
    ];
    const back = fromXliff('zh-Hant', toXliff('zh-Hant', files));
    assert.deepEqual(back.get('locales/en.json'), rawText('zh-Hant'));
    const own = Object.entries(rawWords('zh-Hant')).filter(([key]) => key in rawWords('en'));
    assert.deepEqual(back.get('locales/words/en.json'), Object.fromEntries(own));
  });

  it('leaves out sentences without a translation', () => {
    const files = [
      { original: 'locales/en.json', english: { a: '1 < 2 & “x”', b: 'B' }, own: { a: 'A & <b>' } },
    ];
    const document = toXliff('de', files);
    assert.match(document, /state="needs-translation"/);
    assert.deepEqual(fromXliff('de', document).get('locales/en.json'), { a: 'A & <b>' });
  });

  it('refuses a document that is no XLIFF into this language', () => {
    assert.throws(() => fromXliff('de', 'no document'), /well-formed|no file/);
    assert.throws(() => fromXliff('de', '<xliff/>'), /no file/);
    assert.throws(
      () => fromXliff('de', toXliff('fr', [{ original: 'x', english: { a: 'A' }, own: {} }])),
      /fr/,
    );
  });
});
