/** The kind of issue in long texts, in sentences that deny something, and in Chinese verbs around a name. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { Offer } from '../../../../core/directory/types.js';
import {
  understandSentence,
  type SentenceContext,
} from '../../../../core/services/answers/understand-sentence.js';
import { withoutRuledOut } from '../../../../core/services/answers/several-questions.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';

function offer(name: string): readonly [string, Offer] {
  const id = name.toLowerCase().replace(' ', '.');
  return [
    id,
    {
      ...{ id, name, publisherId: id.split('.')[0]!, aliases: [], supportTier: 'publisher', hosting: 'saas' },
      ...{ categories: [], plans: [], links: {}, contacts: [], withdrawn: false },
    },
  ];
}

const FILLER: readonly string[] = [
  'I hope this message finds you well and that the team had a good weekend.',
  'My name is Ada and I look after software for the finance department in our Lyon office.',
  'We are a company of 240 people and have been your customer since March 2019.',
  'We bought forty licenses in the first year and another sixty after the merger.',
  'The invoice of last spring was settled and the purchase went smoothly.',
  'Our subscription renews every March and the contract is with the purchasing team.',
  'The training in May was well received, and thank you again for the documents.',
  'Thank you in advance for your time, and please do not hesitate to call me.',
];

/** About seven thousand characters, with the sentence that counts at the end. */
function longMail(last: string): string {
  const paragraphs = Array.from({ length: 100 }, (_, at) => `${FILLER[at % FILLER.length]!} (${at})`);
  return `${paragraphs.join(' ').slice(0, 7_000)}. ${last}`;
}

describe('understanding a sentence', () => {
  let known: SentenceContext;

  before(() => {
    const offers = new Map(['Fabrikam CRM', 'Northwind Vault', 'Contoso Sign'].map(offer));
    const index = buildOfferIndex({ version: 1, publishers: new Map(), offers });
    known = { index, classifier: createIssueClassifier() };
  });

  function heard(text: string): string {
    const { match, read } = understandSentence(text, 'customer', known);
    const name = match.kind === 'one' ? match.hit.offerId : match.kind;
    return `${read.decision === 'answered' ? read.guess.issue : 'asked'} ${name}`;
  }

  for (const [last, expected] of [
    ['Since Monday Northwind Vault does not start any more.', 'technical northwind.vault'],
    ['We would like a refund for Fabrikam CRM.', 'billing.refund fabrikam.crm'],
    ['How do we cancel the subscription of Contoso Sign?', 'subscription-management contoso.sign'],
    ['The invoice for Fabrikam CRM is wrong.', 'billing fabrikam.crm'],
    ['最後，Contoso Sign 無法登入。', 'technical contoso.sign'],
  ] as const)
    it(`finds the kind and the offer at the end of a long mail: “${last}”`, () => {
      assert.equal(heard(longMail(last)), expected);
    });

  it('finds the kind in a middle sentence of a short mail with courtesy around it', () => {
    const mail = `${FILLER[0]} ${FILLER[2]} Northwind Vault crashes when we save. ${FILLER[5]} ${FILLER[7]}`;
    assert.equal(heard(mail), 'technical northwind.vault');
  });

  it('does not take an issue that the writer says is solved', () => {
    const mail =
      'Hello team, two months ago the invoice for Fabrikam CRM was wrong, and that has been resolved. ' +
      'Everybody here was happy with the new numbers and with the way it was handled. ' +
      'Since the update of last night Fabrikam CRM does not sync any more.';
    assert.equal(heard(mail), 'technical fabrikam.crm');
  });

  it('asks back with both kinds when two sentences of a long text tell nearly the same', () => {
    const mail = `${FILLER[0]} ${FILLER[2]} ${FILLER[6]} Fabrikam CRM does not sync. The invoice for Fabrikam CRM is wrong.`;
    const { read } = understandSentence(mail, 'customer', known);
    assert.equal(read.decision, 'asked');
    assert.deepEqual(
      read.ranked
        .slice(0, 2)
        .map(({ kind }) => kind)
        .sort(),
      ['billing', 'technical'],
    );
  });

  for (const [text, expected] of [
    ['我要退 Fabrikam CRM 的款', 'billing.refund fabrikam.crm'],
    ['我想退Contoso Sign的費用', 'billing.refund contoso.sign'],
    ['取消 Contoso Sign 的訂閱', 'subscription-management contoso.sign'],
    ['請幫我開 Fabrikam CRM 的發票', 'billing fabrikam.crm'],
    ['想加 Northwind Vault 的授權', 'subscription-management northwind.vault'],
    ['我要退Fabrikam CRM的款，谢谢', 'billing.refund fabrikam.crm'],
  ] as const)
    it(`puts a Chinese verb together that stands around a name: 「${text}」`, () => {
      assert.equal(heard(text), expected);
    });

  for (const [text, expected] of [
    ["No refund needed, Fabrikam CRM just doesn't sync", 'technical fabrikam.crm'],
    ["I don't want to cancel Fabrikam CRM, I want more seats", 'subscription-management fabrikam.crm'],
    ["it's no outage, the invoice of Contoso Sign is wrong", 'billing contoso.sign'],
    ['不用退款，Northwind Vault 無法登入', 'technical northwind.vault'],
    ['환불은 필요 없어요, Fabrikam CRM 로그인이 안 돼요', 'technical fabrikam.crm'],
  ] as const)
    it(`does not take what is denied: “${text}”`, () => {
      assert.equal(heard(text), expected);
    });

  for (const [text, denied] of [
    ["it's not about the bill", 'billing'],
    ['no refund please', 'billing'],
    ['nothing to do with the login', 'technical'],
    ['不是帳單的問題', 'billing'],
  ] as const)
    it(`asks for the kind, and does not offer the denied one: “${text}”`, () => {
      const { read } = understandSentence(text, 'customer', known);
      assert.equal(read.decision, 'asked');
      assert.equal(read.denied, denied);
      assert.ok(read.ranked.length >= 5 && read.ranked.every(({ kind }) => kind !== denied));
    });

  for (const [text, left] of [
    ["it's not Fabrikam CRM, it's Contoso Sign", "it's Contoso Sign"],
    ['Contoso Sign, not Fabrikam CRM', 'Contoso Sign'],
    ['not Fabrikam CRM but Contoso Sign', 'but Contoso Sign'],
    ['Fabrikam CRMではなくContoso Sign', 'Contoso Sign'],
    ['Fabrikam CRM이 아니라 Contoso Sign', 'Contoso Sign'],
    ['不是Fabrikam CRM，是Contoso Sign', '是Contoso Sign'],
  ] as const)
    it(`takes out the offer that is ruled out: “${text}”`, () => {
      assert.equal(withoutRuledOut(text, known.index).replace(/^[\s,，]+|[\s,，]+$/gu, ''), left);
    });
});
