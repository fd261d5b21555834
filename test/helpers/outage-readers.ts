/** Readers and deliveries for tests of outages: say what matters, the rest is ordinary. */
import type { PlanPage, ReaderAbout, ReaderStore } from '../../core/incident/ports.js';
import { planDeliveries } from '../../core/incident/plan.js';

export function about(id: string, over: Partial<ReaderAbout> = {}): ReaderAbout {
  return {
    id,
    kind: 'person',
    tenantId: 't1',
    language: 'en',
    zone: '',
    address: { channelId: 'msteams', conversationId: `a:${id}` },
    ...over,
  };
}

/** Makes readers known who want to hear of everything. */
export async function subscribeAll(
  readers: ReaderStore,
  ids: readonly string[],
  over: Partial<ReaderAbout> = {},
): Promise<void> {
  for (const id of ids) {
    await readers.know(about(id, over), 1);
    await readers.subscribe(id, { what: { kind: 'everything' }, from: 'none', by: 'reader' }, 1);
  }
}

/** Plans an incident for all readers as the service does, without silences and other incidents. */
export function planAt(now: number): PlanPage {
  const facts = { now, silences: [], openIncidents: [], publisherOf: () => undefined };
  return (part) => planDeliveries({ ...part, facts }).deliveries;
}
