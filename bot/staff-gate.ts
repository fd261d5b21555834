/** Makes the gate that narrows partner staff to Entra groups; the Graph client is loaded only where groups are chosen. */
import type { Clock, Log } from '../core/ports.js';
import type { Config } from './config.js';
import { openPeople, type People } from './graph/people.js';
import { staffGate, type StaffGate } from './graph/staff.js';

/** A person waits for this answer of Graph, in milliseconds. */
const PATIENCE_MS = 1_500;

export interface StaffGateDeps {
  readonly config: Config;
  readonly now: Clock;
  readonly log: Log;
  /** In place of Microsoft Graph. */
  readonly people?: People;
}

/** The configured gate. In local mode nobody has an identity, so everybody passes as they are. */
export async function openStaffGate({ config, now, log, people }: StaffGateDeps): Promise<StaffGate> {
  const { registration } = config;
  const groupIds = registration ? config.staffGroups : [];
  if (!registration || groupIds.length === 0) return (asker) => Promise.resolve(asker);
  const client = people ? undefined : (await import('./directory/graph-client.js')).graphClient(registration);
  return staffGate({
    people: people ?? openPeople({ client, now, log, patienceMs: PATIENCE_MS }),
    groupIds,
    log,
  });
}
