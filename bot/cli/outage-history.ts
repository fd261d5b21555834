/** `outages report --since`: the outages of a time as CSV, one line each, for a spreadsheet. */
import { incidentTitle } from '../../cards/outages/outage-words.js';
import { csvCell } from '../../core/directory/export.js';
import type { DeliveryStore } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import type { PastOutage } from '../../core/incident/weekly.js';
import { pastOutage } from '../../core/services/outages/weekly-summary.js';
import { textIn } from '../../locales/text.js';

export interface HistoryDeps {
  readonly since: (at: number) => AsyncIterable<Incident>;
  readonly deliveries: Pick<DeliveryStore, 'ofIncident'>;
}

const COLUMNS = [
  'id', 'title', 'state', 'worst_severity', 'started', 'ended', 'minutes', 'offers', 'publishers', 'senders',
  'acknowledged_by', 'acknowledged', 'recipients_told', 'first_card', 'minutes_to_first_card', 'joined_into',
] as const; // prettier-ignore
type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Milliseconds since the epoch of a day or a moment in ISO 8601; undefined for other text. */
export function sinceOf(given: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,15}(?:Z|[+-]\d{2}:\d{2})?)?$/.test(given)) return undefined;
  const at = Date.parse(given);
  return Number.isNaN(at) ? undefined : at;
}

/** The lines of the CSV, the oldest outage first. Cells that a spreadsheet would run as formulas are neutralised. */
export async function historyLines(deps: HistoryDeps, at: number): Promise<readonly string[]> {
  const rows: { readonly startedAt: number; readonly line: string }[] = [];
  for await (const incident of deps.since(at)) {
    const cells = cellsOf(await pastOutage(deps.deliveries, incident));
    rows.push({
      startedAt: incident.startedAt,
      line: COLUMNS.map((column) => csvCell(cells[column])).join(','),
    });
  }
  rows.sort((a, b) => a.startedAt - b.startedAt);
  return [COLUMNS.join(','), ...rows.map(({ line }) => line)];
}

function cellsOf({ incident, acknowledged, recipientsTold, firstCardAt }: PastOutage): Cells {
  const { affected, marks, startedAt, resolvedAt } = incident;
  return {
    id: incident.id,
    title: incidentTitle(incident, textIn('en')),
    state: incident.state,
    worst_severity: incident.worst,
    started: iso(startedAt),
    ended: iso(resolvedAt),
    minutes: minutes(startedAt, resolvedAt),
    offers: affected.offers.join('; '),
    publishers: affected.publishers.join('; '),
    senders: [...new Set(marks.map((mark) => mark.source))].join('; '),
    acknowledged_by: acknowledged?.by ?? '',
    acknowledged: iso(acknowledged?.at ?? null),
    recipients_told: String(recipientsTold),
    first_card: iso(firstCardAt),
    minutes_to_first_card: minutes(startedAt, firstCardAt),
    joined_into: incident.joinedInto?.id ?? '',
  };
}

function iso(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

function minutes(from: number, to: number | null): string {
  return to === null ? '' : String(Math.max(0, Math.round((to - from) / 60_000)));
}
