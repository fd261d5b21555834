/** Looks up people: their names, what Microsoft Graph knows, and who is staff or an administrator. */
import type { Clock, Log } from '../../core/ports.js';
import type { Asker } from '../../core/terms.js';
import type { PeopleServices } from '../../dialogs/shared/services.js';
import { graphClient } from '../directory/graph-client.js';
import { deskPeople } from '../graph/desk-people.js';
import { outsideFetch } from '../runtime/outside-fetch.js';
import { openPeople, type People, staffGate, type StaffGate } from '../graph/people.js';
import type { Stores } from '../store/stores.js';
import type { Config } from './config.js';

/** The needs for opening people; an app's settings contain them. */
interface PeopleSettings<Settings extends keyof Config> {
  readonly config: Pick<Config, Settings>;
  readonly now: Clock;
  readonly log: Log;
  /** Replaces Microsoft Graph. */
  readonly people?: People;
}

const LONGEST_NAME = 200;

/**
 * Names of people in Teams by their stable id, from the channel's latest activity. A person has the same name
 * everywhere.
 */
export function personNames({ people }: Pick<Stores, 'people'>) {
  const key = (userId: string) => ({ channelId: 'msteams', userId });
  return {
    /** Ignores an empty name. */
    remember: async (id: string, name: string): Promise<void> => {
      if (name.trim() !== '') await people.set(key(id), { name: name.slice(0, LONGEST_NAME) });
    },
    /** Leaves out people without a known name. */
    namesOf: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const found = await Promise.all(
        [...new Set(ids)].map(async (id) => [id, (await people.get(key(id))).name] as const),
      );
      return new Map(found.flatMap(([id, name]) => (typeof name === 'string' ? [[id, name]] : [])));
    },
  };
}

/**
 * The chat's questions about people. Undefined when no use is configured, and in local mode, where people have no
 * identity.
 */
export async function openPeopleServices(
  settings: PeopleSettings<'registration' | 'peopleUses' | 'privateHosts'>,
): Promise<PeopleServices | undefined> {
  const { peopleUses } = settings.config;
  const uses = { presence: peopleUses.includes('presence'), manager: peopleUses.includes('manager') };
  if (!uses.presence && !uses.manager) return undefined;
  const people = await graphPeople(settings);
  return people && deskPeople({ people, uses, now: settings.now });
}

/** People through the bot's own registration; undefined without a registration. */
export async function graphPeople({
  config,
  now,
  log,
  people,
}: PeopleSettings<'registration' | 'privateHosts'>): Promise<People | undefined> {
  const { registration } = config;
  if (!registration) return undefined;
  return (
    people ??
    openPeople({ client: await graphClient(registration, outsideFetch(config.privateHosts)), now, log })
  );
}

/** Decides who is staff and who is an administrator, on every turn. */
export interface Gates {
  readonly staff: StaffGate;
  readonly admins: AdminGate;
}

/** The longest time in milliseconds that a turn waits for Graph's answer. */
const PATIENCE_MS = 1_500;
/** Milliseconds that a membership is cached. A person who leaves a group loses its rights within this time. */
const BELIEVED_MS = 60_000;

/**
 * The configured gates. In local mode people have no identity: everybody keeps the given role, and staff are
 * administrators if the server was started so.
 */
export async function openGates(
  settings: PeopleSettings<
    'registration' | 'staffGroups' | 'admins' | 'adminGroups' | 'localAdmin' | 'privateHosts'
  >,
): Promise<Gates> {
  const { config, now, log } = settings;
  const people = await groupsOf(settings);
  const groupIds = config.registration ? config.staffGroups : [];
  return { staff: staffGate({ people, groupIds, log }), admins: adminGate({ config, people, now, log }) };
}

/** Without configured groups the bot never asks Graph and makes no client. */
async function groupsOf({
  config,
  now,
  log,
  people,
}: PeopleSettings<'registration' | 'staffGroups' | 'adminGroups' | 'privateHosts'>): Promise<People> {
  const { registration, staffGroups, adminGroups } = config;
  if (people) return people;
  const asked = registration && staffGroups.length + adminGroups.length > 0;
  const client = asked ? await graphClient(registration, outsideFetch(config.privateHosts)) : undefined;
  return openPeople({ client, now, log, patienceMs: PATIENCE_MS, cacheMs: BELIEVED_MS });
}

export interface AdminDecision {
  readonly admin: boolean;
  /** The reason, for the log and for the message to the person. */
  readonly reason:
    | 'local'
    | 'listed'
    | 'group'
    | 'not-staff'
    | 'no-identity'
    | 'not-named'
    /** Graph gave no answer: the person is not an administrator this time. */
    | 'unavailable';
}

/** Decides with the Entra object id of a verified token. Never throws. */
export type AdminGate = (asker: Asker, personId: string | undefined) => Promise<AdminDecision>;

export interface AdminGateDeps {
  readonly config: Pick<Config, 'admins' | 'adminGroups' | 'registration' | 'localAdmin'>;
  /** Used only for groups. */
  readonly people: Pick<People, 'groupsOf'>;
  readonly now: Clock;
  readonly log: Log;
}

/** Milliseconds without requests after a failure of Graph, so that not every turn waits in vain. */
const LEFT_ALONE_MS = 10_000;

/**
 * Administrators are partner staff on a list or in an Entra group. Without a registration people have no identity, and
 * the local staff user is the administrator if the server was started so.
 */
export function adminGate({ config, people, now, log }: AdminGateDeps): AdminGate {
  const { registration, adminGroups } = config;
  const listed = new Set(config.admins.map((id) => id.toLowerCase()));
  let askAgainAt = 0;
  return async (asker, personId) => {
    if (asker !== 'partner') return refused('not-staff');
    if (!registration) return config.localAdmin ? { admin: true, reason: 'local' } : refused('not-named');
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
