/** The check of a directory: the problems that it reports, and the data that it accepts. */
import assert from 'node:assert/strict';
import { checkDirectory, deadForm, verificationQueue, type Finding } from '../../../core/directory/check.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import type { Contact, Directory, Offer, Publisher } from '../../../core/directory/types.js';
import { offerOf, publisherOf } from '../../helpers/directory-builders.js';

const profile: PartnerProfile = {
  name: 'Adventure Works',
  model: 'direct-bill',
  tenantIds: [],
  tier1: 'partner',
  resellerKeeps: [],
  desks: { billing: { name: 'Billing' }, technical: { name: 'Desk' } },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: false },
  overrides: {},
};
const offer = (fields: Partial<Offer> = {}): Offer =>
  offerOf({ id: 'contoso.a', publisherId: 'contoso', name: 'A', ...fields });
const publisher = (fields: Partial<Publisher> = {}): Publisher =>
  publisherOf({ id: 'contoso', name: 'Contoso', ...fields });
const directory = (
  offers: readonly Offer[],
  publishers: readonly Publisher[] = [publisher()],
): Directory => ({
  version: 1,
  offers: new Map(offers.map((one) => [one.id, one])),
  publishers: new Map(publishers.map((one) => [one.id, one])),
});
const support = (fields: Partial<Contact>): Contact => ({ kind: 'customer-support', ...fields });
const check = (offers: readonly Offer[], publishers?: readonly Publisher[]) =>
  checkDirectory(directory(offers, publishers), profile);
const audiences = (findings: readonly Finding[]) =>
  findings.flatMap((one) => (one.kind === 'no-contact' ? [one.audience] : []));

describe('the check for a reachable contact', () => {
  it('finds an offer without a reachable contact', () => {
    assert.deepEqual(audiences(check([offer()])), ['partner', 'customer']);
  });

  it('counts only contacts that the audience may see', () => {
    const found = check([offer({ contacts: [support({ email: 'help@contoso.com' })] })]);
    assert.deepEqual(audiences(found), ['customer']);
  });

  it('counts the publisher’s contact and the public support page', () => {
    assert.deepEqual(
      audiences(check([offer()], [publisher({ contacts: [support({ email: 'help@contoso.com' })] })])),
      ['customer'],
    );
    assert.deepEqual(audiences(check([offer({ links: { support: 'https://contoso.com/help' } })])), []);
  });

  it('does not count a dead contact, and names that contact', () => {
    const found = check([
      offer({ contacts: [support({ email: 'help@contoso.com', deadSince: '2026-10-01' })] }),
    ]);
    assert.deepEqual(audiences(found), ['partner', 'customer']);
    assert.deepEqual(found.at(-1), {
      kind: 'dead-contact',
      key: 'offer:contoso.a',
      contact: 'customer-support',
      since: '2026-10-01',
    });
  });

  it('asks for no contact of a withdrawn offer', () => {
    assert.deepEqual(check([offer({ withdrawn: true })]), []);
  });
});

describe('the check of addresses', () => {
  const cases: readonly (readonly [Partial<Contact>, string | undefined])[] = [
    [{ email: 'help@contoso.com', phone: '+14255550100' }, undefined],
    [{ email: 'help at contoso' }, 'email'],
    [{ email: 'help@contoso.com; other@contoso.com' }, 'email'],
    [{ upn: 'somebody' }, 'email'],
    [{ phone: '425 555 0100' }, 'not-e164'],
    [{ phone: '+1 800 FLOWERS' }, 'not-e164'],
    [{ phone: 'call us' }, 'phone'],
    [{ url: 'http://contoso.com/' }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
  ];
  for (const [fields, why] of cases) {
    it(`says of ${JSON.stringify(fields)}: ${why ?? 'good'}`, () => {
      const found = check([
        offer({ contacts: [support(fields)], links: { support: 'https://contoso.com/' } }),
      ]);
      assert.deepEqual(
        found.map((one) => (one.kind === 'malformed' ? one.why : one.kind)),
        why ? [why] : [],
      );
    });
  }

  const dead: readonly (readonly [string, string | undefined])[] = [
    ['https://contoso.com/help', undefined],
    ['https://contoso.com/test?x=example', undefined],
    ['https://support.contoso.test/', 'reserved-name'],
    ['https://www.example.com/help', 'reserved-name'],
    ['https://desk.local/', 'reserved-name'],
    ['https://https//contoso.com', 'scheme-twice'],
    ['https://contoso.com/{lang}/help', 'placeholder'],
    ['https://contoso.com/TODO', 'placeholder'],
    ['https://your-company.com/help', 'placeholder'],
  ];
  for (const [url, why] of dead) {
    it(`says of the form of ${url}: ${why ?? 'may work'}`, () => assert.equal(deadForm(url), why));
  }
});

describe('the check of publishers', () => {
  const spelt = (publishers: readonly Publisher[]) => check([], publishers);

  it('finds one company under two ids, for any spelling of its name', () => {
    const found = spelt([
      publisher({ id: 'tailspin', name: 'Tailspin Toys' }),
      publisher({ id: 'tailspin2', name: 'TailSpin-Toys, Inc.' }),
    ]);
    assert.deepEqual(found, [
      {
        kind: 'spelt-two-ways',
        publisherIds: ['tailspin', 'tailspin2'],
        spellings: ['Tailspin Toys', 'TailSpin-Toys, Inc.'],
      },
    ]);
  });

  it('reports no aliases and no other companies', () => {
    const found = spelt([
      publisher({ aliases: ['Contoso Ltd'] }),
      publisher({ id: 'fabrikam', name: 'Fabrikam' }),
    ]);
    assert.deepEqual(found, []);
  });
});

describe('the verification queue', () => {
  it('lists contacts without verification for half a year, never verified ones first, without dead contacts', () => {
    const contacts = (verifiedOn?: string, more: Partial<Contact> = {}) => [
      support({ email: 'a@contoso.com', ...(verifiedOn ? { verifiedOn } : {}), ...more }),
    ];
    const queue = verificationQueue(
      directory([
        offer({ id: 'contoso.fresh', contacts: contacts('2026-11-01') }),
        offer({ id: 'contoso.old', contacts: contacts('2026-01-01') }),
        offer({ id: 'contoso.older', verifiedOn: '2025-01-01', contacts: contacts() }),
        offer({ id: 'contoso.never', contacts: contacts() }),
        offer({ id: 'contoso.dead', contacts: contacts('2025-01-01', { deadSince: '2026-01-01' }) }),
      ]),
      Date.parse('2026-11-22'),
    );
    assert.deepEqual(
      queue.map((one) => [one.key, one.verifiedOn]),
      [
        ['offer:contoso.never', undefined],
        ['offer:contoso.older', '2025-01-01'],
        ['offer:contoso.old', '2026-01-01'],
      ],
    );
  });
});
