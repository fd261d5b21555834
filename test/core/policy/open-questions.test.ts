/** The bot asks only questions with an answer that can change the route. */
import assert from 'node:assert/strict';
import type { RouteFacts } from '../../../core/policy/decision.js';
import { openQuestions, withRefundWindow } from '../../../core/policy/open-questions.js';
import { decide } from '../../../core/policy/decide.js';
import { ASKERS, ISSUES, PURCHASE_CHANNELS } from '../../../core/terms.js';
import { allFacts } from '../../../core/policy/facts-space.js';

function facts(differs: Partial<RouteFacts>): RouteFacts {
  return {
    asker: 'customer',
    model: 'direct-bill',
    channel: 'partner',
    supportTier: 'publisher',
    hosting: 'unknown',
    issue: 'billing',
    tier1: 'partner',
    resellerKeeps: [],
    partnerHelps: false,
    taxBy: 'unknown',
    agreement: 'own',
    ...differs,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

describe('open questions', () => {
  it('ask a customer with a billing issue only for the purchase channel', () => {
    assert.deepEqual(openQuestions(facts({}), NOTHING), ['channel']);
  });

  it('ask for no known fact', () => {
    assert.deepEqual(openQuestions(facts({}), new Set(['channel'])), []);
  });

  it('ask a customer with a technical issue for the channel, because a direct buyer goes to the publisher first', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'technical' }), NOTHING), ['channel']);
    assert.deepEqual(openQuestions(facts({ issue: 'technical', asker: 'partner' }), NOTHING), []);
  });

  it('ask for the channel exactly when another channel leads to another answer', () => {
    for (const issue of ISSUES) {
      for (const asker of ASKERS) {
        const answers = PURCHASE_CHANNELS.map((channel) => {
          const { responsible, first, escalation } = decide(
            facts({ issue, asker, channel, hosting: 'saas' }),
          );
          return JSON.stringify([responsible, first, escalation]);
        });
        const known = new Set(['agreement', 'hosting', 'refund-window', 'country']);
        const asked = openQuestions(facts({ issue, asker, hosting: 'saas' }), known);
        assert.equal(asked.includes('channel'), new Set(answers).size > 1, `${asker} ${issue}`);
      }
    }
  });

  it('ask who bills a private offer, once it is known to be one', () => {
    const known = new Set(['channel']);
    const bill = facts({ channel: 'multiparty-private-offer' });
    assert.deepEqual(openQuestions(bill, known), ['agreement']);
    assert.deepEqual(openQuestions({ ...bill, asker: 'partner' }, known), ['agreement']);
    const resale = { ...bill, channel: 'resale-enabled-offer' } as const;
    assert.deepEqual(openQuestions(resale, known), []);
    assert.deepEqual(openQuestions({ ...resale, asker: 'partner' }, known), []);
    assert.deepEqual(openQuestions({ ...bill, issue: 'technical' }, known), []);
    assert.deepEqual(openQuestions({ ...bill, channel: 'customer-direct' }, known), []);
    assert.deepEqual(openQuestions(bill, NOTHING), ['channel']);
  });

  it('ask for the country only about the tax of a direct purchase', () => {
    const tax = facts({ issue: 'billing.tax', channel: 'customer-direct' });
    assert.deepEqual(openQuestions(tax, new Set(['channel'])), ['country']);
    assert.deepEqual(openQuestions({ ...tax, channel: 'partner' }, new Set(['channel'])), []);
  });

  it('ask a customer of a Microsoft product for the channel, because a direct buyer may ask Microsoft', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'technical', supportTier: 'microsoft' }), NOTHING), [
      'channel',
    ]);
  });

  it('ask for the hosting in a deployment issue, unless Microsoft supports the offer', () => {
    const deployment = facts({ issue: 'provisioning-deployment', asker: 'partner' });
    assert.deepEqual(openQuestions(deployment, new Set(['channel'])), ['hosting']);
    assert.deepEqual(openQuestions({ ...deployment, supportTier: 'microsoft' }, new Set(['channel'])), []);
  });

  it('ask for the refund window only in a refund issue', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'billing.refund' }), NOTHING), [
      'channel',
      'refund-window',
    ]);
    assert.deepEqual(openQuestions(facts({ issue: 'billing.refund-late' }), NOTHING), ['channel']);
  });

  it('ask the staff of a reseller nothing about a reconciliation file, because the provider always answers', () => {
    const bill = facts({ asker: 'partner', model: 'indirect-reseller', issue: 'billing.reconciliation' });
    assert.deepEqual(openQuestions(bill, NOTHING), []);
  });

  it('never ask for a known fact, for any facts', () => {
    const known = new Set(['channel', 'agreement', 'hosting', 'refund-window', 'country']);
    for (const each of allFacts()) assert.deepEqual(openQuestions(each, known), []);
  });
});

describe('the refund window', () => {
  it('turns a refund into a late refund when the window is closed, and changes no other issue', () => {
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), false).issue, 'billing.refund-late');
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), true).issue, 'billing.refund');
    assert.equal(withRefundWindow(facts({ issue: 'payment' }), false).issue, 'payment');
  });
});
