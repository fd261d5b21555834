/** The kinds of issue and topics that each asker is offered, and their headings. */
import {
  type Asker,
  ISSUE_GROUPS,
  ISSUE_KINDS,
  ISSUES,
  type Issue,
  type IssueGroup,
  type IssueKind,
  type IssueTopic,
  kindOf,
  traitsOf,
} from '../../core/terms.js';

const EVERYBODY: readonly Asker[] = ['customer', 'partner', 'publisher'];
const BUYERS: readonly Asker[] = ['customer', 'partner'];
const STAFF: readonly Asker[] = ['partner', 'publisher'];

/** Who is offered each topic as a choice. The bot answers a typed issue for every asker. */
const TOPIC_OFFERED_TO: Readonly<Record<IssueTopic, readonly Asker[]>> = {
  'billing.reconciliation': ['partner'],
  'billing.refund': BUYERS,
  'billing.refund-late': EVERYBODY,
  'billing.tax': EVERYBODY,
  'account-setup.activation': EVERYBODY,
  'account-setup.partner-center': STAFF,
  'account-setup.missing-role': EVERYBODY,
  'subscription-management.portal-error': STAFF,
  'subscription-management.licenses': EVERYBODY,
  'subscription-management.transfer': BUYERS,
  'purchase-transaction.not-available': EVERYBODY,
  'purchase-transaction.own-administrator': BUYERS,
  'purchase-transaction.reselling-terms': ['partner'],
  'purchase-transaction.private-offer': EVERYBODY,
  'purchase-transaction.private-offer-acceptance': EVERYBODY,
  'outage.microsoft-platform': EVERYBODY,
  'how-to-docs-training.sales-material': STAFF,
  'sla.microsoft-service': EVERYBODY,
  'security-privacy.microsoft': EVERYBODY,
  'contract-legal.csp-program': ['partner'],
  'contract-legal.customer-agreement': BUYERS,
  'contract-legal.marketplace-terms': EVERYBODY,
  'offer-onboarding.rewards': STAFF,
  'offer-onboarding.customer-question': ['publisher'],
};

/** The groups with the kinds that this asker is offered; a publisher sees its own business first. */
export function issueMenu(asker: Asker): readonly { group: IssueGroup; kinds: readonly IssueKind[] }[] {
  const shown = ISSUE_GROUPS.map((group) => ({
    group,
    kinds: ISSUE_KINDS.filter((kind) => traitsOf(kind).group === group && isOffered(kind, asker)),
  })).filter(({ kinds }) => kinds.length > 0);
  if (asker !== 'publisher') return shown;
  return [...shown].sort((a, b) => Number(b.group === 'publishing') - Number(a.group === 'publishing'));
}

/** The issues of one kind that this asker is offered, the general one first. Never empty. */
export function topicsOf(kind: IssueKind, asker: Asker): readonly Issue[] {
  return ISSUES.filter((issue) => kindOf(issue) === kind && (issue === kind || isOffered(issue, asker)));
}

/**
 * The issues in their order as choices for this asker: a topic that this asker is not offered becomes its kind, and a
 * kind that this asker is not offered goes.
 */
export function choicesFor(asker: Asker, issues: readonly Issue[]): readonly Issue[] {
  const shown = issues.map((issue) => (isOffered(issue, asker) ? issue : kindOf(issue)));
  return [...new Set(shown)].filter((issue) => isOffered(issue, asker));
}

function isOffered(issue: Issue, asker: Asker): boolean {
  const to = isTopic(issue) ? TOPIC_OFFERED_TO[issue] : traitsOf(kindOf(issue)).offeredTo;
  return to.includes(asker);
}

function isTopic(issue: Issue): issue is IssueTopic {
  return issue in TOPIC_OFFERED_TO;
}
