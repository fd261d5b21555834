/** The answer to one question: the decision together with the contacts that the reader may see. */
import assert from 'node:assert/strict';
import { contactMark } from '../../../../core/directory/correction.js';
import type { PartnerProfile } from '../../../../core/directory/profile.js';
import type { Contact, Directory, Offer, Publisher } from '../../../../core/directory/types.js';
import type { Answer } from '../../../../core/services/answers/answer.js';
import { questionsToAsk, routeFacts } from '../../../../core/services/answers/route-facts.js';
import { routeQuestion, type RouteQuestion } from '../../../../core/services/answers/route-question.js';
import { presentContact } from '../../../../core/services/reports/contact-about.js';
import {
  CONTACT_KINDS,
  CSP_MODELS,
  ISSUES,
  PRIVATE_OFFER_CHANNELS,
  PURCHASE_CHANNELS,
  SUPPORT_TIERS,
  type Language,
} from '../../../../core/terms.js';
import { offerOf, publisherOf } from '../../../helpers/directory-builders.js';

function contact(kind: Contact['kind'], url?: string): Contact {
  const shared = {
    kind,
    name: `hidden-name-${kind}`,
    email: `hidden-${kind}@fabrikam.example`,
    phone: `hidden-phone-${kind}`,
  };
  return { ...shared, upn: `hidden-upn-${kind}@fabrikam.example`, ...(url && { url }) };
}

function offer(id: string, differs: Partial<Offer> = {}): Offer {
  return offerOf({
    id,
    publisherId: 'fabrikam',
    name: 'Fabrikam Vault',
    links: { documentation: 'https://hidden-docs.example/', marketing: 'https://hidden-marketing.example/' },
    contacts: CONTACT_KINDS.map((kind) =>
      kind === 'customer-support'
        ? contact(kind, 'https://fabrikam.example/support')
        : contact(kind, `https://hidden-url-${kind}.example/`),
    ),
    ...differs,
  });
}

const FABRIKAM: Publisher = publisherOf({ id: 'fabrikam', name: 'Fabrikam' });
const OFFERS = [
  offer('fabrikam.vault'),
  offer('fabrikam.silent', { contacts: [], links: {} }),
  offer('fabrikam.status', {
    links: { status: 'https://status.fabrikam.example/', privacy: 'https://fabrikam.example/privacy' },
  }),
  offer('fabrikam.sentinel', { supportTier: 'microsoft', hosting: 'azure' }),
  offer('fabrikam.open', { supportTier: 'community', links: { support: 'https://forum.example/vault' } }),
  offer('fabrikam.somewhere', { hosting: 'unknown' }),
  offer('fabrikam.withdrawn', { withdrawn: true }),
];
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map(OFFERS.map((each) => [each.id, each])),
  publishers: new Map([[FABRIKAM.id, FABRIKAM]]),
};

function profile(differs: Partial<PartnerProfile> = {}): PartnerProfile {
  return {
    name: 'Contoso Cloud',
    model: 'direct-bill',
    tenantIds: ['hidden-tenant'],
    tier1: 'partner',
    resellerKeeps: ['billing', 'technical'],
    desks: {
      billing: { name: 'Billing desk', email: 'billing@contoso.example', hours: 'Mon–Fri 9–17' },
      technical: { name: 'Service desk', phone: '+1 425 555 0100' },
    },
    customerMaySee: { supportEmail: false, supportPhone: false, documentation: false },
    overrides: {},
    ...differs,
  };
}

const RESELLER = profile({
  model: 'indirect-reseller',
  resellerKeeps: [],
  provider: { name: 'hidden-provider', desk: { name: 'hidden-desk', email: 'hidden@tailspin.example' } },
});

function ask(question: Partial<RouteQuestion>, of: PartnerProfile = profile()): Answer {
  return routeQuestion(
    { asker: 'customer', issue: 'technical', offerId: 'fabrikam.vault', ...question },
    DIRECTORY,
    of,
  );
}

