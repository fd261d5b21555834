/** Cards for staff, recipients and reporters: each has the names in its reader's language. */
import assert from 'node:assert/strict';
import { NO_PROFILE, type PartnerProfile } from '../../core/directory/profile.js';
import type { Directory } from '../../core/directory/types.js';
import { asked } from '../../core/handover/life.js';
import type { HandoverTopic, StaffChannel } from '../../core/handover/types.js';
import type { ContactReport } from '../../core/services/reports/report-contact.js';
import type { Language } from '../../core/terms.js';
import type { HandoverServices } from '../../dialogs/handover/handover-services.js';
import { staffCard, visitorCard } from '../../dialogs/handover/handover-view.js';
import { outageData } from '../../dialogs/outages/outage-view.js';
import { suggestions } from '../../dialogs/question/start.js';
import { reportedContact, thanksOf } from '../../dialogs/reports/report-view.js';
import { directoryFor, profileFor, type DeskServices } from '../../dialogs/shared/services.js';
import type { Turn } from '../../dialogs/shared/turn.js';
import { NOW, testSigner } from '../helpers/card-fixtures.js';
import { offerOf, publisherOf } from '../helpers/directory-builders.js';
import { topic, visitor } from '../helpers/handover-views.js';
import { affects, incident } from '../helpers/incidents.js';

const PROFILE: PartnerProfile = {
  ...NO_PROFILE,
  name: 'Contoso Cloud',
  languages: ['en', 'de', 'fr'],
  desks: {
    billing: { name: 'Billing desk', email: 'billing@contoso.example' },
    technical: { name: 'Support desk', email: 'support@contoso.example' },
  },
  inLanguages: { de: { name: 'Contoso Wolke', desks: { billing: 'Rechnungsstelle' } } },
};
const VAULT = offerOf({
  id: 'fabrikam.vault',
  publisherId: 'fabrikam',
  name: 'Fabrikam Vault',
  inLanguages: { de: { name: 'Fabrikam Tresor' } },
});
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map([
    ['litware.ledger', offerOf({ id: 'litware.ledger', publisherId: 'litware', name: 'Litware Ledger' })],
    [VAULT.id, VAULT],
  ]),
  publishers: new Map([['fabrikam', publisherOf({ id: 'fabrikam', name: 'Fabrikam' })]]),
};
const services = {
  view: () => ({ directory: DIRECTORY }),
  profile: () => PROFILE,
  signer: testSigner,
  now: () => NOW,
} as unknown as DeskServices;

describe('what a reader of a language sees', () => {
  it('is made from the present directory and profile', () => {
    assert.equal(directoryFor(services, 'de').offers.get(VAULT.id)?.name, 'Fabrikam Tresor');
    assert.equal(profileFor(services, 'de').desks.billing.name, 'Rechnungsstelle');
    assert.equal(directoryFor(services, 'fr'), DIRECTORY);
    assert.equal(profileFor(services, 'fr'), PROFILE);
  });

  it('begins with offers that have a name in the language', () => {
    const first = (language: Language) =>
      suggestions({ asker: 'customer', host: 'web', language } as Turn, DIRECTORY)[0]?.name;
    assert.equal(first('de'), 'Fabrikam Tresor');
    assert.equal(first('fr'), 'Litware Ledger');
  });
});

describe('the cards of a hand-over', () => {
  const handovers = {
    handoverDeps: {
      store: { tail: () => Promise.resolve({ entries: [], stuck: { visitor: 0, staff: 0 } }) },
    },
    people: { namesOf: () => Promise.resolve(() => undefined) },
    staffChannel: () => undefined,
    keepDays: 30,
  } as unknown as HandoverServices;
  const of = (over: Partial<HandoverTopic>, language: Language = 'en') =>
    asked(
      'h-1',
      { ...visitor, language },
      {
        ...topic(),
        offerId: VAULT.id,
        offerName: 'Fabrikam Vault',
        responsible: { party: 'partner', name: 'Contoso Cloud' },
        named: [{ party: 'publisher', name: 'Fabrikam' }],
        ...over,
      },
      NOW,
    );
  const staff = async (language: Language, over: Partial<HandoverTopic> = {}) => {
    const channel: Pick<StaffChannel, 'kind' | 'language' | 'zone'> = {
      kind: 'channel',
      language,
      zone: 'UTC',
    };
    return (await staffCard(of(over), channel, services, handovers)).text;
  };

  it('have the names in the language of the staff’s channel, whatever the visitor’s language is', async () => {
    const german = await staff('de');
    assert.match(german, /Fabrikam Tresor/);
    assert.match(german, /Contoso Wolke/);
    assert.doesNotMatch(german, /Fabrikam Vault|Contoso Cloud/);
    for (const language of ['en', 'fr'] as const) {
      const plain = await staff(language);
      assert.match(plain, /Fabrikam Vault/);
      assert.doesNotMatch(plain, /Tresor|Wolke/);
    }
  });

  it('keep a stored name that is no longer the present one', async () => {
    const told = await staff('de', {
      offerName: 'Fabrikam Safe',
      responsible: { party: 'partner', name: 'Northwind Cloud' },
    });
    assert.match(told, /Fabrikam Safe/);
    assert.match(told, /Northwind Cloud/);
    const { offerId: _, ...older } = of({}).topic;
    assert.match(await staff('de', { ...older, offerId: undefined }), /Fabrikam Vault/);
  });

  it('have the partner’s name in the visitor’s language', async () => {
    const shown = async (language: Language) =>
      (await visitorCard(of({}, language), services, handovers)).text;
    assert.match(await shown('de'), /Contoso Wolke/);
    assert.match(await shown('fr'), /Contoso Cloud/);
  });
});

describe('the card of an outage', () => {
  it('has the names in the recipient’s language', () => {
    const down = incident({ affected: affects({ offers: [VAULT.id] }) });
    const shown = (language: Language) => {
      const { names, answer } = outageData(down, services, {
        asker: 'partner',
        shared: false,
        subscribed: false,
        zone: 'UTC',
        language,
        person: (id) => id,
        actions: false,
      });
      return [names.offer(VAULT.id), answer?.offer?.name, answer?.partnerName, names.offer('unknown')];
    };
    assert.deepEqual(shown('de'), ['Fabrikam Tresor', 'Fabrikam Tresor', 'Contoso Wolke', 'unknown']);
    assert.deepEqual(shown('fr'), ['Fabrikam Vault', 'Fabrikam Vault', 'Contoso Cloud', 'unknown']);
  });
});

describe('a report of a wrong contact', () => {
  const about = { key: `offer:${VAULT.id}`, way: 'publisher-support', mark: '-' } as const;
  const report = {
    id: 'r-1',
    at: NOW,
    about,
    reason: 'left',
    note: '',
    reporter: {},
  } as unknown as ContactReport;

  it('thanks the reporter with the name that the reporter knows', () => {
    const name = (language: Language) => {
      const settlement = { kind: 'changed', at: NOW, by: '', note: '' } as const;
      return thanksOf(report, settlement, services, language).name;
    };
    assert.equal(name('de'), 'Fabrikam Tresor');
    assert.equal(name('fr'), 'Fabrikam Vault');
  });

  it('has the plain name for administrators, whose form edits it', () => {
    assert.equal(reportedContact(about, [report], services).name, 'Fabrikam Vault');
    const desk = { key: 'desk:billing', way: 'partner-desk', mark: '' } as const;
    assert.equal(reportedContact(desk, [], services).contact?.name, 'Billing desk');
  });
});
