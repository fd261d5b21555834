/** Pasted links: links with an offer id, links to an offer page without an id, and other links. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LINK_HOSTS, parseOfferLink } from '../../../core/directory/offer-link.js';

const GUID = '0f0f0f0f-1111-4222-8333-444444444444';
const CENTER = 'https://partner.microsoft.com';

describe('parseOfferLink', () => {
  const offers: readonly (readonly [string, string])[] = [
    ['https://marketplace.microsoft.com/en-us/product/saas/Contoso.Mail?tab=Overview', 'contoso.mail'],
    ['https://appsource.microsoft.com/product/office/WA200010010', 'wa200010010'],
    ['https://azuremarketplace.microsoft.com/en-us/marketplace/apps/contoso.gate', 'contoso.gate'],
    [`${CENTER}/dashboard/marketplace-offers/contoso.mail`, 'contoso.mail'],
    [`${CENTER}/en-us/dashboard/marketplace-offers/Contoso.Mail/overview`, 'contoso.mail'],
    [`${CENTER}/dashboard/v2/pricing/marketplace/contoso.mail/plans?x=1`, 'contoso.mail'],
    [`${CENTER}/commerce/customers/${GUID}/subscriptions?productId=contoso.mail`, 'contoso.mail'],
    [`${CENTER}/dashboard/commercial-marketplace/offers/${GUID}?offerId=contoso.mail`, 'contoso.mail'],
  ];
  for (const [url, id] of offers)
    it(`reads ${url}`, () => {
      const link = parseOfferLink(url);
      assert.equal(link?.kind === 'offer' && link.ids[0], id);
    });

  for (const url of [
    `${CENTER}/dashboard/commercial-marketplace/offers/${GUID}/overview`,
    `${CENTER}/zh-tw/dashboard/marketplace-offers/${GUID}`,
    `${CENTER}/dashboard/home?productId=123456789`,
  ])
    it(`recognises an offer page without an id in ${url}`, () =>
      assert.deepEqual(parseOfferLink(url), { kind: 'numbered' }));

  for (const url of [
    `${CENTER}/dashboard/home`,
    `${CENTER}/dashboard/marketplace-offers/overview`,
    `${CENTER}/dashboard/v2/support/servicerequests/activity?tid=123456789`,
    `${CENTER}/commerce/customers/${GUID}/subscriptions`,
    `${CENTER}.contoso.example/dashboard/marketplace-offers/contoso.mail`,
    'http://partner.microsoft.com/dashboard/marketplace-offers/contoso.mail',
    'https://marketplace.microsoft.com/blog/how.to',
    'https://contoso.example/product/saas/contoso.mail',
    'contoso.mail',
    '',
  ])
    it(`finds no offer in ${url === '' ? 'nothing' : url}`, () =>
      assert.equal(parseOfferLink(url), undefined));

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LINK_HOSTS),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (host, text) => {
          parseOfferLink(text);
          parseOfferLink(`https://${host}/dashboard/marketplace-offers/${text}`);
          parseOfferLink(`https://${host}/product/x?offerId=${text}`);
        },
      ),
    );
  });
});
