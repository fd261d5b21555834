/** The splitter finds two questions in one text, keeps one long question whole, and finds each named offer. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { OfferIndex } from '../../../../core/directory/search/types.js';
import type { Offer } from '../../../../core/directory/types.js';
import { offersNamedIn, questionsIn } from '../../../../core/services/answers/several-questions.js';
import { createIssueClassifier, type IssueClassifier } from '../../../../core/understanding/classifier.js';

const NAMES = {
  'northwind.vault': 'Northwind Vault',
  'northwind.orders': 'Northwind Orders',
  'fabrikam.crm': 'Fabrikam CRM',
};

function offer([id, name]: readonly [string, string]): Offer {
  return {
    ...{ id, name, publisherId: id.split('.')[0]!, aliases: [], supportTier: 'publisher', hosting: 'saas' },
    ...{ categories: [], plans: [], links: {}, contacts: [], withdrawn: false },
  };
}

const two: readonly [text: string, first: string, second: string][] = [
  [
    'Northwind Vault crashes, plus the invoice for Fabrikam CRM is wrong',
    'technical northwind.vault',
    'billing fabrikam.crm',
  ],
  [
    'Northwind Vault crashes and the invoice for Fabrikam CRM is wrong',
    'technical northwind.vault',
    'billing fabrikam.crm',
  ],
  [
    'My invoice for Fabrikam CRM is wrong. Also, the nightly job crashes.',
    'billing fabrikam.crm',
    'technical fabrikam.crm',
  ],
  [
    'I was charged twice for Fabrikam CRM and I cannot log in',
    'billing fabrikam.crm',
    'technical fabrikam.crm',
  ],
  [
    'Northwind Vault 無法同步，另外 Fabrikam CRM 的帳單金額不對',
    'technical northwind.vault',
    'billing fabrikam.crm',
  ],
];

const single: readonly string[] = [
  'Fabrikam CRM does not start. We use it since last year. The error is 0x80070005.',
  'the app also crashes',
  'cancel the subscription and refund it',
  'Fabrikam CRM is slow and the users complain',
  'Northwind Vault and Fabrikam CRM do not start',
];

describe('the splitter of a text with several questions', () => {
  let index: OfferIndex;
  let classifier: IssueClassifier;
  before(() => {
    const offers = new Map(Object.entries(NAMES).map((entry) => [entry[0], offer(entry)]));
    index = buildOfferIndex({ version: 1, offers, publishers: new Map() });
    classifier = createIssueClassifier();
  });

  for (const [text, ...expected] of two)
    it(`finds both questions in “${text}”`, () => {
      const found = questionsIn(text, 'customer', { index, classifier });
      assert.deepEqual(
        found.map(({ issue, offerId = '' }) => `${issue} ${offerId}`),
        expected,
      );
    });

  for (const text of single)
    it(`keeps “${text}” as one question`, () =>
      assert.deepEqual(questionsIn(text, 'customer', { index, classifier }), []));

  it('finds every offer that the text names', () => {
    const named = offersNamedIn('Northwind Vault, Northwind Orders and Fabrikam CRM do not start', index);
    assert.deepEqual([...named.offerIds].sort(), Object.keys(NAMES).sort());
  });

  const beside: readonly [text: string, rest: string][] = [
    ['Northwind Vault, Northwind Orders and Fabrikam CRM do not start', 'do not start'],
    ['the invoices for Northwind Vault and Fabrikam CRM are wrong', 'the invoices for are wrong'],
    ['Northwind Vault 和 Fabrikam CRM 都打不開', '都打不開'],
    ['Northwind Vault and Fabrikam CRM', ''],
  ];
  for (const [text, rest] of beside)
    it(`takes every name out of “${text}”`, () =>
      assert.equal(offersNamedIn(text, index).rest.replace(/\s+/g, ' '), rest));

  it('leaves out an offer that the asker rules out', () => {
    const named = (text: string) => offersNamedIn(text, index).offerIds;
    assert.deepEqual(named('I mean Fabrikam CRM, not Northwind Vault'), ['fabrikam.crm']);
    assert.deepEqual(named('我說的是 Fabrikam CRM，不是 Northwind Vault'), ['fabrikam.crm']);
  });
});
