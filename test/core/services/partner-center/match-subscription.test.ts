/** Which offer of the directory a customer's subscription is for, and in which order subscriptions are shown. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { CustomerSubscription } from '../../../../core/partner-center/types.js';
import { choiceSlices, matchSlices } from '../../../../core/services/partner-center/match-subscription.js';
import { allAtOnce } from '../../../../core/time-slices.js';
import { offerOf, publisherOf } from '../../../helpers/directory-builders.js';

const offers = [
  offerOf({
    id: 'northwind.backup',
    publisherId: 'northwind',
    name: 'Northwind Backup',
    aliases: ['NW Backup'],
  }),
  offerOf({ id: 'northwind.backup-pro', publisherId: 'northwind', name: 'Northwind Backup - Pro' }),
  offerOf({ id: 'northwind.mail', publisherId: 'northwind', name: 'Mail Guard', supportTier: 'microsoft' }),
  offerOf({ id: 'fabrikam.mail', publisherId: 'fabrikam', name: 'Mail Guard' }),
];
const directory = {
  version: 1,
  offers: new Map(offers.map((one) => [one.id, one])),
  publishers: new Map(
    [
      publisherOf({ id: 'northwind', name: 'Northwind Traders, Inc.', aliases: ['Northwind'] }),
      publisherOf({ id: 'fabrikam', name: 'Fabrikam' }),
    ].map((one) => [one.id, one]),
  ),
};

const known = { directory, index: buildOfferIndex(directory) };
const choicesOf = (subscriptions: readonly CustomerSubscription[]) =>
  allAtOnce(choiceSlices(subscriptions, known));

/** Offer name, publisher → offer id and plan. */
const MATCHES: readonly (readonly [string, string | undefined, string | undefined, string?])[] = [
  ['Northwind Backup', 'Northwind', 'northwind.backup', ''],
  ['northwind backup', 'Northwind Traders', 'northwind.backup', ''],
  ['NW Backup', undefined, 'northwind.backup', ''],
  ['Northwind Backup - Standard - 1 year', 'Northwind', 'northwind.backup', 'Standard - 1 year'],
  ['Northwind Backup (Standard)', 'Northwind', 'northwind.backup', 'Standard'],
  ['Northwind Backup - Pro', 'Northwind', 'northwind.backup-pro', ''],
  ['Northwind Backup - Pro - 100 users', 'Northwind', 'northwind.backup-pro', '100 users'],
  ['Northwind Backups', 'Northwind', undefined],
  ['Northwind Backup Agent', 'Northwind', undefined],
  ['Northwind Backup', 'Fabrikam', undefined],
  ['Mail Guard', 'Fabrikam', 'fabrikam.mail', ''],
  ['Mail Guard', undefined, undefined],
  ['Something else', 'Northwind', undefined],
];

const bought = (offerName: string, over: Partial<CustomerSubscription> = {}): CustomerSubscription => ({
  offerName,
  channel: 'partner',
  supportedBy: 'publisher',
  state: 'active',
  ...over,
});

describe('a subscription', () => {
  for (const [name, publisher, offerId, plan] of MATCHES)
    it(`“${name}” by ${publisher ?? 'nobody named'} is ${offerId ?? 'no offer of the directory'}`, () => {
      const match = allAtOnce(matchSlices(name, publisher, known));
      assert.deepEqual([match?.offer.id, match?.plan], [offerId, plan]);
    });

  it('takes the support tier of the directory before that of Partner Center', () => {
    const [one] = choicesOf([bought('Mail Guard', { publisherName: 'Northwind' })]);
    assert.deepEqual(one, {
      name: 'Mail Guard',
      offerId: 'northwind.mail',
      publisherName: 'Northwind Traders, Inc.',
      tier: 'microsoft',
      channel: 'partner',
      state: 'active',
    });
  });

  it('keeps what Partner Center says about a product that the directory does not have', () => {
    const [one, other] = choicesOf([
      bought('Datum Sign'),
      { offerName: 'Datum Scan', supportedBy: 'unknown', state: 'unknown' },
    ]);
    assert.deepEqual(one, { name: 'Datum Sign', tier: 'publisher', channel: 'partner', state: 'active' });
    assert.deepEqual(other, { name: 'Datum Scan', state: 'unknown' });
  });

  it('stands behind those in use and those the directory has; one without a name is left out', () => {
    const shown = choicesOf([
      bought('Office', { supportedBy: 'microsoft' }),
      bought('NW Backup', { state: 'deleted' }),
      bought('Datum Sign'),
      bought('Northwind Backup - Pro'),
      { supportedBy: 'unknown', state: 'active' },
      bought('Datum Sign'),
    ]);
    assert.deepEqual(
      shown.map(({ name }) => name),
      ['Northwind Backup - Pro', 'Datum Sign', 'Office', 'Northwind Backup'],
    );
  });
});
