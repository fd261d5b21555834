/** Question cards: the choices for each asker, and their number. */
import assert from 'node:assert/strict';
import { decodeAction } from '../../../cards/kit/actions.js';
import { issueMenu, topicsOf } from '../../../cards/choices/issue-menu.js';
import type { CardAction } from '../../../cards/kit/action-table.js';
import type { RenderContext, RenderedCard } from '../../../cards/kit/types.js';
import { askBackCard, issueChoicesCard } from '../../../cards/choices/issue-cards.js';
import { channelCard } from '../../../cards/choices/fact-cards.js';
import { noOfferCard, offerChoicesCard, publisherChoicesCard } from '../../../cards/choices/offer-cards.js';
import { usedCard } from '../../../cards/kit/notice-card.js';
import { welcomeCard } from '../../../cards/choices/greeting-cards.js';
import { ASKERS, ISSUE_KINDS, ISSUES, kindOf } from '../../../core/terms.js';
import { cardContext, testSigner } from '../../helpers/card-fixtures.js';
import { actionsOf } from '../../helpers/card-lint.js';

function clicks(rendered: RenderedCard): readonly CardAction[] {
  return actionsOf(rendered.card)
    .filter((action) => action.type === 'Action.Submit')
    .map((action) => decodeAction(action.data, testSigner))
    .flatMap((click) => (click.kind === 'action' ? [click.action] : []));
}
const clicksOf = <V extends CardAction['verb']>(rendered: RenderedCard, verb: V) =>
  clicks(rendered).filter((action): action is Extract<CardAction, { verb: V }> => action.verb === verb);

const offers = Array.from({ length: 12 }, (_, at) => ({
  offerId: `fabrikam.offer-${at}`,
  name: `Fabrikam Offer ${at}`,
  publisherName: 'Fabrikam',
}));

describe('the offer question', () => {
  it('shows at most five offers, “None of these”, and the number of further offers', () => {
    const card = offerChoicesCard({ query: 'Fabrikam', offers, total: 30 }, cardContext());
    assert.deepEqual(
      clicksOf(card, 'choose-offer').map((action) => action.offerId),
      offers.slice(0, 5).map((offer) => offer.offerId),
    );
    assert.equal(clicksOf(card, 'offer-none').length, 1);
    assert.match(card.text, /25 more are not shown/);
    assert.match(card.text, /5\. Fabrikam Offer 4 – by Fabrikam/);
  });

  it('shows at most five publishers', () => {
    const publishers = Array.from({ length: 9 }, (_, at) => ({
      publisherId: `p${at}`,
      name: `Publisher ${at}`,
    }));
    const card = publisherChoicesCard({ query: 'pub', publishers }, cardContext());
    assert.equal(clicksOf(card, 'choose-publisher').length, 5);
    assert.match(card.text, /4 more are not shown/);
  });

  it('shows the three nearest offers for an unknown name, and the button to request the offer', () => {
    const card = noOfferCard({ query: 'Fabricam', nearest: offers }, cardContext());
    assert.equal(clicksOf(card, 'choose-offer').length, 3);
    assert.equal(clicksOf(card, 'request-offer').length, 1);
    assert.equal(clicksOf(card, 'offer-none').length, 1);
    assert.match(card.text, /“Fabricam”/);
  });

  it('labels an offer without a name by its id', () => {
    const card = offerChoicesCard(
      { query: 'x', offers: [{ offerId: 'a.b', name: ' ', publisherName: '' }] },
      cardContext(),
    );
    assert.match(card.text, /1\. a\.b/);
  });
});

describe('the issue question', () => {
  it('lets every asker reach each of the asker’s issues exactly once', () => {
    for (const asker of ASKERS) {
      const kinds = issueMenu(asker).flatMap((group) => group.kinds);
      assert.equal(new Set(kinds).size, kinds.length);
      const reached = kinds.flatMap((kind) => topicsOf(kind, asker));
      assert.equal(new Set(reached).size, reached.length);
      for (const issue of reached) assert.ok(ISSUES.includes(issue));
      assert.ok(kinds.includes('other'));
    }
  });

  it('offers partner staff every issue except publishing', () => {
    const kinds = issueMenu('partner').flatMap((group) => group.kinds);
    assert.deepEqual(
      ISSUE_KINDS.filter((kind) => !kinds.includes(kind)),
      ['offer-onboarding'],
    );
    const reached = kinds.flatMap((kind) => topicsOf(kind, 'partner'));
    assert.deepEqual(ISSUES.filter((issue) => !reached.includes(issue)).map(kindOf), [
      'offer-onboarding',
      'offer-onboarding',
      'offer-onboarding',
    ]);
  });

  it('does not ask a customer about the partner’s own dealings with Microsoft', () => {
    const reached = issueMenu('customer').flatMap((group) =>
      group.kinds.flatMap((kind) => topicsOf(kind, 'customer')),
    );
    for (const issue of [
      'billing.reconciliation',
      'contract-legal.csp-program',
      'offer-onboarding',
    ] as const) {
      assert.ok(!reached.includes(issue), issue);
    }
  });

  it('shows a publisher the publishing issues first', () => {
    assert.equal(issueMenu('publisher')[0]?.group, 'publishing');
  });

  it('opens the topics of a kind with topics, and answers at once for a kind without topics', () => {
    const card = issueChoicesCard({}, cardContext({ asker: 'customer' }));
    assert.ok(clicksOf(card, 'choose-group').some((action) => action.kind === 'billing'));
    assert.ok(clicksOf(card, 'choose-issue').some((action) => action.issue === 'technical'));
    for (const { kind } of clicksOf(card, 'choose-group'))
      assert.ok(topicsOf(kind, 'customer').length > 1, kind);
  });

  it('asks back with at most five different issues and a button to all issues', () => {
    const card = askBackCard(
      { issues: ['billing', 'billing', 'payment', 'sla', 'outage', 'technical', 'other'] },
      cardContext(),
    );
    assert.deepEqual(
      clicksOf(card, 'choose-issue').map((action) => action.issue),
      ['billing', 'payment', 'sla', 'outage', 'technical'],
    );
    assert.deepEqual(
      clicksOf(card, 'change').map((action) => action.what),
      ['issue'],
    );
  });
});

describe('the other cards', () => {
  it('ask a customer about "our partner" and staff about "the customer"', () => {
    const ask = (ctx: RenderContext) => channelCard({}, ctx).text;
    assert.match(ask(cardContext({ asker: 'customer' })), /Our partner bought it for us/);
    assert.match(ask(cardContext()), /We bought it for the customer/);
  });

  it('greet with the partner’s name, examples of its own offers and the other languages', () => {
    const card = welcomeCard(
      { partnerName: 'Northwind Cloud', offerNames: ['Contoso Backup'] },
      cardContext(),
    );
    assert.match(card.text, /Northwind Cloud/);
    assert.match(card.text, /Contoso Backup/);
    assert.deepEqual(
      clicksOf(card, 'language').map((action) => action.language),
      ['zh-Hant'],
    );
  });

  it('show a clicked card without buttons, with the choice', () => {
    const card = usedCard({ action: { verb: 'answer-hosting', hosting: 'azure' } }, cardContext());
    assert.deepEqual(actionsOf(card.card), []);
    assert.equal(card.text, 'You chose: In the customer’s Azure subscription');
  });
});
