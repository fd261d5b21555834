/** For every combination of facts: exactly one answer, a rule that fits, and the laws of the route. */
import assert from 'node:assert/strict';
import { decide, explain } from '../../../core/policy/decide.js';
import type { Decision, RouteFacts, RouteStep } from '../../../core/policy/decision.js';
import { MODIFIERS } from '../../../core/policy/modifiers.js';
import { RULES } from '../../../core/policy/rules.js';
import { OWN_STEPS } from '../../../core/policy/own-steps.js';
import {
  ASKERS,
  CSP_MODELS,
  HOSTINGS,
  ISSUES,
  PURCHASE_CHANNELS,
  SUPPORT_TIERS,
  TAX_HANDLERS,
  type ResellerDuty,
} from '../../../core/terms.js';

const KEEPS: readonly (readonly ResellerDuty[])[] = [
  [],
  ['billing'],
  ['technical'],
  ['billing', 'technical'],
];
const WITHOUT: readonly string[] = [
  'customer-direct',
  'indirect-enterprise-agreement',
  'publisher-private-offer',
];
/** Issues of the partner's own business with Microsoft, for any purchase. */
const OWN_BUSINESS: readonly string[] = [
  'billing.reconciliation',
  'account-setup.partner-center',
  'account-setup.missing-role',
  'contract-legal.csp-program',
  'contract-legal.customer-agreement',
  'offer-onboarding',
  'offer-onboarding.rewards',
  'offer-onboarding.customer-question',
  'how-to-docs-training.sales-material',
  'purchase-transaction.reselling-terms',
];
/** Private offers that Microsoft bills, unless an Enterprise Agreement of another partner stands behind them. */
const PRIVATE: readonly string[] = ['publisher-private-offer', 'multiparty-private-offer'];
const ON_BILL: readonly string[] = ['billing', 'billing.reconciliation', 'billing.tax', 'payment'];
/** Models with the reseller's duties (1 + 1 + 4), channels with help (4 + 3 × 2), taxes for one issue. */
const COMBINATIONS = 3 * 4 * 3 * 2 * 6 * (10 * (ISSUES.length - 1 + 3) + 3 * (3 + 3));

/** Written out here, so that the check does not use the policy's own enumeration. */
function everyFacts(visit: (facts: RouteFacts) => void): void {
  for (const asker of ASKERS)
    for (const model of CSP_MODELS)
      for (const channel of PURCHASE_CHANNELS)
        for (const supportTier of SUPPORT_TIERS)
          for (const hosting of HOSTINGS)
            for (const issue of ISSUES)
              for (const tier1 of ['partner', 'publisher'] as const)
                for (const resellerKeeps of model === 'indirect-reseller' ? KEEPS : [[]])
                  for (const partnerHelps of WITHOUT.includes(channel) ? [false, true] : [false])
                    for (const taxBy of issue === 'billing.tax' ? TAX_HANDLERS : (['unknown'] as const)) {
                      const partner = { model, tier1, resellerKeeps, partnerHelps };
                      const sold = { asker, channel, supportTier, hosting, issue };
                      const indirect = PRIVATE.includes(channel) && ON_BILL.includes(issue);
                      visit({ ...sold, ...partner, taxBy, agreement: 'own' });
                      if (indirect) visit({ ...sold, ...partner, taxBy, agreement: 'indirect' });
                    }
}

/** All decisions, made once. */
const decided: { readonly facts: RouteFacts; readonly decision: Decision }[] = [];

function decideAll(): void {
  if (decided.length > 0) return;
  everyFacts((facts) => decided.push({ facts, decision: decide(facts) }));
}

/** Looks for breaches over all facts and shows the first few. */
function neverHolds(
  breach: (facts: RouteFacts, decision: Decision, steps: readonly RouteStep[]) => boolean,
): void {
  decideAll();
  assert.equal(decided.length, COMBINATIONS);
  const breaches = decided.filter(({ facts, decision }) =>
    breach(facts, decision, [decision.first, ...decision.escalation]),
  );
  assert.deepEqual(breaches.slice(0, 3), []);
}

const FACT_NAMES = [
  'issue',
  'asker',
  'model',
  'channel',
  'supportTier',
  'hosting',
  'tier1',
  'taxBy',
  'agreement',
] as const;

