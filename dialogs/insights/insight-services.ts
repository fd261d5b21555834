/** What the chat needs to count what became of questions, and to show the counts to staff. */
import type { RecipientStore } from '../../core/incident/ports.js';
import type { InsightPeriod, Insights } from '../../core/services/insights/insights.js';
import type { InsightDigestStore, InsightNote } from '../../core/services/insights/ports.js';

export interface InsightServices {
  /** Counts. Never fails. */
  readonly count: (note: InsightNote) => Promise<void>;
  readonly read: (period: InsightPeriod) => Promise<Insights>;
  /** A short-lived link to the page about so many days; absent without a public https address. */
  readonly link?: (days: number) => string;
  readonly digests: Pick<InsightDigestStore, 'dueAt' | 'start' | 'stop'>;
  readonly recipients: Pick<RecipientStore, 'know' | 'byId'>;
}
