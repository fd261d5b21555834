/** A report goes to the owner of the contact, and the owner's value is the value on the card. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contactAt, contactOwner } from '../../../core/directory/contact-owner.js';
import type { Contact, Offer, Publisher } from '../../../core/directory/types.js';
import { visibleContacts } from '../../../core/directory/visibility.js';
import { parseProfile } from '../../../core/directory/parse-profile.js';
import { CONTACT_KINDS } from '../../../core/terms.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const parsed = parseProfile(
  JSON.parse(readFileSync(path.join(ROOT, 'data', 'partner-profile.json'), 'utf8')),
);
if (!parsed.ok) throw new Error('the sample profile is wrong');
const { profile } = parsed;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const contacts = fc.uniqueArray(
  fc
    .record(
      {
        kind: fc.constantFrom(...CONTACT_KINDS),
        email: fc.constantFrom('one@contoso.com', 'two@contoso.com'),
        phone: fc.constantFrom('+14255550100', '+14255550101'),
        url: fc.constantFrom('https://contoso.com/a', 'https://contoso.com/b'),
      },
      { requiredKeys: ['kind'] },
    )
    .filter(({ email, phone, url }) => (email ?? phone ?? url) !== undefined),
  { selector: ({ kind }) => kind, maxLength: 3 },
) as fc.Arbitrary<readonly Contact[]>;
const links = fc.constantFrom({}, { support: 'https://contoso.com/support' });
const offers: fc.Arbitrary<Offer> = fc.record({
  id: fc.constant('contoso.backup'),
  publisherId: fc.constant('contoso'),
  name: fc.constant('Contoso Backup'),
  aliases: fc.constant([]),
  supportTier: fc.constant('publisher' as const),
  hosting: fc.constant('saas' as const),
  categories: fc.constant([]),
  plans: fc.constant([]),
  links,
  contacts,
  withdrawn: fc.constant(false),
});
const publishers: fc.Arbitrary<Publisher> = fc.record({
  id: fc.constant('contoso'),
  name: fc.constant('Contoso'),
  aliases: fc.constant([]),
  links,
  contacts,
});

describe('the owner of a contact', () => {
  it('is known for every contact on a card, and for no other contact', () => {
    fc.assert(
      fc.property(offers, maybe(publishers), (offer, publisher) => {
        const shown = visibleContacts({ asker: 'partner' }, offer, publisher, profile).contacts;
        for (const kind of CONTACT_KINDS) {
          const owned = contactOwner(kind, offer, publisher);
          assert.equal(owned !== undefined, shown[kind] !== undefined, kind);
          if (!owned) continue;
          assert.equal(owned.contact.email, shown[kind]?.email);
          assert.equal(owned.contact.phone, shown[kind]?.phone);
        }
      }),
    );
  });

  it('gives the same contact by its key', () => {
    fc.assert(
      fc.property(offers, maybe(publishers), (offer, publisher) => {
        const owners = {
          offers: new Map([[offer.id, offer]]),
          publishers: new Map(publisher ? [[publisher.id, publisher]] : []),
        };
        for (const kind of CONTACT_KINDS) {
          const owned = contactOwner(kind, offer, publisher);
          if (owned) assert.deepEqual(contactAt(owned.key, kind, owners), owned.contact);
        }
        assert.equal(contactAt('offer:gone', 'engineering', owners), undefined);
        assert.equal(contactAt('constructor:contoso', 'engineering', owners), undefined);
      }),
    );
  });
});