describe('decide', () => {
  before(function () {
    decideAll();
  });

  it('gives every combination of facts one answer, by the first rule that fits', () => {
    neverHolds((facts, decision) => {
      const winner = RULES.find((rule) =>
        FACT_NAMES.every((name) => {
          const allowed: readonly string[] | undefined = rule.when[name];
          return allowed === undefined || allowed.includes(facts[name]);
        }),
      );
      return winner?.id !== decision.ruleId;
    });
  });

  it('never sends a customer to Microsoft when the customer bought through the partner', () => {
    neverHolds(
      ({ asker, channel }, _decision, steps) =>
        asker === 'customer' &&
        (channel === 'partner' || channel === 'customer-in-csp-subscription') &&
        steps.some((step) => step.party === 'microsoft'),
    );
  });

  it('never sends a customer to engineering or the CSP program contact', () => {
    neverHolds(
      ({ asker }, _decision, steps) =>
        asker === 'customer' &&
        steps.some(({ way }) => way === 'publisher-engineering' || way === 'publisher-csp-program'),
    );
  });

  it('never sends a customer to a Microsoft place for partners, for any purchase channel', () => {
    const partnerOnly = ['partner-center-support', 'azure-support', 'credit-request', 'csp-program-guide'];
    neverHolds(
      ({ asker }, _decision, steps) =>
        asker === 'customer' && steps.some(({ way }) => partnerOnly.includes(way)),
    );
  });

  it('never lets a reseller skip its provider on the way to Microsoft', () => {
    neverHolds(({ asker, model, channel, issue }, _decision, steps) => {
      if (asker !== 'partner' || model !== 'indirect-reseller') return false;
      // Neither the partner nor its provider takes part in a direct purchase.
      if (WITHOUT.includes(channel) && !OWN_BUSINESS.includes(issue)) return false;
      const microsoft = steps.findIndex((step) => step.party === 'microsoft');
      const provider = steps.findIndex((step) => step.party === 'provider');
      return microsoft >= 0 && (provider < 0 || provider > microsoft);
    });
  });

  it('offers a reseller no Azure request and no credit form', () => {
    neverHolds(
      ({ asker, model }, _decision, steps) =>
        asker === 'partner' &&
        model === 'indirect-reseller' &&
        steps.some(({ way }) => way === 'azure-support' || way === 'credit-request'),
    );
  });

  it('names a provider only when the partner is an indirect reseller, and never to a publisher', () => {
    neverHolds(
      ({ model, asker }, { responsible }, steps) =>
        (model !== 'indirect-reseller' || asker === 'publisher') &&
        (responsible === 'provider' || steps.some((step) => step.party === 'provider')),
    );
  });

  it('never names a party that takes no part in the purchase as responsible or first', () => {
    neverHolds(({ asker, channel, issue }, { responsible, first }) => {
      if (!WITHOUT.includes(channel) || (asker !== 'customer' && OWN_BUSINESS.includes(issue))) return false;
      return [responsible, first.party].some((party) => party === 'partner' || party === 'provider');
    });
  });

  it('keeps the partner out of every answer about a direct purchase, unless the profile offers help', () => {
    neverHolds(
      ({ asker, channel, partnerHelps }, _decision, steps) =>
        asker === 'customer' &&
        WITHOUT.includes(channel) &&
        !partnerHelps &&
        steps.some(({ party }) => party === 'partner' || party === 'provider'),
    );
  });

  it('sends a question about the bill to the partner of an indirect Enterprise Agreement, and Microsoft has no part in it', () => {
    neverHolds(({ asker, channel, agreement, issue }, { responsible, first }, steps) => {
      const indirect = channel === 'indirect-enterprise-agreement' || agreement === 'indirect';
      const isOwnFile = asker === 'partner' && issue === 'billing.reconciliation';
      if (asker === 'publisher' || !indirect || !ON_BILL.includes(issue) || isOwnFile) return false;
      const elsewhere = responsible !== 'agreement-partner' || first.way !== 'agreement-partner';
      return elsewhere || steps.some(({ party }) => party === 'microsoft');
    });
  });

  it('gives steps with a page wherever the asker acts alone, and words to say wherever it asks a person of its own', () => {
    const alone = ['azure-portal-self', 'partner-center-self'];
    const own = ['own-administrator', 'global-administrator', 'other-partner', 'agreement-partner'];
    neverHolds((_facts, { ownSteps, tell }, steps) => {
      const leadsTo = (ways: readonly string[]) => steps.some(({ way }) => ways.includes(way));
      const hasSteps =
        ownSteps !== undefined &&
        OWN_STEPS[ownSteps].steps <= 5 &&
        OWN_STEPS[ownSteps].page.startsWith('https://');
      return (leadsTo(alone) && !hasSteps) || leadsTo(own) !== (tell !== undefined);
    });
  });

  it('offers the partner’s help last when the profile says so', () => {
    neverHolds(
      ({ asker, channel, partnerHelps }, { notes }, steps) =>
        asker === 'customer' &&
        WITHOUT.includes(channel) &&
        partnerHelps &&
        (steps.at(-1)?.party !== 'partner' || !notes.includes('note.partner-may-help')),
    );
  });

  it('has no stop at a publisher for an offer that Microsoft supports', () => {
    neverHolds(
      ({ supportTier }, { responsible }, steps) =>
        supportTier === 'microsoft' &&
        (responsible === 'publisher' || steps.some((step) => step.party === 'publisher')),
    );
  });

  it('names each stop once, and has a reason, a source and something to prepare', () => {
    neverHolds((_facts, decision, steps) => {
      const twice = new Set(steps.map((step) => step.way)).size < steps.length;
      return twice || !decision.reason || !decision.source.url || decision.prepare.length === 0;
    });
  });

  it('sends a reseller’s customer to the provider only after the partner, and only for duties that the reseller does not keep', () => {
    neverHolds(({ asker, model, resellerKeeps, channel }, _decision, steps) => {
      if (asker !== 'customer' || model !== 'indirect-reseller' || channel !== 'partner') return false;
      const partner = steps.findIndex((step) => step.party === 'partner');
      const provider = steps.findIndex((step) => step.party === 'provider');
      if (resellerKeeps.length === 2) return provider >= 0;
      if (resellerKeeps.length === 0) return partner < 0 ? provider >= 0 : provider !== partner + 1;
      return provider >= 0 && provider !== partner + 1;
    });
  });
});

