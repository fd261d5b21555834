/** The bot asks only questions with an answer that can change the route. */
import assert from 'node:assert/strict';
import { OPEN_QUESTIONS, type OpenQuestion, type RouteFacts } from '../../../core/policy/decision.js';
import { offerChangesAnswer, openQuestions, withRefundWindow } from '../../../core/policy/open-questions.js';
import { decide } from '../../../core/policy/decide.js';
import { AGREEMENTS, ASKERS, ISSUES, PURCHASE_CHANNELS } from '../../../core/terms.js';
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

/** The values of each fact that a person may tell, and the facts that have them. */
const VALUES: Readonly<Record<OpenQuestion, (of: RouteFacts) => readonly RouteFacts[]>> = {
  channel: (of) => PURCHASE_CHANNELS.map((channel) => ({ ...of, channel })),
  agreement: (of) => AGREEMENTS.map((agreement) => ({ ...of, agreement })),
  hosting: (of) => (['saas', 'azure'] as const).map((hosting) => ({ ...of, hosting })),
  country: (of) => (['publisher', 'microsoft'] as const).map((taxBy) => ({ ...of, taxBy })),
  'refund-window': (of) =>
    of.issue === 'billing.refund' ? [of, { ...of, issue: 'billing.refund-late' }] : [of],
};

/** Party, first contact and steps of the answer, looked up once for the same facts. */
const seen = new Map<string, string>();
function answerOf(of: RouteFacts): string {
  const key = Object.values(of).join('|');
  const known = seen.get(key);
  if (known !== undefined) return known;
  const { responsible, first, escalation, ownSteps, tell } = decide(of);
  const answer = JSON.stringify([responsible, first, escalation, ownSteps, tell]);
  seen.set(key, answer);
  return answer;
}

describe('over every combination of facts', function () {
  for (const question of OPEN_QUESTIONS)
    it(`the bot asks for the ${question} exactly when two values lead to another party, contact or step`, () => {
      const others = new Set(OPEN_QUESTIONS.filter((one) => one !== question));
      const checked = new Set<string>();
      for (const each of allFacts()) {
        const [same = each] = VALUES[question](each);
        const key = Object.values(same).join('|');
        if (checked.has(key)) continue;
        checked.add(key);
        const differ = new Set(VALUES[question](each).map(answerOf)).size > 1;
        assert.equal(openQuestions(each, others).includes(question), differ, `${question}: ${key}`);
      }
    });

  it('the offer is needed exactly when another offer leads to another answer, or the answer sends to its publisher', () => {
    const known = new Set(OPEN_QUESTIONS);
    const groups = new Map<string, { of: RouteFacts; answers: Set<string>; sends: boolean }>();
    for (const each of allFacts()) {
      const key = Object.values({ ...each, supportTier: '', hosting: '', tier1: '' }).join('|');
      const group = groups.get(key) ?? { of: each, answers: new Set(), sends: false };
      const { responsible, first, escalation } = decide(each);
      const parties = [responsible, first.party, ...escalation.map(({ party }) => party)];
      group.answers.add(JSON.stringify([responsible, first, escalation]));
      group.sends ||= parties.includes('publisher') || parties.includes('community');
      groups.set(key, group);
    }
    for (const [key, { of, answers, sends }] of groups)
      assert.equal(offerChangesAnswer(of, known), sends || answers.size > 1, key);
  });
});

describe('the refund window', () => {
  it('turns a refund into a late refund when the window is closed, and changes no other issue', () => {
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), false).issue, 'billing.refund-late');
    assert.equal(withRefundWindow(facts({ issue: 'billing.refund' }), true).issue, 'billing.refund');
    assert.equal(withRefundWindow(facts({ issue: 'payment' }), false).issue, 'payment');
  });
});
