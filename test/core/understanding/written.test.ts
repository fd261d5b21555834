/** The language of a text, only when it is sure. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writtenIn } from '../../../core/understanding/written.js';

const PHRASES = path.join(import.meta.dirname, '../../../core/understanding/phrases');

describe('the language of a text', () => {
  for (const [text, tag] of [
    ['I cannot sign in to the product', 'en'],
    ['Wie kündige ich mein Abonnement?', 'de'],
    ['Je ne peux pas me connecter', 'fr'],
    ['La factura no es correcta', 'es'],
    ['Minha fatura está errada', 'pt'],
    ['La fattura non è corretta', 'it'],
    ['De factuur klopt niet', 'nl'],
    ['請求書が違います', 'ja'],
    ['청구서가 잘못되었습니다', 'ko'],
    ['فاتورتي غير صحيحة', 'ar'],
    ['我的發票不對', 'zh-Hant'],
    ['我的发票不对', 'zh-Hans'],
    ['Contoso Backup 的帳單錯了', 'zh-Hant'],
    ['我想退款', 'zh'],
    ['Счёт неправильный', 'ru'],
  ] as const) {
    it(`is ${tag} for “${text}”`, () => assert.equal(writtenIn(text), tag));
  }

  for (const text of [
    '',
    'Contoso Backup for Azure',
    'Adatum Documents für Teams',
    'Tailspin Toys da Silva',
    'no thanks',
    'hallo',
    '帳單',
    '請求書',
    '4.',
    'contoso.com/de/die-der-das-und-ist',
    'I need help with 康和雲端備份管理',
    'The subscription could not be activated because the payment was declined.',
    'You do not have permission to purchase this offer',
    '“Ich kann mich nicht anmelden und das ist nicht gut”',
    '康和備份',
  ]) {
    it(`is open for “${text}”`, () => assert.equal(writtenIn(text), undefined));
  }

  it('is never wrong for the phrases of the classifier, except the script of shared characters', () => {
    const wrong = readdirSync(PHRASES).flatMap((file) => {
      const tag = path.basename(file, '.txt').replace('-more', '');
      const lines = readFileSync(path.join(PHRASES, file), 'utf8').split('\n');
      const phrases = lines.filter((line) => line.trim() !== '' && !line.startsWith('='));
      return phrases.filter((text) => ![undefined, tag, tag.split('-')[0]].includes(writtenIn(text)));
    });
    assert.deepEqual(wrong, []);
  });
});
