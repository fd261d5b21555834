import assert from 'node:assert/strict';
import { feedbackOf, type Feedback } from '../../../core/understanding/feedback.js';
import { purchaseTimeSaid, windowSaid } from '../../../core/understanding/refund-window.js';

describe('words about the last card', () => {
  const said: Readonly<Record<Feedback, readonly string[]>> = {
    'not-helped': [
      'That did not help!',
      'it is still broken',
      'nobody answers the phone',
      'they never replied to my mails',
      '還是不行',
      '沒有用',
      'Das hat nicht geholfen',
      "ça n'a pas aidé",
      '役に立ちませんでした',
    ],
    'wrong-contact': [
      'the number is wrong',
      'that mail bounced',
      "the phone number doesn't work",
      'their support page is down',
      '電話打不通',
      '信被退回來了',
      'die Nummer ist falsch',
    ],
    'wrong-offer': ['wrong product', 'no, that is not my product', '不是這個產品', 'falsches Produkt'],
    'wrong-issue': ['that is not what I asked', 'wrong question', '你誤會了', "ce n'est pas ma question"],
    'other-offer': ['another product', '換一個產品', 'ein anderes Produkt', '別の製品です'],
    'other-issue': ['I have another question', '我還有別的問題', 'otra pregunta'],
    all: ['both', 'all of them, please', 'all three', '兩個都是', '三個都是', 'beide', '両方です'],
  };
  for (const [kind, texts] of Object.entries(said))
    for (const text of texts)
      it(`read “${text}” as ${kind}`, () => {
        assert.equal(feedbackOf(text), kind);
      });

  for (const text of [
    'the invoice did not help me to find the tax number',
    'Contoso Backup does not work',
    'nobody can sign in to Fabrikam CRM',
    'it does not work',
    'the invoice address is wrong',
    'the link to the report in Contoso Insights is broken',
    'another product of yours crashes when it starts',
  ])
    it(`leave “${text}” to the question`, () => {
      assert.equal(feedbackOf(text), undefined);
    });
});

describe('the refund period in typed words', () => {
  const said: readonly (readonly [string, ReturnType<typeof windowSaid>])[] = [
    ['it is still open', 'open'],
    ['not over yet', 'open'],
    ['we bought it yesterday', 'open'],
    ['5 hours ago', 'open'],
    ['two weeks ago', 'open'],
    ['15 days ago', 'over'],
    ['three weeks ago', 'over'],
    ['last year', 'over'],
    ['it is not open any more', 'over'],
    ['it has expired', 'over'],
    ['昨天買的', 'open'],
    ['還沒過期', 'open'],
    ['已經過了', 'over'],
    ['三個月前', 'over'],
    ['gestern', 'open'],
    ['maybe', 'open'],
    ['in a shop', undefined],
    ['the moon', undefined],
  ];
  for (const [text, window] of said)
    it(`is ${window ?? 'unknown'} for “${text}”`, () => {
      assert.equal(windowSaid(text), window);
    });
});

describe('the time of a purchase in typed words', () => {
  const said: readonly (readonly [string, ReturnType<typeof purchaseTimeSaid>])[] = [
    ['bought it yesterday', 'open'],
    ['I just bought it through our partner', 'open'],
    ['we ordered it 5 hours ago', 'open'],
    ['yesterday', 'open'],
    ['昨天買的', 'open'],
    ['昨天', 'open'],
    ['gestern gekauft', 'open'],
    ['purchased three weeks ago', 'over'],
    ['三個月前購買的', 'over'],
    ['we bought it over a reseller', undefined],
    ['we subscribed for a year', undefined],
    ['it was not bought yesterday', undefined],
    ['our partner bought it for us', undefined],
    ['in a shop', undefined],
  ];
  for (const [text, window] of said)
    it(`“${text}” is ${window ?? 'not read'}`, () => assert.equal(purchaseTimeSaid(text), window));
});
