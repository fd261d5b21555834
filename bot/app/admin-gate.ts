/** Decides who may keep the directory and the profile in the chat: partner staff on a list or in an Entra group. */
import type { Clock, Log } from '../../core/ports.js';
import type { Asker } from '../../core/terms.js';
import type { Config } from './config.js';
import type { People } from '../graph/people.js';

export interface AdminDecision {
  readonly admin: boolean;
  /** Why, for the log and for what the person is told. */
  readonly reason:
    | 'local'
    | 'listed'
    | 'group'
    | 'not-staff'
    | 'no-identity'
    | 'not-named'
    /** Graph did not say: not an administrator this time. */
    | 'unavailable';
}

/** Asked on every turn, with the Entra object id of a verified token. Never throws. */
export type AdminGate = (asker: Asker, personId: string | undefined) => Promise<AdminDecision>;

export interface AdminGateDeps {
  readonly config: Pick<Config, 'admins' | 'adminGroups' | 'registration'>;
  /** Asked for groups only. */
  readonly people: Pick<People, 'groupsOf'>;
  readonly now: Clock;
  readonly log: Log;
}

/** Milliseconds that Graph is left alone after it gave no answer: not every turn waits for it in vain. */
const LEFT_ALONE_MS = 10_000;

/** The configured gate. Without a registration nobody has an identity, and the staff person of this machine is the administrator. */
export function adminGate({ config, people, now, log }: AdminGateDeps): AdminGate {
  const { registration, adminGroups } = config;
  const listed = new Set(config.admins.map((id) => id.toLowerCase()));
  let askAgainAt = 0;
  return async (asker, personId) => {
    if (asker !== 'partner') return refused('not-staff');
    if (!registration) return { admin: true, reason: 'local' };
    if (personId === undefined) return refused('no-identity');
    if (listed.has(personId.toLowerCase())) return { admin: true, reason: 'listed' };
    if (adminGroups.length === 0) return refused('not-named');
    if (now() < askAgainAt) return refused('unavailable');
    const told = await people.groupsOf(personId, adminGroups);
    if (told.kind === 'known' && told.value.size > 0) return { admin: true, reason: 'group' };
    if (told.kind === 'known' || told.kind === 'none') return refused('not-named');
    askAgainAt = now() + LEFT_ALONE_MS;
    log.warn('turn.admin-unknown', { because: told.kind });
    return refused('unavailable');
  };
}

const refused = (reason: AdminDecision['reason']): AdminDecision => ({ admin: false, reason });
