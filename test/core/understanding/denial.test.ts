/** What a sentence denies is found in each language; a statement with "not" stays. */
import assert from 'node:assert/strict';
import { onlyDenied, withoutDenied } from '../../../core/understanding/denial.js';

const denials: readonly (readonly [text: string, left: string])[] = [
  ["No refund needed, it just doesn't sync", ", it just doesn't sync"],
  ["I don't want to cancel, I want more seats", ', I want more seats'],
  ["it's no outage, the invoice is wrong", ', the invoice is wrong'],
  ['I am not asking for my money back, it crashes', ', it crashes'],
  ['not technical but billing', 'but billing'],
  ['I meant the invoice, not a technical problem', 'I meant the invoice,'],
  ['it is not the login but the invoice', 'but the invoice'],
  ["it's not about the bill, it does not sync", ', it does not sync'],
  ['Es geht nicht um die Rechnung, sondern die App stürzt ab', ', sondern die App stürzt ab'],
  ['Ich brauche keine Erstattung, die App startet nicht', ', die App startet nicht'],
  ["Je ne veux pas de remboursement, l'application plante", ", l'application plante"],
  ['No quiero un reembolso, no arranca', ', no arranca'],
  ['不是帳單的問題，是登入不了', '，是登入不了'],
  ['不用退款，只是無法同步', '，只是無法同步'],
  ['跟帳單無關，一直當機', '，一直當機'],
  ['請求書の件ではなく、ログインできません', 'ログインできません'],
  ['返金は不要です。起動しません', '起動しません'],
  ['청구서 문제가 아니라 로그인이 안 돼요', '로그인이 안 돼요'],
];

const statements: readonly string[] = [
  'it does not work',
  'it does not work but it starts',
  'not able to log in but others are',
  'I got no refund',
  'no refund received yet',
  'I do not want to renew',
  "we don't want to pay for licenses that we do not use",
  'it is not a valid license',
  'I cannot cancel my subscription',
  'the subscription is not cancelled',
  '是不是帳單有問題？',
  '沒有收到退款',
  '為什麼不能取消',
];

describe('a sentence that rules out a topic', () => {
  for (const [text, left] of denials)
    it(`loses that topic: “${text}”`, () => {
      assert.equal(withoutDenied(text), left);
      assert.equal(onlyDenied(text), undefined);
    });

  for (const text of statements)
    it(`is not this statement: “${text}”`, () => {
      assert.equal(withoutDenied(text), text);
      assert.equal(onlyDenied(text), undefined);
    });

  for (const text of ["it's not about the bill", 'no refund please', "I don't want to cancel", '不用退款'])
    it(`may say nothing else: “${text}”`, () => {
      assert.equal(typeof onlyDenied(text), 'string');
    });
});