const ways = (answer: Answer) => [answer.first, ...answer.escalation].map((shown) => shown.step.way);

describe('routing a question', () => {
  it('names the desk of the partner by the issue: billing for the bill, technical for the product', () => {
    assert.deepEqual(ask({ issue: 'billing' }).first.contact, profile().desks.billing);
    assert.deepEqual(ask({ issue: 'technical' }).first.contact, profile().desks.technical);
  });

  it('names the responsible party and the first contact by their own names', () => {
    const answer = ask({});
    assert.equal(answer.responsibleName, 'Fabrikam');
    assert.equal(answer.first.partyName, 'Contoso Cloud');
    assert.equal(answer.escalation[0]?.partyName, 'Fabrikam');
    assert.equal(answer.offer?.publisherName, 'Fabrikam');
    assert.equal(ask({ issue: 'billing', asker: 'partner' }).responsibleName, 'Microsoft');
  });

  it('gives the address of each way to Microsoft', () => {
    const answer = ask({ asker: 'partner', issue: 'billing' });
    assert.equal(answer.first.contact?.url, 'https://partner.microsoft.com/dashboard/v2/support/');
  });

  it('gives partner staff the whole contact of the publisher', () => {
    const answer = ask({ asker: 'partner' });
    assert.deepEqual(ways(answer), ['publisher-support', 'publisher-engineering', 'publisher-csp-program']);
    assert.equal(answer.escalation[0]?.contact?.email, 'hidden-engineering@fabrikam.example');
    assert.equal(answer.links.marketing, 'https://hidden-marketing.example/');
  });

  it('says when no contact is on file, and when the customer must go through the partner', () => {
    assert.equal(ask({ asker: 'partner', offerId: 'fabrikam.silent' }).first.missing, 'none-on-file');
    const unlisted = offer('fabrikam.unlisted', { contacts: [contact('customer-support')] });
    const directory = { ...DIRECTORY, offers: new Map([[unlisted.id, unlisted]]) };
    const answer = routeQuestion(
      { asker: 'customer', issue: 'technical', offerId: unlisted.id },
      directory,
      profile(),
    );
    assert.equal(answer.escalation[0]?.missing, 'via-partner');
    assert.equal(answer.escalation[0]?.contact, undefined);
  });

  it('says when the partner has not given its desk yet', () => {
    const bare = profile({ desks: { billing: { name: 'Billing' }, technical: { name: 'Support' } } });
    assert.equal(ask({ issue: 'billing' }, bare).first.missing, 'none-on-file');
  });

  it('leaves out a missing status page, and starts with a status page that exists', () => {
    assert.deepEqual(ways(ask({ asker: 'partner', issue: 'outage' })), [
      'publisher-support',
      'publisher-engineering',
    ]);
    const answer = ask({ asker: 'partner', issue: 'outage', offerId: 'fabrikam.status' });
    assert.equal(answer.first.step.way, 'publisher-status');
    assert.equal(answer.first.contact?.url, 'https://status.fabrikam.example/');
  });

  it('sends the asker to the forum when the community supports the offer', () => {
    const answer = ask({ asker: 'partner', offerId: 'fabrikam.open' });
    assert.equal(answer.first.step.way, 'community-forum');
    assert.equal(answer.first.contact?.url, 'https://forum.example/vault');
    assert.equal(answer.responsibleName, '');
  });

  it('answers by the issue alone when the offer is not known', () => {
    for (const offerId of [undefined, 'nobody.knows']) {
      const answer = ask({ asker: 'partner', offerId });
      assert.equal(answer.offer, undefined);
      assert.equal(answer.decision.responsible, 'publisher');
      assert.equal(answer.first.missing, 'unknown-offer');
      assert.equal(answer.first.partyName, '');
      assert.deepEqual(answer.links, {});
    }
  });

  it('says when an offer was withdrawn', () => {
    assert.equal(ask({ offerId: 'fabrikam.withdrawn' }).offer?.withdrawn, true);
  });

  it('gives the staff of a reseller the provider’s desk, and its customers only the partner’s desk', () => {
    const staff = ask({ asker: 'partner', issue: 'billing' }, RESELLER);
    assert.equal(staff.first.contact?.email, 'hidden@tailspin.example');
    assert.equal(staff.providerName, 'hidden-provider');
    const customer = ask({ issue: 'billing' }, RESELLER);
    assert.deepEqual(ways(customer), ['partner-desk', 'provider-desk']);
    assert.equal(customer.escalation[0]?.missing, 'via-partner');
    assert.equal(customer.providerName, undefined);
  });

  it('follows an override of the first tier, by offer and by publisher', () => {
    const byPublisher = profile({ overrides: { fabrikam: { tier1: 'publisher' } } });
    assert.equal(ask({}, byPublisher).first.step.way, 'publisher-support');
    const byOffer = profile({
      overrides: { fabrikam: { tier1: 'publisher' }, 'fabrikam.vault': { tier1: 'partner' } },
    });
    assert.equal(ask({}, byOffer).first.step.way, 'partner-desk');
  });
});

