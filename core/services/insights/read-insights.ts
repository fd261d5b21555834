/** Reads the insights of a period from the stores, and writes its counts as CSV. */
import { csvCell } from '../../directory/export.js';
import type { DeliveryStore } from '../../incident/ports.js';
import type { Incident } from '../../incident/types.js';
import { pastOutage } from '../outages/weekly-summary.js';
import {
  countsAsOutage,
  insightsOf,
  type InsightOutage,
  type InsightPeriod,
  type Insights,
  type PublisherOf,
} from './insights.js';
import { INSIGHT_DAY_MS, type InsightStore } from './ports.js';

export interface InsightsDeps {
  readonly counts: Pick<InsightStore, 'between'>;
  /** Incidents that began at or after a moment, and all open ones. */
  readonly since: (at: number) => AsyncIterable<Incident>;
  readonly deliveries: Pick<DeliveryStore, 'ofIncident'>;
  readonly publisherOf: PublisherOf;
}

/** The insights of a period. Throws the store's errors. */
export async function readInsights(deps: InsightsDeps, period: InsightPeriod): Promise<Insights> {
  const [counts, outages] = await Promise.all([
    deps.counts.between(period.first, period.last),
    outagesIn(deps, period),
  ]);
  return insightsOf(counts, outages, period, deps.publisherOf);
}

async function outagesIn(
  { since, deliveries }: InsightsDeps,
  { first, last }: InsightPeriod,
): Promise<readonly InsightOutage[]> {
  const [from, until] = [first * INSIGHT_DAY_MS, (last + 1) * INSIGHT_DAY_MS];
  const found: InsightOutage[] = [];
  for await (const incident of since(from)) {
    const isInside = incident.startedAt >= from && incident.startedAt < until;
    if (isInside && countsAsOutage(incident)) found.push(await pastOutage(deliveries, incident));
  }
  return found;
}

const COLUMNS = [
  'day', 'event', 'offer', 'publisher', 'issue', 'language', 'asker', 'within_minutes', 'times',
] as const; // prettier-ignore

/** The counts of a period as lines of CSV, for a spreadsheet. Throws the store's errors. */
export async function insightCsv(
  { counts, publisherOf }: Pick<InsightsDeps, 'counts' | 'publisherOf'>,
  { first, last }: InsightPeriod,
): Promise<readonly string[]> {
  const rows = await counts.between(first, last);
  const lines = rows.map(({ day, about, ...one }) => {
    const offer = about.startsWith('offer:') ? about.slice('offer:'.length) : '';
    const publisher = about.startsWith('publisher:')
      ? about.slice('publisher:'.length)
      : (publisherOf(offer) ?? '');
    const date = new Date(day * INSIGHT_DAY_MS).toISOString().slice(0, 10);
    const within = one.within === 0 ? '' : String(one.within);
    const cells = [date, one.event, offer, publisher, one.issue, one.language, one.asker, within];
    return [...cells, String(one.times)].map(csvCell).join(',');
  });
  return [COLUMNS.join(','), ...lines];
}
