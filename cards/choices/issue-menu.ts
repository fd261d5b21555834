/** Which kinds of issue and which topics each asker is offered, and under which heading. */
import { type Asker, ISSUES, type Issue, type IssueKind, kindOf } from '../../core/terms.js';

/** Headings of the issue list in the order shown; the key is `menu.<group>`. */
const GROUPS = [
  { group: 'use', kinds: ['technical', 'outage', 'how-to-docs-training'] },
  { group: 'money', kinds: ['billing', 'payment', 'purchase-transaction'] },
  { group: 'setup', kinds: ['account-setup', 'subscription-management', 'provisioning-deployment'] },
  { group: 'agreement', kinds: ['sla', 'contract-legal', 'security-privacy'] },
  { group: 'publishing', kinds: ['offer-onboarding'] },
  { group: 'other', kinds: ['other'] },
] as const satisfies readonly { group: string; kinds: readonly IssueKind[] }[];
export type MenuGroup = (typeof GROUPS)[number]['group'];

/** Kinds and topics that are not offered to an asker, because they concern others (they still may be typed). */
const NOT_FOR: Readonly<Record<Asker, ReadonlySet<IssueKind | Issue>>> = {
  customer: new Set<IssueKind | Issue>([
    'offer-onboarding',
    'billing.reconciliation',
    'account-setup.partner-center',
    'subscription-management.portal-error',
    'purchase-transaction.reselling-terms',
    'how-to-docs-training.sales-material',
    'contract-legal.csp-program',
  ]),
  partner: new Set<IssueKind | Issue>(['offer-onboarding']),
  publisher: new Set<IssueKind | Issue>([
    'payment',
    'provisioning-deployment',
    'billing.reconciliation',
    'billing.refund',
    'purchase-transaction.reselling-terms',
    'contract-legal.csp-program',
  ]),
};

/** The groups with the kinds this asker is offered; a publisher sees its own business first. */
export function issueMenu(asker: Asker): readonly { group: MenuGroup; kinds: readonly IssueKind[] }[] {
  const shown = GROUPS.map(({ group, kinds }) => ({
    group,
    kinds: kinds.filter((kind) => !NOT_FOR[asker].has(kind)),
  })).filter(({ kinds }) => kinds.length > 0);
  if (asker !== 'publisher') return shown;
  return [...shown].sort((a, b) => Number(b.group === 'publishing') - Number(a.group === 'publishing'));
}

/** The issues of one kind this asker is offered, the general one first. Never empty. */
export function topicsOf(kind: IssueKind, asker: Asker): readonly Issue[] {
  return ISSUES.filter((issue) => kindOf(issue) === kind && (issue === kind || !NOT_FOR[asker].has(issue)));
}
