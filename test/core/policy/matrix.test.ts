/** The responsibility matrix row by row: a third-party offer that the partner sold (docs/domain.md). */
import assert from 'node:assert/strict';
import { decide } from '../../../core/policy/decide.js';
import type { RouteFacts, Way } from '../../../core/policy/decision.js';
import { ASKERS, ISSUE_KINDS, kindOf, type Asker, type Issue, type Party } from '../../../core/terms.js';

const USUAL: Omit<RouteFacts, 'asker' | 'issue'> = {
  model: 'direct-bill',
  channel: 'partner',
  supportTier: 'publisher',
  hosting: 'saas',
  tier1: 'partner',
  resellerKeeps: ['billing', 'technical'],
  partnerHelps: false,
  taxBy: 'unknown',
  agreement: 'own',
};

/** asker, issue, responsible, first contact, escalation, and the facts that differ from the usual. */
type Row = readonly [Asker, Issue, Party, Way, readonly Way[], Partial<RouteFacts>?];

const MATRIX: readonly Row[] = [
  ['customer', 'billing', 'partner', 'partner-desk', []],
  ['partner', 'billing', 'microsoft', 'partner-center-support', []],
  ['partner', 'billing.reconciliation', 'microsoft', 'partner-center-support', ['azure-support']],
  ['customer', 'payment', 'partner', 'partner-desk', []],
  ['partner', 'payment', 'microsoft', 'partner-center-support', []],
  ['customer', 'account-setup', 'partner', 'partner-desk', ['publisher-support']],
  ['customer', 'subscription-management', 'partner', 'partner-desk', ['publisher-support']],
  ['partner', 'subscription-management', 'partner', 'partner-center-support', ['publisher-support']],
  ['partner', 'subscription-management.portal-error', 'microsoft', 'partner-center-support', []],
  ['customer', 'account-setup.activation', 'publisher', 'partner-desk', ['publisher-support']],
  ['partner', 'account-setup.activation', 'publisher', 'publisher-support', ['partner-center-support']],
  ['customer', 'subscription-management.licenses', 'publisher', 'partner-desk', ['publisher-support']],
  [
    'partner',
    'subscription-management.licenses',
    'publisher',
    'publisher-support',
    ['publisher-engineering'],
  ],
  [
    'partner',
    'provisioning-deployment',
    'microsoft',
    'azure-support',
    ['partner-center-support', 'publisher-support'],
    { hosting: 'azure' },
  ],
  [
    'customer',
    'provisioning-deployment',
    'microsoft',
    'partner-desk',
    ['publisher-support'],
    { hosting: 'azure' },
  ],
  ['customer', 'technical', 'publisher', 'partner-desk', ['publisher-support']],
  ['customer', 'technical', 'publisher', 'publisher-support', ['partner-desk'], { tier1: 'publisher' }],
  [
    'partner',
    'technical',
    'publisher',
    'publisher-support',
    ['publisher-engineering', 'publisher-csp-program'],
  ],
  ['customer', 'how-to-docs-training', 'publisher', 'partner-desk', ['publisher-support']],
  [
    'customer',
    'how-to-docs-training',
    'publisher',
    'publisher-support',
    ['partner-desk'],
    { tier1: 'publisher' },
  ],
  ['customer', 'outage', 'publisher', 'partner-desk', ['publisher-status', 'publisher-support']],
  ['partner', 'outage', 'publisher', 'publisher-status', ['publisher-support', 'publisher-engineering']],
  ['customer', 'outage.microsoft-platform', 'microsoft', 'partner-desk', []],
  ['partner', 'outage.microsoft-platform', 'microsoft', 'microsoft-service-health', ['azure-support']],
  ['customer', 'sla', 'publisher', 'partner-desk', ['publisher-support']],
  ['customer', 'sla.microsoft-service', 'microsoft', 'partner-desk', []],
  ['partner', 'sla.microsoft-service', 'microsoft', 'credit-request', ['partner-center-support']],
  ['partner', 'sla.microsoft-service', 'microsoft', 'provider-desk', [], { model: 'indirect-reseller' }],
  ['partner', 'how-to-docs-training', 'publisher', 'publisher-csp-program', ['publisher-support']],
  [
    'partner',
    'how-to-docs-training.sales-material',
    'publisher',
    'publisher-csp-program',
    ['publisher-support'],
  ],
  ['partner', 'purchase-transaction.reselling-terms', 'publisher', 'publisher-csp-program', []],
  [
    'partner',
    'purchase-transaction.reselling-terms',
    'publisher',
    'provider-desk',
    ['publisher-csp-program'],
    { model: 'indirect-reseller' },
  ],
  ['partner', 'purchase-transaction', 'microsoft', 'partner-center-support', ['publisher-support']],
  [
    'partner',
    'purchase-transaction.not-available',
    'publisher',
    'publisher-csp-program',
    ['publisher-support', 'partner-center-support'],
  ],
  [
    'customer',
    'purchase-transaction',
    'microsoft',
    'azure-portal-purchase',
    [],
    { channel: 'customer-direct' },
  ],
  ['publisher', 'offer-onboarding', 'microsoft', 'microsoft-publisher-support', []],
  ['customer', 'billing.refund', 'partner', 'partner-desk', []],
  ['customer', 'billing.refund-late', 'publisher', 'partner-desk', ['publisher-support']],
  ['customer', 'billing.refund-late', 'publisher', 'publisher-support', [], { channel: 'customer-direct' }],
  ['customer', 'billing.tax', 'partner', 'partner-desk', []],
  [
    'customer',
    'billing.tax',
    'microsoft',
    'azure-portal-purchase',
    ['publisher-support'],
    { channel: 'customer-direct' },
  ],
  ['customer', 'security-privacy', 'publisher', 'publisher-support', ['publisher-privacy', 'partner-desk']],
  [
    'partner',
    'security-privacy',
    'publisher',
    'publisher-support',
    ['publisher-privacy', 'publisher-engineering'],
  ],
  ['partner', 'security-privacy.microsoft', 'microsoft', 'microsoft-security', []],
  ['publisher', 'security-privacy.microsoft', 'microsoft', 'microsoft-security', []],
  ['customer', 'security-privacy.microsoft', 'microsoft', 'partner-desk', []],
  ['customer', 'contract-legal', 'publisher', 'partner-desk', ['publisher-support']],
  ['partner', 'contract-legal.csp-program', 'microsoft', 'partner-center-support', ['csp-program-guide']],
  ['partner', 'account-setup.partner-center', 'microsoft', 'partner-center-support', []],
  ['publisher', 'account-setup.partner-center', 'microsoft', 'microsoft-publisher-support', []],
  ['customer', 'purchase-transaction.private-offer', 'partner', 'partner-desk', []],
  ['publisher', 'offer-onboarding.rewards', 'microsoft', 'partner-center-support', []],
  ['publisher', 'offer-onboarding.customer-question', 'microsoft', 'microsoft-publisher-support', []],
  ['customer', 'other', 'partner', 'partner-desk', []],
  ['partner', 'other', 'partner', 'partner-desk', ['publisher-support', 'partner-center-support']],
  ['customer', 'offer-onboarding', 'publisher', 'publisher-support', ['partner-desk']],
  ['partner', 'offer-onboarding', 'publisher', 'publisher-csp-program', ['publisher-support']],
  ['publisher', 'billing', 'microsoft', 'microsoft-publisher-support', []],
  ['publisher', 'payment', 'microsoft', 'microsoft-publisher-support', []],
  ['publisher', 'subscription-management', 'microsoft', 'microsoft-publisher-support', []],
  ['publisher', 'purchase-transaction', 'microsoft', 'microsoft-publisher-support', []],
  ['publisher', 'provisioning-deployment', 'publisher', 'publisher-support', ['publisher-engineering']],
  ['publisher', 'technical', 'publisher', 'publisher-support', ['publisher-engineering']],
  ['publisher', 'outage', 'publisher', 'publisher-engineering', ['publisher-status']],
  ['publisher', 'how-to-docs-training', 'microsoft', 'microsoft-publisher-support', []],
  ['publisher', 'sla', 'publisher', 'publisher-support', ['publisher-engineering']],
  ['publisher', 'contract-legal', 'publisher', 'publisher-support', ['publisher-engineering']],
  ['publisher', 'other', 'microsoft', 'microsoft-publisher-support', []],
];

