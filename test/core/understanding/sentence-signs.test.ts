/** Words beside a product that tell only that it does not work, and words that tell more. */
import assert from 'node:assert/strict';
import { isCircumstance, isOnlyBroken } from '../../../core/understanding/sentence-signs.js';

const broken: readonly string[] = [
  'does not work',
  'my  is not working any more',
  'the  is broken!',
  'geht nicht',
  'funktioniert seit gestern nicht',
  'ist kaputt',
  'ne marche plus',
  'no funciona',
  '壞了',
  '不能用',
  'が動かない',
  '壊れました',
  '從昨天開始就不能用',
  '안 돼요',
  'não funciona mais',
  'nao ta funcionando desde ontem',
  'non funziona più',
  'da ieri non va',
  'werkt niet meer',
  'werkt sinds gisteren niet',
  'لا يعمل',
  'مش شغالة من امبارح',
  'توقف عن العمل',
  'dejó de funcionar',
  'com quem eu falo sobre o',
  'a chi mi rivolgo per',
  'bij wie moet ik zijn voor',
  'مع من أتواصل بخصوص',
  'an wen wende ich mich bei',
  'は誰に聞けばいいですか',
  'who do I call for ?',
  'can you tell me who fixes ',
  '要找誰',
];

const more: readonly string[] = [
  '',
  'problem',
  'the payment does not work',
  'the activation link is not working',
  'die Rechnung geht nicht',
  'a fatura não funciona',
  'il pagamento non funziona',
  'de betaling werkt niet',
  'الدفع لا يعمل',
  'la facture ne marche pas',
  'who do I call for a refund of',
  '的帳單要找誰',
  'we want to cancel, it does not work',
  'works',
];

describe('words that a product does not work', () => {
  for (const text of broken) it(`are “${text}”`, () => assert.ok(isOnlyBroken(text)));
  for (const text of more) it(`are not “${text}”`, () => assert.ok(!isOnlyBroken(text)));
});

describe('words that tell only since when or how urgent', () => {
  for (const text of [
    'since 9am',
    'Since 9:30!',
    'its urgent',
    'customer says it is urgent',
    'dringend',
    '很急',
    '從昨天開始',
    '今朝から',
    'é urgente',
    'molto urgente',
    'da ieri',
    'heel dringend',
    'sinds maandag',
    'عاجل جدا',
    'من أمس',
    '급해요',
    '오늘 아침부터요',
  ])
    it(`are “${text}”`, () => assert.ok(isCircumstance(text)));
  for (const text of [
    '',
    'since the update it crashes',
    'urgent: the invoice is wrong',
    'two days ago',
    '很急，發票錯了',
    'please',
  ])
    it(`are not “${text}”`, () => assert.ok(!isCircumstance(text)));
});
