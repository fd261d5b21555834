/** Listings of the marketplace's own APIs, our JSON and flat columns all become the same columns. */
import assert from 'node:assert/strict';
import { knownHeaders, shapeRecord } from '../../../../core/directory/parse/shape.js';
import { startParsing } from '../../../../core/directory/parse/row-parser.js';
import type { DirectoryRow } from '../../../../core/directory/types.js';

function rowOf(record: object, part?: string): DirectoryRow | undefined {
  const reader = startParsing({ today: '2026-11-22', mode: 'full' });
  reader.add({ number: 1, fields: record, ...(part ? { part } : {}) });
  const file = reader.finish();
  assert.deepEqual(file.problems, []);
  return file.incoming[0]?.row;
}

const SCHEMA = 'https://schema.mp.microsoft.com/schema';
const LISTING = {
  $schema: `${SCHEMA}/listing/2022-03-01-preview5`,
  id: 'listing/7e7c/public/main/default/en-us',
  product: 'product/7e7c',
  kind: 'azureSaaS',
  title: 'Contoso Backup',
  searchResultSummary: 'Backs up mailboxes.',
  privacyPolicyLink: 'https://contoso.com/privacy',
  globalSupportWebsite: 'https://support.contoso.com/global',
  cloudSolutionProviderMarketingMaterials: 'https://partners.contoso.com/',
  generalLinks: [
    { displayText: 'Product documentation', link: 'https://docs.contoso.com/' },
    { displayText: 'Service status', link: 'https://status.contoso.com/' },
    { displayText: 'Blog', link: 'https://blog.contoso.com/' },
  ],
  supportContact: { name: 'Help Desk', email: 'help@contoso.com', phone: '+1 425 555 0100' },
  engineeringContact: { name: 'On call', email: 'oncall@contoso.com', phone: '+1 425 555 0101' },
  cloudSolutionProviderContact: { name: 'Channel', email: 'csp@contoso.com' },
  languageId: 'en-us',
};

describe('a Product Ingestion listing', () => {
  it('gives the offer its three contacts and its links', () => {
    const row = rowOf({ ...LISTING, publisherId: 'contoso', offerId: 'backup', publisherName: 'Contoso' });
    assert.ok(row?.kind === 'offer');
    assert.deepEqual(row.offer, {
      id: 'contoso.backup',
      publisherId: 'contoso',
      name: 'Contoso Backup',
      aliases: [],
      summary: 'Backs up mailboxes.',
      supportTier: 'publisher',
      hosting: 'unknown',
      categories: [],
      plans: [],
      links: {
        support: 'https://support.contoso.com/global',
        documentation: 'https://docs.contoso.com/',
        privacy: 'https://contoso.com/privacy',
        marketing: 'https://partners.contoso.com/',
        status: 'https://status.contoso.com/',
      },
      contacts: [
        { kind: 'customer-support', name: 'Help Desk', email: 'help@contoso.com', phone: '+14255550100' },
        { kind: 'engineering', name: 'On call', email: 'oncall@contoso.com', phone: '+14255550101' },
        { kind: 'csp-program', name: 'Channel', email: 'csp@contoso.com' },
      ],
      withdrawn: false,
    });
  });

  it("uses the contact's page as the public support page, before the global support website", () => {
    const { draft } = shapeRecord({
      ...LISTING,
      supportContact: { url: 'https://support.contoso.com/backup' },
    });
    assert.equal(draft.support_url, 'https://support.contoso.com/backup');
  });

  it('may also be a spreadsheet row with dotted column names', () => {
    assert.ok(knownHeaders(['title', 'supportContact.email']) > 0);
    const row = rowOf({
      title: 'Contoso Backup',
      publisherId: 'contoso',
      offerId: 'backup',
      'supportContact.email': 'help@contoso.com',
    });
    assert.ok(row?.kind === 'offer' && row.offer.contacts[0]?.email === 'help@contoso.com');
  });

  it('becomes a withdrawn offer when it was deleted', () => {
    assert.equal(shapeRecord({ ...LISTING, lifecycleState: 'deleted' }).draft.withdrawn, true);
  });

  it('gets its plans, its hosting and its names in other languages from a resource tree', () => {
    const row = rowOf({
      root: 'product/7e7c',
      publisherId: 'contoso',
      resources: [
        {
          $schema: `${SCHEMA}/product/2022-03-01-preview3`,
          id: 'product/7e7c',
          identity: { externalId: 'backup' },
          type: 'softwareAsAService',
          alias: 'x',
        },
        {
          $schema: `${SCHEMA}/listing/2022-03-01-preview5`,
          id: 'listing/7e7c/public/main/default/zh-tw',
          languageId: 'zh-tw',
          title: 'Contoso 備份',
        },
        {
          $schema: `${SCHEMA}/listing/2022-03-01-preview5`,
          id: 'listing/7e7c/public/main/default/sv-se',
          languageId: 'sv-se',
          title: 'Contoso Säkerhetskopia',
        },
        LISTING,
        {
          $schema: `${SCHEMA}/plan/2022-03-01-preview2`,
          id: 'plan/7e7c/aa',
          identity: { externalId: 'basic' },
        },
        { $schema: `${SCHEMA}/plan-listing/2022-03-01-preview2`, plan: 'plan/7e7c/aa', name: 'Basic' },
      ],
    });
    assert.ok(row?.kind === 'offer');
    const { id, name, aliases, inLanguages, hosting, plans } = row.offer;
    assert.deepEqual([id, name, hosting], ['contoso.backup', 'Contoso Backup', 'saas']);
    assert.deepEqual(plans, [{ id: 'basic', name: 'Basic' }]);
    assert.deepEqual(inLanguages, { 'zh-Hant': { name: 'Contoso 備份' } });
    assert.deepEqual(aliases, ['Contoso Säkerhetskopia'], 'a language that the product does not have');
  });
});