describe('finding the facts of a question', () => {
  it('takes the facts from the offer when it is known, and otherwise from the asker', () => {
    const facts = (question: Partial<RouteQuestion>) =>
      routeFacts({ asker: 'customer', issue: 'provisioning-deployment', ...question }, DIRECTORY, profile());
    assert.equal(facts({ offerId: 'fabrikam.sentinel' }).supportTier, 'microsoft');
    assert.equal(facts({ offerId: 'fabrikam.sentinel', hosting: 'saas' }).hosting, 'azure');
    assert.equal(facts({ offerId: 'fabrikam.somewhere', hosting: 'azure' }).hosting, 'azure');
    assert.equal(facts({ supportTier: 'microsoft' }).supportTier, 'microsoft');
    assert.equal(facts({}).channel, 'partner');
  });

  it('turns a refund into a late refund when the refund window has closed', () => {
    assert.equal(
      ask({ issue: 'billing.refund', refundWindowOpen: false }).facts.issue,
      'billing.refund-late',
    );
    assert.equal(ask({ issue: 'billing.refund', refundWindowOpen: true }).facts.issue, 'billing.refund');
  });

  it('asks for a fact only when neither the directory nor the asker gave the fact', () => {
    const open = (question: Partial<RouteQuestion>) =>
      questionsToAsk(
        { asker: 'partner', issue: 'provisioning-deployment', ...question },
        DIRECTORY,
        profile(),
      );
    assert.deepEqual(open({ offerId: 'fabrikam.somewhere' }), ['channel', 'hosting']);
    assert.deepEqual(open({ offerId: 'fabrikam.somewhere', channel: 'partner', hosting: 'unknown' }), []);
    assert.deepEqual(open({ offerId: 'fabrikam.vault', channel: 'partner' }), []);
    assert.deepEqual(open({ offerId: 'fabrikam.sentinel', channel: 'partner' }), []);
  });
});

describe('the data of an answer', () => {
  it('contains nothing hidden from customers, for any issue, offer, model and purchase channel', () => {
    const of = [profile(), profile({ tier1: 'publisher' }), RESELLER];
    for (const issue of ISSUES) {
      for (const each of OFFERS.map(({ id }) => id)) {
        for (const channel of PURCHASE_CHANNELS) {
          for (const partner of of) {
            const bytes = JSON.stringify(ask({ issue, offerId: each, channel }, partner));
            assert.ok(!bytes.includes('hidden'), `${issue} ${each} ${channel} ${bytes}`);
          }
        }
      }
    }
  });

  it('contains the e-mail when customers may see it, so the test above can fail', () => {
    const open = profile({
      customerMaySee: { supportEmail: true, supportPhone: false, documentation: false },
    });
    const bytes = JSON.stringify(ask({}, open));
    assert.ok(bytes.includes('hidden-customer-support@fabrikam.example'));
    assert.ok(!bytes.includes('hidden-phone'));
  });

  it('shows a publisher all contacts of its own offers, and none of another publisher’s offers', () => {
    for (const issue of ISSUES) {
      const other = JSON.stringify(ask({ asker: 'publisher', publisherId: 'tailspin', issue }));
      assert.ok(!other.includes('hidden'), `${issue} ${other}`);
    }
    const own = JSON.stringify(ask({ asker: 'publisher', publisherId: 'fabrikam' }));
    assert.ok(own.includes('hidden-customer-support@fabrikam.example'));
  });
});

