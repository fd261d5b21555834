/** An offer is found by its id in any letter case. */
import assert from 'node:assert/strict';
import { offerNamed } from '../../../core/directory/offer-named.js';
import type { Offer } from '../../../core/directory/types.js';

const offers = new Map(
  ['WA200001234', 'contoso.crm', 'Contoso.CRM'].map((id) => [id, { id } as unknown as Offer]),
);

describe('an offer’s id', () => {
  const table = [
    ['WA200001234', 'WA200001234'],
    ['wa200001234', 'WA200001234'],
    ['contoso.crm', 'contoso.crm'],
    ['Contoso.CRM', 'Contoso.CRM'],
    ['contoso.pay', undefined],
  ] as const;
  for (const [given, found] of table)
    it(`${given} means ${found ?? 'nothing'}`, () => assert.equal(offerNamed(offers, given)?.id, found));
});