describe('a Partner Center v1 listing', () => {
  it('gives each contact its kind by its type', () => {
    const row = rowOf({
      publisherId: 'contoso',
      offerId: 'backup',
      title: 'Contoso Backup',
      publisherName: 'Contoso',
      listingContacts: [
        { type: 'ChannelManager', name: 'Channel', email: 'csp@contoso.com', phone: '' },
        { type: 'CustomerSupport', email: 'help@contoso.com', uri: 'https://support.contoso.com/' },
        { type: 'Engineering', phone: '+14255550101' },
      ],
      listingUris: [
        { type: 'PrivacyPolicyUri', uri: 'https://contoso.com/privacy' },
        { type: 'LearnMore', displayText: 'User guide', uri: 'https://docs.contoso.com/' },
      ],
    });
    assert.ok(row?.kind === 'offer');
    assert.deepEqual(row.offer.contacts, [
      { kind: 'customer-support', email: 'help@contoso.com' },
      { kind: 'engineering', phone: '+14255550101' },
      { kind: 'csp-program', name: 'Channel', email: 'csp@contoso.com' },
    ]);
    assert.deepEqual(row.offer.links, {
      support: 'https://support.contoso.com/',
      documentation: 'https://docs.contoso.com/',
      privacy: 'https://contoso.com/privacy',
    });
  });

  it('reports a contact of an unknown type', () => {
    assert.deepEqual(shapeRecord({ listingContacts: [{ type: 'Sales' }] }).unknown, [
      'listingContacts.Sales',
    ]);
  });
});

describe("the product's own JSON", () => {
  const offer = {
    id: 'contoso.backup',
    publisherId: 'contoso',
    name: 'Contoso Backup',
    aliases: ['CB'],
    supportTier: 'publisher',
    hosting: 'azure',
    categories: [],
    plans: [{ id: 'p', name: 'P', cspState: 'selective' }],
    links: { support: 'https://support.contoso.com/' },
    contacts: [
      {
        kind: 'customer-support',
        url: 'https://support.contoso.com/contact',
        upn: 'help@contoso.com',
        verifiedOn: '2026-01-01',
      },
    ],
    withdrawn: false,
  };
  it('is parsed to an equal offer or publisher', () => {
    assert.deepEqual(rowOf(offer), { kind: 'offer', key: 'offer:contoso.backup', offer });
    const publisher = {
      id: 'contoso',
      name: 'Contoso',
      aliases: [],
      links: {},
      contacts: [],
      verifiedOn: '2026-01-01',
    };
    assert.deepEqual(rowOf(publisher, 'publishers'), {
      kind: 'publisher',
      key: 'publisher:contoso',
      publisher,
    });
  });

  it('reports unknown fields, unknown links and a second contact of one kind', () => {
    const contacts = [
      ...offer.contacts,
      { kind: 'customer-support' },
      { kind: 'sales' },
      { kind: 'engineering', fax: 1 },
    ];
    const { unknown } = shapeRecord({ ...offer, contacts, links: { forum: 'x' }, colour: 'red' });
    assert.deepEqual(unknown, [
      'links.forum',
      'contacts.customer-support',
      'contacts.sales',
      'contacts.engineering.fax',
      'colour',
    ]);
  });
});

describe('a header', () => {
  it('is known when at least one of its names is known', () => {
    assert.equal(knownHeaders(['foo', 'Offer Name']), 1);
    assert.equal(knownHeaders(['foo', 'bar', '']), 0);
  });
});
