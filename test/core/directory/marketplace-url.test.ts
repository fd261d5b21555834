/** Marketplace addresses in every form that people use. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  idsOf,
  marketplaceUrlIn,
  parseMarketplaceUrl,
  parseOfferRef,
} from '../../../core/directory/marketplace-url.js';

function idIn(url: string): string | undefined {
  const ref = parseMarketplaceUrl(url);
  return ref && idsOf(ref)[0];
}

describe('parseMarketplaceUrl', () => {
  const shapes: readonly (readonly [string, string])[] = [
    ['https://appsource.microsoft.com/product/web-apps/contoso.contoso_backup', 'contoso.contoso_backup'],
    [
      'https://appsource.microsoft.com/en-us/product/saas/contoso.contoso_backup?tab=Overview',
      'contoso.contoso_backup',
    ],
    ['https://appsource.microsoft.com/de-de/product/office/WA200010010?src=website', 'wa200010010'],
    [
      'https://azuremarketplace.microsoft.com/en-us/marketplace/apps/Contoso.Ubuntu1804LTS?tab=Overview',
      'contoso.ubuntu1804lts',
    ],
    [
      'https://azuremarketplace.microsoft.com/marketplace/apps/contoso.offer.with.dots',
      'contoso.offer.with.dots',
    ],
    [
      'https://marketplace.microsoft.com/zh-tw/product/AzureApplication/contoso.gate?tab=PlansAndPrice',
      'contoso.gate',
    ],
    ['https://marketplace.microsoft.com/product/WA200010010', 'wa200010010'],
    [
      'https://appsource.microsoft.com/en-us/product/dynamics-365-business-central/PUBID.fabrikam%7CAID.eam%7CPAPPID.0f0f0f0f-1111-2222-3333-444444444444?tab=Overview',
      'pubid.fabrikam|aid.eam|pappid.0f0f0f0f-1111-2222-3333-444444444444',
    ],
    ['appsource.microsoft.com/product/saas/contoso.mail/', 'contoso.mail'],
    [
      'HTTPS://AzureMarketplace.Microsoft.com/en-us/marketplace/apps/contoso.mail/overview?OCID=x#plans',
      'contoso.mail',
    ],
  ];
  for (const [url, id] of shapes) it(`reads ${url}`, () => assert.equal(idIn(url), id));

  const others = [
    'https://contoso.com/product/saas/contoso.mail',
    'https://appsource.microsoft.com.evil.example/product/saas/contoso.mail',
    'https://appsource.microsoft.com/en-us/marketplace/apps?search=backup',
    'https://appsource.microsoft.com/',
    'not an address',
    'https://appsource.microsoft.com/%E0%A4%A',
  ];
  for (const url of others)
    it(`finds no offer in ${url}`, () => assert.equal(parseMarketplaceUrl(url), undefined));

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        parseMarketplaceUrl(text);
        parseMarketplaceUrl(`https://appsource.microsoft.com/product/${text}`);
        marketplaceUrlIn(text);
        parseOfferRef(text);
      }),
    );
  });

  it('names each possible id of a Business Central app', () => {
    const ref = parseOfferRef('pubid.fabrikam|aid.eam|pappid.42');
    assert.deepEqual(ref && idsOf(ref), [
      'pubid.fabrikam|aid.eam|pappid.42',
      'pubid.fabrikam|aid.eam',
      'fabrikam.eam',
    ]);
  });
});

describe('marketplaceUrlIn', () => {
  it('takes the address out of a sentence, without the full stop', () => {
    const text = 'see https://appsource.microsoft.com/product/saas/contoso.mail?tab=Overview. Thanks';
    assert.equal(
      marketplaceUrlIn(text),
      'https://appsource.microsoft.com/product/saas/contoso.mail?tab=Overview',
    );
  });
});
