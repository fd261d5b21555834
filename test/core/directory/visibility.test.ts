/** The contacts that each asker may see: denied by default, and no byte of a hidden contact is sent. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CustomerMaySee, PartnerProfile } from '../../../core/directory/profile.js';
import type { Contact, Offer, Publisher } from '../../../core/directory/types.js';
import { visibleContacts, type Audience } from '../../../core/directory/visibility.js';
import { CONTACT_KINDS } from '../../../core/terms.js';
import { offerOf, publisherOf } from '../../helpers/directory-builders.js';

const CUSTOMER: Audience = { asker: 'customer' };
const NOTHING: CustomerMaySee = { supportEmail: false, supportPhone: false, documentation: false };

function profile(
  customerMaySee: CustomerMaySee,
  overrides: PartnerProfile['overrides'] = {},
): PartnerProfile {
  return {
    name: 'Contoso Cloud',
    model: 'direct-bill',
    tenantIds: [],
    tier1: 'partner',
    resellerKeeps: [],
    desks: { billing: { name: 'Billing' }, technical: { name: 'Support' } },
    customerMaySee,
    overrides,
  };
}

function contact(kind: Contact['kind'], of: string): Contact {
  return {
    kind,
    name: `${of} ${kind} person`,
    email: `${kind}@${of}.example`,
    phone: `+1 ${of} ${kind}`,
    url: `https://${of}.example/${kind}`,
    upn: `${kind}.chat@${of}.example`,
    verifiedOn: '2026-05-01',
  };
}

const VAULT: Offer = offerOf({
  id: 'fabrikam.vault',
  publisherId: 'fabrikam',
  name: 'Fabrikam Vault',
  links: {
    documentation: 'https://fabrikam.example/docs',
    privacy: 'https://fabrikam.example/privacy',
    terms: 'https://fabrikam.example/terms',
    collateral: 'https://fabrikam.example/collateral',
    marketing: 'https://fabrikam.example/marketing',
    status: 'https://status.fabrikam.example/',
  },
  contacts: CONTACT_KINDS.map((kind) => contact(kind, 'fabrikam')),
});

const FABRIKAM: Publisher = publisherOf({ id: 'fabrikam', name: 'Fabrikam' });

describe('the contacts of the publisher beside the contacts of the offer', () => {
  const both = { ...FABRIKAM, contacts: CONTACT_KINDS.map((kind) => contact(kind, 'desk')) };

  it('are shown to staff, for every kind', () => {
    const { also } = visibleContacts({ asker: 'partner' }, VAULT, both, profile(NOTHING));
    assert.deepEqual(Object.keys(also).sort(), [...CONTACT_KINDS].sort());
    assert.equal(also.engineering?.email, 'engineering@desk.example');
  });

  it('are shown to customers by the same rules as the contacts of the offer', () => {
    assert.deepEqual(visibleContacts(CUSTOMER, VAULT, both, profile(NOTHING)).also, {});
    const { also } = visibleContacts(CUSTOMER, VAULT, both, profile({ ...NOTHING, supportPhone: true }));
    assert.deepEqual(Object.keys(also), ['customer-support']);
    assert.deepEqual(Object.keys(also['customer-support'] ?? {}).sort(), ['phone', 'url', 'verifiedOn']);
  });

  it('are left out if the offer names the same people', () => {
    const same = { ...FABRIKAM, contacts: VAULT.contacts };
    assert.deepEqual(visibleContacts({ asker: 'partner' }, VAULT, same, profile(NOTHING)).also, {});
    assert.deepEqual(visibleContacts({ asker: 'partner' }, VAULT, FABRIKAM, profile(NOTHING)).also, {});
  });
});

describe('a customer’s view of an offer’s contacts', () => {
  it('contains only the public support URL and the public links, unless the partner allows more', () => {
    const visible = visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile(NOTHING));
    assert.deepEqual(visible.contacts, {
      'customer-support': { url: 'https://fabrikam.example/customer-support', verifiedOn: '2026-05-01' },
    });
    assert.deepEqual(visible.links, {
      privacy: 'https://fabrikam.example/privacy',
      terms: 'https://fabrikam.example/terms',
      status: 'https://status.fabrikam.example/',
    });
    assert.deepEqual(visible.withheld, ['engineering', 'csp-program']);
  });

  it('contains the e-mail with the person’s name when the partner allows e-mail', () => {
    const visible = visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile({ ...NOTHING, supportEmail: true }));
    assert.deepEqual(visible.contacts['customer-support'], {
      name: 'fabrikam customer-support person',
      email: 'customer-support@fabrikam.example',
      url: 'https://fabrikam.example/customer-support',
      verifiedOn: '2026-05-01',
    });
  });

  it('contains the phone without a name when the partner allows only the phone', () => {
    const visible = visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile({ ...NOTHING, supportPhone: true }));
    assert.deepEqual(visible.contacts['customer-support'], {
      phone: '+1 fabrikam customer-support',
      url: 'https://fabrikam.example/customer-support',
      verifiedOn: '2026-05-01',
    });
  });

  it('contains the documentation when allowed, and never sales and marketing material', () => {
    const all = { supportEmail: true, supportPhone: true, documentation: true };
    const { links } = visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile(all));
    assert.equal(links.documentation, 'https://fabrikam.example/docs');
    assert.equal(links.collateral, undefined);
    assert.equal(links.marketing, undefined);
  });

  it('follows, for each field, the override by offer, then by publisher, then the profile', () => {
    const overrides = {
      fabrikam: { customerMaySee: { supportEmail: true, supportPhone: true } },
      'fabrikam.vault': { customerMaySee: { supportPhone: false } },
    };
    const visible = visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile(NOTHING, overrides));
    assert.equal(visible.contacts['customer-support']?.email, 'customer-support@fabrikam.example');
    assert.equal(visible.contacts['customer-support']?.phone, undefined);
  });

  it('is not widened by an offer named like an object property', () => {
    const odd = { ...VAULT, id: 'constructor', publisherId: '__proto__' };
    const visible = visibleContacts(CUSTOMER, odd, undefined, profile(NOTHING));
    assert.deepEqual(Object.keys(visible.contacts['customer-support'] ?? {}), ['url', 'verifiedOn']);
  });

  it('says only that the partner has a contact when all its channels are hidden', () => {
    const { url: _url, ...unlisted } = contact('customer-support', 'fabrikam');
    const visible = visibleContacts(CUSTOMER, { ...VAULT, contacts: [unlisted] }, FABRIKAM, profile(NOTHING));
    assert.deepEqual(visible.contacts, {});
    assert.deepEqual(visible.withheld, ['customer-support']);
  });
});

describe('the view of publishers and partner staff', () => {
  it('contains everything for partner staff', () => {
    const visible = visibleContacts({ asker: 'partner' }, VAULT, FABRIKAM, profile(NOTHING));
    assert.deepEqual(Object.keys(visible.contacts).sort(), [...CONTACT_KINDS].sort());
    assert.equal(visible.contacts.engineering?.email, 'engineering@fabrikam.example');
    assert.equal(visible.links.collateral, 'https://fabrikam.example/collateral');
    assert.equal(visible.links.marketing, 'https://fabrikam.example/marketing');
    assert.deepEqual(visible.withheld, []);
  });

  it('contains everything about a publisher’s own offers, and the customer’s view of other offers', () => {
    const own = visibleContacts(
      { asker: 'publisher', publisherId: 'fabrikam' },
      VAULT,
      FABRIKAM,
      profile(NOTHING),
    );
    assert.equal(own.contacts['csp-program']?.phone, '+1 fabrikam csp-program');
    for (const publisherId of ['tailspin', undefined]) {
      const other: Audience = { asker: 'publisher', ...(publisherId && { publisherId }) };
      assert.deepEqual(
        visibleContacts(other, VAULT, FABRIKAM, profile(NOTHING)),
        visibleContacts(CUSTOMER, VAULT, FABRIKAM, profile(NOTHING)),
      );
    }
  });
});

describe('the contacts that an offer lacks', () => {
  const publisher: Publisher = {
    ...FABRIKAM,
    links: { support: 'https://fabrikam.example/help', status: 'https://status.publisher.example/' },
    contacts: [contact('engineering', 'publisher'), contact('customer-support', 'publisher')],
    verifiedOn: '2026-01-01',
  };

  it('come from its publisher, kind by kind', () => {
    const offer = { ...VAULT, contacts: [contact('customer-support', 'fabrikam')] };
    const { contacts } = visibleContacts({ asker: 'partner' }, offer, publisher, profile(NOTHING));
    assert.equal(contacts['customer-support']?.email, 'customer-support@fabrikam.example');
    assert.equal(contacts.engineering?.email, 'engineering@publisher.example');
    assert.equal(contacts['csp-program'], undefined);
  });

  it('take the support URL from the offer’s support link, then from the publisher', () => {
    const nobody = { ...publisher, contacts: [] };
    const linked = { ...VAULT, contacts: [], links: { support: 'https://vault.example/help' } };
    const url = (offer: Offer) =>
      visibleContacts(CUSTOMER, offer, nobody, profile(NOTHING)).contacts['customer-support']?.url;
    assert.equal(url(linked), 'https://vault.example/help');
    assert.equal(url({ ...linked, links: {} }), 'https://fabrikam.example/help');
  });

  it('keep the publisher’s people when the offer gives only a page', () => {
    const offer = {
      ...VAULT,
      contacts: [{ kind: 'customer-support', url: 'https://vault.example/help' } as const],
    };
    const { contacts } = visibleContacts({ asker: 'partner' }, offer, publisher, profile(NOTHING));
    assert.equal(contacts['customer-support']?.url, 'https://vault.example/help');
    assert.equal(contacts['customer-support']?.email, 'customer-support@publisher.example');
  });

  it('take the verification date of their row', () => {
    const { verifiedOn: _day, ...undated } = contact('customer-support', 'publisher');
    const offer = { ...VAULT, contacts: [], verifiedOn: '2026-06-06' };
    const { contacts } = visibleContacts(
      CUSTOMER,
      offer,
      { ...publisher, contacts: [undated] },
      profile(NOTHING),
    );
    assert.equal(contacts['customer-support']?.verifiedOn, '2026-01-01');
  });
});

describe('the data that a customer gets', () => {
  const field = fc.option(fc.uuid(), { nil: undefined });
  const anyContact = (kind: Contact['kind']) =>
    fc
      .record({
        name: field,
        email: field,
        phone: field,
        upn: field,
        url: fc.option(fc.webUrl(), { nil: undefined }),
      })
      .map((fields): Contact => ({ kind, ...fields }));
  const contacts = fc.subarray(CONTACT_KINDS.map(anyContact)).chain((some) => fc.tuple(...some));
  const allowed = fc.record({
    supportEmail: fc.boolean(),
    supportPhone: fc.boolean(),
    documentation: fc.boolean(),
  });

  it('never contains a hidden field', () => {
    fc.assert(
      fc.property(
        contacts,
        contacts,
        allowed,
        fc.constantFrom('customer', 'publisher'),
        (own, theirs, may, asker) => {
          const offer: Offer = {
            ...VAULT,
            contacts: own,
            links: { marketing: 'https://hidden-marketing.example/' },
          };
          const visible = visibleContacts({ asker }, offer, { ...FABRIKAM, contacts: theirs }, profile(may));
          const bytes = JSON.stringify(visible);
          const hidden = [...own, ...theirs].flatMap((each) =>
            each.kind === 'customer-support'
              ? [
                  each.upn,
                  may.supportEmail ? undefined : each.email,
                  may.supportPhone ? undefined : each.phone,
                ]
              : [each.name, each.email, each.phone, each.upn],
          );
          const names = may.supportEmail ? [] : [...own, ...theirs].map((each) => each.name);
          for (const canary of [...hidden, ...names, 'hidden-marketing']) {
            if (canary !== undefined) assert.ok(!bytes.includes(canary));
          }
        },
      ),
    );
  });
});
