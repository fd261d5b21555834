/** Which questions are worth asking: only those whose answers change the route. */
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
    ...differs,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

describe('open questions', () => {
  it('ask a customer about a bill how it was bought, and nothing else', () => {
    assert.deepEqual(openQuestions(facts({}), NOTHING), ['channel']);
  });

  it('ask nothing that is known', () => {
    assert.deepEqual(openQuestions(facts({}), new Set(['channel'])), []);
  });

  it('ask a customer how it was bought before a technical problem too: without a partner the publisher comes first', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'technical' }), NOTHING), ['channel']);
    assert.deepEqual(openQuestions(facts({ issue: 'technical', asker: 'partner' }), NOTHING), []);
  });

  it('ask the channel exactly where another channel leads to another answer', () => {
    for (const issue of ISSUES) {
      for (const asker of ASKERS) {
        const answers = PURCHASE_CHANNELS.map((channel) => {
          const { responsible, first, escalation } = decide(
            facts({ issue, asker, channel, hosting: 'saas' }),
          );
          return JSON.stringify([responsible, first, escalation]);
        });
        const known = new Set(['hosting', 'refund-window', 'country']);
        const asked = openQuestions(facts({ issue, asker, hosting: 'saas' }), known);
        assert.equal(asked.includes('channel'), new Set(answers).size > 1, `${asker} ${issue}`);
      }
    }
  });

  it('ask for the country only about the tax of a direct purchase', () => {
    const tax = facts({ issue: 'billing.tax', channel: 'customer-direct' });
    assert.deepEqual(openQuestions(tax, new Set(['channel'])), ['country']);
    assert.deepEqual(openQuestions({ ...tax, channel: 'partner' }, new Set(['channel'])), []);
  });

  it('ask a customer of a Microsoft product how it was bought: a direct buyer may ask Microsoft itself', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'technical', supportTier: 'microsoft' }), NOTHING), [
      'channel',
    ]);
  });

  it('ask about hosting for deployment, and not when Microsoft supports the offer anyway', () => {
    const deployment = facts({ issue: 'provisioning-deployment', asker: 'partner' });
    assert.deepEqual(openQuestions(deployment, new Set(['channel'])), ['hosting']);
    assert.deepEqual(openQuestions({ ...deployment, supportTier: 'microsoft' }, new Set(['channel'])), []);
  });

  it('ask about the refund window for a refund only', () => {
    assert.deepEqual(openQuestions(facts({ issue: 'billing.refund' }), NOTHING), [
      'channel',
      'refund-window',
    ]);
    assert.deepEqual(openQuestions(facts({ issue: 'billing.refund-late' }), NOTHING), ['channel']);
  });

  it('ask a reseller’s staff nothing about a reconciliation file: it is its provider’s, however the offer was bought', () => {
    const bill = facts({ asker: 'partner', model: 'indirect-reseller', issue: 'billing.reconciliation' });
    assert.deepEqual(openQuestions(bill, NOTHING), []);
  });

  it('never ask what is known, for any facts', () => {
    const known = new Set(['channel', 'hosting', 'refund-window', 'country']);
    for (const each of allFacts()) assert.deepEqual(openQuestions(each, known), []);
  });
});

describe('the refund window', () => {
  it('turns a refund into a late refund once it is closed, and no other issue into anything', () => {
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), false).issue, 'billing.refund-late');
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), true).issue, 'billing.refund');
    assert.equal(withRefundWindow(facts({ issue: 'payment' }), false).issue, 'payment');
  });
});
