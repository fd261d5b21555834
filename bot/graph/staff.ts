/** Limits partner staff to the members of the configured Entra groups. */
import type { Log } from '../../core/ports.js';
import type { Asker } from '../../core/terms.js';
import type { People } from './people.js';

export interface StaffDeps {
  readonly people: People;
  /** Object ids of the staff groups; empty: everybody in the partner's tenants is staff. */
  readonly groupIds: readonly string[];
  readonly log: Log;
}

/**
 * The asker after the group check. A person whom Graph does not confirm is a customer and sees fewer contacts, never
 * more.
 */
export type StaffGate = (asker: Asker, personId: string | undefined) => Promise<Asker>;

export function staffGate({ people, groupIds, log }: StaffDeps): StaffGate {
  return async (asker, personId) => {
    if (groupIds.length === 0 || asker !== 'partner') return asker;
    if (personId === undefined) return 'customer';
    const told = await people.groupsOf(personId, groupIds);
    if (told.kind === 'known') return told.value.size > 0 ? 'partner' : 'customer';
    log.warn('turn.staff-unknown', { because: told.kind });
    return 'customer';
  };
}