/** Facts that change a row: the support tier, the purchase channel, the hosting and the partner's CSP model. */
const MODIFIERS: readonly Row[] = [
  ['customer', 'technical', 'microsoft', 'partner-desk', [], { supportTier: 'microsoft' }],
  [
    'partner',
    'technical',
    'microsoft',
    'azure-support',
    ['partner-center-support'],
    { supportTier: 'microsoft' },
  ],
  ['customer', 'billing', 'partner', 'partner-desk', [], { supportTier: 'microsoft' }],
  ['customer', 'technical', 'community', 'partner-desk', ['community-forum'], { supportTier: 'community' }],
  [
    'partner',
    'technical',
    'community',
    'community-forum',
    ['publisher-support'],
    { supportTier: 'community' },
  ],
  ['customer', 'technical', 'publisher', 'partner-desk', ['publisher-support'], { supportTier: 'none' }],
  ['customer', 'billing', 'partner', 'partner-desk', [], { channel: 'customer-in-csp-subscription' }],
  [
    'customer',
    'purchase-transaction',
    'microsoft',
    'partner-desk',
    [],
    { channel: 'customer-in-csp-subscription' },
  ],
  ['customer', 'billing', 'microsoft', 'azure-portal-purchase', [], { channel: 'customer-direct' }],
  ['partner', 'billing', 'microsoft', 'azure-portal-purchase', [], { channel: 'customer-direct' }],
  [
    'customer',
    'billing',
    'microsoft',
    'azure-portal-purchase',
    ['partner-desk'],
    { channel: 'multiparty-private-offer' },
  ],
  ['partner', 'provisioning-deployment', 'publisher', 'publisher-support', ['publisher-engineering']],
  [
    'partner',
    'provisioning-deployment',
    'microsoft',
    'partner-center-support',
    ['publisher-support'],
    { hosting: 'unknown' },
  ],
  ['partner', 'billing', 'provider', 'provider-desk', [], { model: 'indirect-reseller' }],
  ['partner', 'billing', 'microsoft', 'partner-center-support', [], { model: 'indirect-provider' }],
  [
    'partner',
    'subscription-management',
    'provider',
    'provider-desk',
    ['publisher-support'],
    { model: 'indirect-reseller' },
  ],
  [
    'partner',
    'provisioning-deployment',
    'microsoft',
    'provider-desk',
    ['publisher-support'],
    { model: 'indirect-reseller', hosting: 'azure' },
  ],
  [
    'partner',
    'account-setup.partner-center',
    'microsoft',
    'provider-desk',
    ['partner-center-support'],
    { model: 'indirect-reseller' },
  ],
  [
    'customer',
    'billing',
    'partner',
    'partner-desk',
    ['provider-desk'],
    { model: 'indirect-reseller', resellerKeeps: ['technical'] },
  ],
  [
    'customer',
    'technical',
    'publisher',
    'partner-desk',
    ['provider-desk', 'publisher-support'],
    { model: 'indirect-reseller', resellerKeeps: ['billing'] },
  ],
  [
    'partner',
    'technical',
    'publisher',
    'provider-desk',
    ['publisher-support', 'publisher-engineering', 'publisher-csp-program'],
    { model: 'indirect-reseller', resellerKeeps: ['billing'] },
  ],
];

describe('the responsibility matrix', () => {
  for (const [asker, issue, responsible, first, escalation, differs] of [...MATRIX, ...MODIFIERS]) {
    const where = Object.entries(differs ?? {}).map(([fact, value]) => `${fact} ${String(value)}`);
    it(`sends a ${asker} with ${issue} ${where.join(', ')} to ${first}`, () => {
      const decision = decide({ ...USUAL, asker, issue, ...differs });
      assert.deepEqual(
        {
          responsible: decision.responsible,
          first: decision.first.way,
          escalation: decision.escalation.map((step) => step.way),
        },
        { responsible, first, escalation },
      );
    });
  }

  it('has a row for each asker and each kind of issue', () => {
    const stated = new Set(MATRIX.map(([asker, issue]) => `${asker} ${kindOf(issue)}`));
    const wanted = ASKERS.flatMap((asker) => ISSUE_KINDS.map((kind) => `${asker} ${kind}`));
    assert.deepEqual(
      wanted.filter((row) => !stated.has(row)),
      [],
    );
  });
});
