/** A contact's key in an answer leads back to the same contact, so a report is about what its reporter saw. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { readProfile } from '../../../../bot/directory/sample.js';
import { contactMark } from '../../../../core/directory/correction.js';
import type { PartnerProfile } from '../../../../core/directory/profile.js';
import type { Directory, Offer, Publisher } from '../../../../core/directory/types.js';
import { WAYS } from '../../../../core/policy/decision.js';
import { contactKindOf, ownerName, presentContact } from '../../../../core/services/reports/contact-about.js';
import { routeQuestion } from '../../../../core/services/answers/route-question.js';
import { ASKERS, CSP_MODELS, ISSUES } from '../../../../core/terms.js';

const ROOT = path.join(import.meta.dirname, '..', '..', '..', '..');
const CONTACTS = [
  { kind: 'customer-support', email: 'help@fabrikam.com', url: 'https://fabrikam.com/help' },
  { kind: 'engineering', email: 'sre@fabrikam.com' },
  { kind: 'csp-program', email: 'csp@fabrikam.com' },
] as const;
const LINKS = {
  support: 'https://fabrikam.com/support',
  status: 'https://status.fabrikam.com/',
  privacy: 'https://fabrikam.com/privacy',
} as const;
const PUBLISHER: Publisher = {
  id: 'fabrikam',
  name: 'Fabrikam',
  aliases: [],
  links: LINKS,
  contacts: CONTACTS,
};
const EMPTY = { ...PUBLISHER, id: 'empty', links: {}, contacts: [] };

function offer(id: string, publisherId: string, over: Partial<Offer> = {}): Offer {
  const lists = { aliases: [], categories: [], plans: [], links: {}, contacts: [] };
  return {
    id,
    publisherId,
    name: `Offer ${id}`,
    supportTier: 'publisher',
    hosting: 'saas',
    withdrawn: false,
    ...lists,
    ...over,
  };
}
const OFFERS = [
  offer('own', 'fabrikam', { contacts: [{ kind: 'customer-support', phone: '+14255550100' }] }),
  offer('page', 'fabrikam', { contacts: [{ kind: 'customer-support', url: 'https://fabrikam.com/page' }] }),
  offer('inherits', 'fabrikam'),
  offer('linked', 'empty', { links: LINKS }),
  offer('bare', 'empty'),
  offer('orphan', 'nobody', { contacts: CONTACTS }),
  offer('community', 'fabrikam', { supportTier: 'community' }),
  offer('microsoft', 'fabrikam', { supportTier: 'microsoft' }),
];
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map(OFFERS.map((one) => [one.id, one])),
  publishers: new Map([PUBLISHER, EMPTY].map((one) => [one.id, one])),
};

describe('the contact behind a stop of an answer', () => {
  let profile: PartnerProfile;
  before(async () => {
    const sample = await readProfile(path.join(ROOT, 'data', 'partner-profile.json'));
    const provider = {
      name: 'Northwind Distribution',
      desk: { name: 'Help', email: 'help@northwind.example' },
    };
    profile = { ...sample, provider };
  });

  it('has a key for each shown contact, and the key leads back to that contact', () => {
    const ways = new Set<string>();
    for (const model of CSP_MODELS)
      for (const asker of ASKERS)
        for (const issue of ISSUES)
          for (const offerId of [...DIRECTORY.offers.keys(), undefined]) {
            const partner = { ...profile, model };
            const { first, escalation } = routeQuestion({ asker, issue, offerId }, DIRECTORY, partner);
            for (const { step, contact, about } of [first, ...escalation]) {
              const what = `${model} ${asker} ${issue} ${String(offerId)} ${step.way}`;
              assert.equal(about === undefined, contact === undefined, what);
              if (!about) continue;
              ways.add(about.way);
              assert.equal(about.way, step.way, what);
              const present = presentContact(about, DIRECTORY, partner);
              assert.equal(present && contactMark(present), about.mark, what);
              assert.notEqual(ownerName(about.key, DIRECTORY, partner), '', what);
            }
          }
    const never = WAYS.filter((way) => !ways.has(way));
    const own = [
      'azure-portal-self',
      'own-administrator',
      'global-administrator',
      'other-partner',
      'agreement-partner',
    ];
    assert.deepEqual(never, ['azure-portal-purchase', ...own], 'the table leads every way somewhere');
  });

  it('is gone when its owner is gone, and an unknown key names no contact', () => {
    for (const key of ['offer:gone', 'publisher:gone', 'desk:gone', 'nobody', '', 'constructor:x'])
      for (const way of ['publisher-support', 'publisher-status', 'partner-desk'] as const)
        assert.equal(presentContact({ key, way }, DIRECTORY, profile), undefined, `${key} ${way}`);
    assert.equal(contactKindOf('partner-desk'), undefined);
  });
});