describe('every answer', () => {
  it('has a usable first stop or says why not, for any model, tier and issue', () => {
    for (const issue of ISSUES) {
      for (const model of CSP_MODELS) {
        for (const supportTier of SUPPORT_TIERS) {
          for (const asker of ['customer', 'partner', 'publisher'] as const) {
            const answer = ask({ asker, issue, offerId: undefined, supportTier }, profile({ model }));
            assert.ok(
              answer.first.contact ?? answer.first.missing,
              `${asker} ${issue} ${model} ${supportTier}`,
            );
          }
        }
      }
    }
  });
});

describe('the assumed purchase channel', () => {
  const ask = (question: Partial<RouteQuestion>, differs: Partial<PartnerProfile> = {}) =>
    routeQuestion(
      { asker: 'customer', issue: 'technical', offerId: 'fabrikam.vault', ...question },
      DIRECTORY,
      profile(differs),
    );
  const asks = (question: Partial<RouteQuestion>, differs: Partial<PartnerProfile> = {}) =>
    questionsToAsk(
      { asker: 'customer', issue: 'billing', offerId: 'fabrikam.vault', ...question },
      DIRECTORY,
      profile(differs),
    );

  it('is stated when the asker named no channel and another channel leads to another answer', () => {
    assert.equal(ask({}).assumed, 'partner');
    assert.equal(ask({ channel: 'unknown' }).assumed, 'partner');
  });

  it('is not stated when the asker named the channel, or when every channel leads to the same answer', () => {
    assert.equal(ask({ channel: 'partner' }).assumed, undefined);
    assert.equal(ask({ asker: 'partner', issue: 'technical' }).assumed, undefined);
  });

  it('equals the usual channel of the partner', () => {
    const answer = ask({ issue: 'billing' }, { usualChannel: 'customer-direct' });
    assert.equal(answer.assumed, 'customer-direct');
    assert.equal(answer.facts.channel, 'customer-direct');
  });

  it('replaces the question about a bill only when the partner has a usual channel', () => {
    assert.deepEqual(asks({}), ['channel']);
    assert.deepEqual(asks({}, { usualChannel: 'partner' }), []);
    assert.deepEqual(asks({ asksChannel: true }, { usualChannel: 'partner' }), ['channel']);
  });

  it('is asked or stated exactly when two channels lead to different answers', () => {
    for (const asker of ['customer', 'partner'] as const)
      for (const issue of ISSUES) {
        const question = { asker, issue, hosting: 'saas', refundWindowOpen: true, country: 'DE' } as const;
        const usual = { usualChannel: 'partner' } as const;
        const answers = PURCHASE_CHANNELS.map((channel) => {
          const { decision } = ask({ ...question, channel }, usual);
          return JSON.stringify([decision.responsible, decision.first, decision.escalation]);
        });
        const isAsked = asks(question, usual).includes('channel');
        const isStated = ask(question, usual).assumed !== undefined;
        assert.equal(isAsked || isStated, new Set(answers).size > 1, `${asker} ${issue}`);
      }
  });

  it('is neither asked nor stated among channels that lead to the same answer', () => {
    const staff = { asker: 'partner', issue: 'technical', channelAmong: PRIVATE_OFFER_CHANNELS } as const;
    assert.deepEqual(asks(staff), []);
    assert.equal(ask(staff).assumed, undefined);
    const bill = { issue: 'billing', channelAmong: PRIVATE_OFFER_CHANNELS } as const;
    assert.deepEqual(asks(bill, { usualChannel: 'partner' }), ['channel']);
  });

  it('never replaces the question about a refund or a private offer', () => {
    for (const issue of ['billing.refund', 'purchase-transaction.private-offer'] as const)
      assert.ok(asks({ issue }, { usualChannel: 'partner' }).includes('channel'), issue);
  });
});

