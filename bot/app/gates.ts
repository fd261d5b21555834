/** Makes the gates that ask Entra groups who is staff and who is an administrator; Graph is loaded only where groups are chosen. */
import type { Clock, Log } from '../../core/ports.js';
import { adminGate, type AdminGate } from './admin-gate.js';
import type { Config } from './config.js';
import { graphClient } from '../directory/graph-client.js';
import { openPeople, type People } from '../graph/people.js';
import { staffGate, type StaffGate } from '../graph/staff.js';

/** A person waits for this answer of Graph, in milliseconds. */
const PATIENCE_MS = 1_500;
/** Milliseconds a membership is believed: who is taken out of a group loses what it gave within this time. */
const BELIEVED_MS = 60_000;

export interface StaffGateDeps {
  readonly config: Config;
  readonly now: Clock;
  readonly log: Log;
  /** In place of Microsoft Graph. */
  readonly people?: People;
}

export interface Gates {
  readonly staff: StaffGate;
  readonly admins: AdminGate;
}

/** The configured gates. In local mode nobody has an identity: everybody passes as they are, staff as administrators. */
export async function openGates(deps: StaffGateDeps): Promise<Gates> {
  const { config, now, log } = deps;
  const people = await peopleOf(deps);
  const groupIds = config.registration ? config.staffGroups : [];
  return { staff: staffGate({ people, groupIds, log }), admins: adminGate({ config, people, now, log }) };
}

/** Without groups nobody is asked, and no client is made. */
async function peopleOf({ config, now, log, people }: StaffGateDeps): Promise<People> {
  const { registration, staffGroups, adminGroups } = config;
  if (people) return people;
  const asked = registration && staffGroups.length + adminGroups.length > 0;
  const client = asked ? await graphClient(registration) : undefined;
  return openPeople({ client, now, log, patienceMs: PATIENCE_MS, cacheMs: BELIEVED_MS });
}
