/** E-mail and web addresses are set aside before a sentence is read; what names an offer stays. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import { withoutAddresses } from '../../../../core/services/answers/addresses.js';
import { offerOf, publisherOf } from '../../../helpers/directory-builders.js';

const offers = [
  offerOf({ id: 'fabrikam.com', name: 'Fabrikam Communicator', publisherId: 'fabrikam' }),
  offerOf({ id: 'northwind.planner', name: 'planner.example', publisherId: 'northwind' }),
];
const publishers = ['fabrikam', 'northwind'].map((id) => publisherOf({ id, name: id }));
const index = buildOfferIndex({
  version: 1,
  offers: new Map(offers.map((one) => [one.id, one])),
  publishers: new Map(publishers.map((one) => [one.id, one])),
});
const read = (text: string) => withoutAddresses(text, index).replace(/\s+/g, ' ').trim();

describe('addresses in a sentence', () => {
  const removed: readonly [text: string, rest: string][] = [
    ['write to ada@contoso.com, the invoice is wrong', 'write to , the invoice is wrong'],
    ['請寄到ada@contoso.com，發票有誤', '請寄到 ，發票有誤'],
    ['see https://www.contoso.com/help/crm?x=1. It does not start', 'see . It does not start'],
    ['example.com', ''],
    ['www.contoso.de does not load', 'does not load'],
    ['our tenant is contoso.onmicrosoft.com', 'our tenant is'],
  ];
  for (const [text, rest] of removed) it(`are set aside in “${text}”`, () => assert.equal(read(text), rest));

  const kept: readonly string[] = [
    'https://appsource.microsoft.com/en-us/product/saas/fabrikam.crm does not start',
    'the invoice for azuremarketplace.microsoft.com/marketplace/apps/fabrikam.crm is wrong',
    'https://partner.microsoft.com/dashboard/marketplace-offers/fabrikam.crm',
    'fabrikam.com does not start',
    'planner.example does not start',
    'fabrikam.crm does not start',
    'version 2.5 does not start. It crashes.',
  ];
  for (const text of kept)
    it(`stay in “${text}”, because they may name an offer`, () => assert.equal(read(text), text));
});
