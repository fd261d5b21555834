/** The delivery report of an incident in numbers, and putting failed deliveries back in the queue. */
import { replay, type Delivery } from '../../core/incident/delivery.js';
import { addLedgers, addsUp, ledgerOf, type Ledger } from '../../core/incident/ledger.js';
import type { DeliveryStore } from '../../core/incident/ports.js';
import { incidentTitle } from '../../cards/outages/outage-words.js';
import type { Incident } from '../../core/incident/types.js';
import { textIn } from '../../locales/text.js';

const PAGE = 500;

/** Counts the deliveries of an incident page by page, so that memory never holds a large audience at once. */
export async function deliveryLedger(
  deliveries: Pick<DeliveryStore, 'ofIncident'>,
  incidentId: string,
): Promise<Ledger> {
  let report = ledgerOf([]);
  let page: Delivery[] = [];
  for await (const delivery of deliveries.ofIncident(incidentId)) {
    page.push(delivery);
    if (page.length < PAGE) continue;
    report = addLedgers(report, ledgerOf(page));
    page = [];
  }
  return addLedgers(report, ledgerOf(page));
}

/** The report in the form for operators. @param undecided recipients without a decision yet. */
export function ledgerLines(incident: Incident, ledger: Ledger, undecided = 0): readonly string[] {
  const { failedByCode, mutedByReason, waitingByCode, total, suspected, ...parts } = ledger;
  const why = (title: string, reasons: Readonly<Record<string, number>>): readonly string[] =>
    Object.entries(reasons).map(([code, count]) => `    ${title.padEnd(10)} ${code.padEnd(30)} ${count}`);
  return [
    `${incident.id}  ${incidentTitle(incident, textIn('en'))}`,
    `${incident.state}, ${incident.severity}, version ${incident.version}`,
    `recipients ${total}`,
    ...Object.entries(parts).map(([name, count]) => `  ${name.padEnd(10)} ${count}`),
    ...why('failed', failedByCode),
    ...why('muted', mutedByReason),
    ...why('waiting', waitingByCode),
    ...(undecided > 0 ? [`recipients still to be decided ${undecided}`] : []),
    `cards that may be there twice ${suspected}`,
    addsUp(ledger) ? 'The parts add up.' : 'THE PARTS DO NOT ADD UP.',
  ];
}

/** Puts dead and stopped deliveries back in the queue. Returns their number. */
export async function replayFailed(
  deliveries: Pick<DeliveryStore, 'failed' | 'replace'>,
  incidentId: string,
  now: number,
): Promise<number> {
  let done = 0;
  for (;;) {
    const rows = await deliveries.failed(incidentId, PAGE);
    let moved = 0;
    for (const row of rows) {
      const again = replay(row, now);
      if (again.status !== row.status && (await deliveries.replace(row, again))) moved += 1;
    }
    done += moved;
    if (moved === 0 || rows.length < PAGE) return done;
  }
}
