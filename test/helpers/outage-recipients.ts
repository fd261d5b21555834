/** Recipients and deliveries for tests of outages: a test gives the facts that matter, the other facts are ordinary. */
import type { PlanPage, RecipientAbout, RecipientStore } from '../../core/incident/ports.js';
import { planDeliveries } from '../../core/incident/plan.js';

export function about(id: string, over: Partial<RecipientAbout> = {}): RecipientAbout {
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

/** Registers recipients who follow all outages. */
export async function subscribeAll(
  recipients: RecipientStore,
  ids: readonly string[],
  over: Partial<RecipientAbout> = {},
): Promise<void> {
  for (const id of ids) {
    await recipients.know(about(id, over), 1);
    await recipients.subscribe(id, { what: { kind: 'everything' }, from: 'none', by: 'reader' }, 1);
  }
}

/** Plans an incident for all recipients as the service does, without silences and other incidents. */
export function planAt(now: number): PlanPage {
  const facts = { now, silences: [], openIncidents: [], publisherOf: () => undefined };
  return (part) => planDeliveries({ ...part, facts }).deliveries;
}