describe('notes of a decision', () => {
  const usual: RouteFacts = {
    asker: 'customer',
    model: 'direct-bill',
    channel: 'partner',
    supportTier: 'publisher',
    hosting: 'saas',
    issue: 'technical',
    tier1: 'partner',
    resellerKeeps: [],
    partnerHelps: false,
    taxBy: 'unknown',
    agreement: 'own',
  };

  it('say when a listing names no support tier', () => {
    assert.ok(decide({ ...usual, supportTier: 'none' }).notes.includes('note.no-support-tier'));
    assert.ok(!decide(usual).notes.includes('note.no-support-tier'));
  });

  it('say that a community promises no help', () => {
    assert.ok(decide({ ...usual, supportTier: 'community' }).notes.includes('note.community-no-promise'));
  });

  it('say when the hosting of a deployed product is not known', () => {
    const facts: RouteFacts = { ...usual, issue: 'provisioning-deployment', hosting: 'unknown' };
    assert.ok(decide(facts).notes.includes('note.hosting-unknown'));
    assert.ok(!decide({ ...facts, hosting: 'azure' }).notes.includes('note.hosting-unknown'));
  });

  it('tell a customer who bought in the CSP subscription that the partner still sends the bill', () => {
    const facts: RouteFacts = { ...usual, issue: 'billing', channel: 'customer-in-csp-subscription' };
    assert.ok(decide(facts).notes.includes('note.self-purchased'));
    assert.ok(!decide({ ...facts, issue: 'technical' }).notes.includes('note.self-purchased'));
  });
});

describe('explain', () => {
  it('gives the same decision as decide, with the winning rule in its path', () => {
    decideAll();
    const sample = decided.filter((_each, at) => at % 7 === 0);
    for (const { facts, decision } of sample) {
      const explained = explain(facts);
      assert.deepEqual(explained.decision, decision);
      const winner = explained.trace.find((line) => line.matched);
      assert.equal(winner?.ruleId, decision.ruleId);
    }
  });

  it('shows every modifier of the policy in some decision', () => {
    decideAll();
    const applied = new Set<string>();
    for (const { facts } of decided.filter((_each, at) => at % 7 === 0)) {
      for (const { ruleId } of explain(facts).trace) applied.add(ruleId);
    }
    assert.deepEqual(
      MODIFIERS.map((modifier) => modifier.id).filter((id) => !applied.has(id)),
      [],
    );
  });

  it('shows each rule of the issue with the facts that did not fit, and each applied modifier', () => {
    const { trace } = explain({
      asker: 'partner',
      model: 'indirect-reseller',
      channel: 'partner',
      supportTier: 'publisher',
      hosting: 'azure',
      issue: 'provisioning-deployment',
      tier1: 'partner',
      resellerKeeps: ['billing', 'technical'],
      partnerHelps: false,
      taxBy: 'unknown',
      agreement: 'own',
    });
    const of = (ruleId: string) => trace.find((line) => line.ruleId === ruleId);
    assert.equal(of('deployment.customer')?.note, 'asker=partner');
    assert.equal(of('direct.customer.deployment')?.note, 'asker=partner, channel=partner');
    assert.equal(of('deployment.partner')?.matched, true);
    assert.equal(trace.at(-1)?.ruleId, 'modifier.reseller-staff');
    assert.equal(of('billing.customer'), undefined);
  });
});