describe('an answer in the reader’s language', () => {
  const offers = new Map(DIRECTORY.offers);
  offers.set('fabrikam.vault', offer('fabrikam.vault', { inLanguages: { de: { name: 'Fabrikam Tresor' } } }));
  const named = { ...DIRECTORY, offers };
  const inLanguages = {
    de: {
      name: 'Contoso Wolke',
      providerName: 'shown-provider',
      desks: { billing: 'Rechnungsstelle', provider: 'shown-desk' },
    },
  } as const;
  const answer = (question: Partial<RouteQuestion>, of: PartnerProfile, language?: Language): Answer =>
    routeQuestion(
      { asker: 'customer', issue: 'billing', offerId: 'fabrikam.vault', ...question },
      named,
      { ...of, inLanguages },
      { ...(language && { language }) },
    );

  it('has the names of the offer, the partner and its desk, with their own addresses', () => {
    const { offer: shown, partnerName, first } = answer({}, profile(), 'de');
    assert.equal(shown?.name, 'Fabrikam Tresor');
    assert.equal(partnerName, 'Contoso Wolke');
    assert.equal(first.partyName, 'Contoso Wolke');
    assert.deepEqual(first.contact, { ...profile().desks.billing, name: 'Rechnungsstelle' });
  });

  it('has the plain names in a language without names, and without a language', () => {
    for (const language of ['fr', undefined] as const) {
      const { offer: shown, partnerName, first } = answer({}, profile(), language);
      assert.deepEqual(
        [shown?.name, partnerName, first.contact?.name],
        ['Fabrikam Vault', 'Contoso Cloud', 'Billing desk'],
      );
    }
  });

  it('names an indirect provider in the language for staff alone, and hides it from customers', () => {
    const staff = JSON.stringify(answer({ asker: 'partner' }, RESELLER, 'de'));
    assert.match(staff, /shown-provider/);
    assert.match(staff, /shown-desk/);
    assert.doesNotMatch(staff, /hidden-provider/);
    for (const shared of [false, true])
      assert.doesNotMatch(
        JSON.stringify(answer({ shared }, RESELLER, 'de')),
        /shown-(?:provider|desk)|hidden/,
      );
  });

  it('differs from the plain answer in names alone', () => {
    const plainly = (text: string) =>
      text
        .replaceAll('Fabrikam Tresor', 'Fabrikam Vault')
        .replaceAll('Contoso Wolke', 'Contoso Cloud')
        .replaceAll('Rechnungsstelle', 'Billing desk')
        .replaceAll('shown-', 'hidden-');
    for (const asker of ['customer', 'partner', 'publisher'] as const)
      for (const of of [profile(), RESELLER])
        for (const issue of ISSUES) {
          const shown = JSON.stringify(answer({ asker, issue }, of, 'de'));
          assert.equal(plainly(shown), JSON.stringify(answer({ asker, issue }, of)), `${asker} ${issue}`);
        }
  });

  it('keeps the mark of each contact, so that a report of a wrong contact is accepted', () => {
    const own = { ...profile(), inLanguages };
    for (const issue of ['billing', 'technical'] as const) {
      const { about } = answer({ issue }, profile(), 'de').first;
      assert.ok(about);
      const present = presentContact(about, named, own);
      assert.equal(present && contactMark(present), about.mark);
    }
  });
});
