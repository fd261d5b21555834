/** Which kinds of issue and which topics each asker is offered, and under which heading. */
import { type Asker, ISSUES, type Issue, type IssueKind, kindOf } from '../../core/terms.js';

/** Headings of the issue list in the order shown; the key is `menu.<group>`. */
const GROUPS = ['use', 'money', 'setup', 'agreement', 'publishing', 'other'] as const;
export type MenuGroup = (typeof GROUPS)[number];

/** The heading of each kind. Within a heading the kinds stand in this order. */
const GROUP_OF_KIND: Readonly<Record<IssueKind, MenuGroup>> = {
  technical: 'use',
  outage: 'use',
  'how-to-docs-training': 'use',
  billing: 'money',
  payment: 'money',
  'purchase-transaction': 'money',
  'account-setup': 'setup',
  'subscription-management': 'setup',
  'provisioning-deployment': 'setup',
  sla: 'agreement',
  'contract-legal': 'agreement',
  'security-privacy': 'agreement',
  'offer-onboarding': 'publishing',
  other: 'other',
};

const EVERYBODY: readonly Asker[] = ['customer', 'partner', 'publisher'];
const BUYERS: readonly Asker[] = ['customer', 'partner'];
const STAFF: readonly Asker[] = ['partner', 'publisher'];

/** Who is offered each issue as a choice. Whoever types an issue is answered all the same. */
const OFFERED_TO: Readonly<Record<Issue, readonly Asker[]>> = {
  billing: EVERYBODY,
  'billing.reconciliation': ['partner'],
  'billing.refund': BUYERS,
  'billing.refund-late': EVERYBODY,
  'billing.tax': EVERYBODY,
  payment: BUYERS,
  'account-setup': EVERYBODY,
  'account-setup.activation': EVERYBODY,
  'account-setup.partner-center': STAFF,
  'subscription-management': EVERYBODY,
  'subscription-management.portal-error': STAFF,
  'subscription-management.licenses': EVERYBODY,
  'subscription-management.transfer': BUYERS,
  'purchase-transaction': EVERYBODY,
  'purchase-transaction.not-available': EVERYBODY,
  'purchase-transaction.own-administrator': BUYERS,
  'purchase-transaction.reselling-terms': ['partner'],
  'purchase-transaction.private-offer': EVERYBODY,
  'purchase-transaction.private-offer-acceptance': EVERYBODY,
  'provisioning-deployment': BUYERS,
  technical: EVERYBODY,
  outage: EVERYBODY,
  'outage.microsoft-platform': EVERYBODY,
  'how-to-docs-training': EVERYBODY,
  'how-to-docs-training.sales-material': STAFF,
  sla: EVERYBODY,
  'sla.microsoft-service': EVERYBODY,
  'security-privacy': EVERYBODY,
  'security-privacy.microsoft': EVERYBODY,
  'contract-legal': EVERYBODY,
  'contract-legal.csp-program': ['partner'],
  'contract-legal.customer-agreement': BUYERS,
  'contract-legal.marketplace-terms': EVERYBODY,
  'offer-onboarding': ['publisher'],
  'offer-onboarding.rewards': STAFF,
  'offer-onboarding.customer-question': ['publisher'],
  other: EVERYBODY,
};

/** The groups with the kinds this asker is offered; a publisher sees its own business first. */
export function issueMenu(asker: Asker): readonly { group: MenuGroup; kinds: readonly IssueKind[] }[] {
  const kinds = Object.keys(GROUP_OF_KIND) as IssueKind[];
  const shown = GROUPS.map((group) => ({
    group,
    kinds: kinds.filter((kind) => GROUP_OF_KIND[kind] === group && OFFERED_TO[kind].includes(asker)),
  })).filter(({ kinds }) => kinds.length > 0);
  if (asker !== 'publisher') return shown;
  return [...shown].sort((a, b) => Number(b.group === 'publishing') - Number(a.group === 'publishing'));
}

/** The issues of one kind this asker is offered, the general one first. Never empty. */
export function topicsOf(kind: IssueKind, asker: Asker): readonly Issue[] {
  return ISSUES.filter(
    (issue) => kindOf(issue) === kind && (issue === kind || OFFERED_TO[issue].includes(asker)),
  );
}
