/**
 * People through Microsoft Graph: manager, groups, presence. Without a registration, the answer is "not configured".
 */
import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import type { Presence } from '../../core/services/answers/answer.js';
import type { Asker } from '../../core/terms.js';

export type GraphAnswer<T> =
  | { readonly kind: 'known'; readonly value: T }
  /** Graph says that there is none: no manager, or no such person. */
  | { readonly kind: 'none' }
  /** No client, or no groups, are configured. */
  | { readonly kind: 'not-configured' }
  /** Graph refuses the request: a permission is missing, or the sign-in fails. */
  | { readonly kind: 'refused' }
  /** Graph did not answer. */
  | { readonly kind: 'unavailable' };

export interface Manager {
  readonly id: string;
  readonly name?: string;
  readonly upn?: string;
}

/**
 * Each method takes Entra object ids unless it says otherwise, and never throws: the caller continues without the
 * answer.
 */
export interface People {
  /** The object id of a person by user principal name. Cached for a day. */
  idOf(upn: string): Promise<GraphAnswer<string>>;
  managerOf(personId: string): Promise<GraphAnswer<Manager>>;
  /** The given groups that contain the person, directly or through nested groups. Cached for `cacheMs`. */
  groupsOf(personId: string, groupIds: readonly string[]): Promise<GraphAnswer<ReadonlySet<string>>>;
  /** Presence of up to 650 people, by id. Leaves out people without an answer from Graph. */
  presenceOf(personIds: readonly string[]): Promise<GraphAnswer<ReadonlyMap<string, Presence>>>;
}

export interface PeopleDeps {
  readonly client?: Client;
  readonly now: Clock;
  readonly log: Log;
  /** Milliseconds that a membership is cached. */
  readonly cacheMs?: number;
  /** Milliseconds to wait for an answer. */
  readonly patienceMs?: number;
}

const TEN_MINUTES = 600_000;
const ONE_DAY = 86_400_000;
const PATIENCE_MS = 3_000;
const MOST_CACHED = 5_000;
/** The maximum number of groups and of people in one request to Graph. */
const MOST_GROUPS = 20;
const MOST_PEOPLE = 650;

/** Graph's words, folded: its documentation adds words in new versions, in different cases. */
const PRESENCES: Readonly<Record<string, Presence>> = {
  available: 'available', availableidle: 'available',
  busy: 'busy', busyidle: 'busy', inacall: 'busy', inameeting: 'busy',
  donotdisturb: 'do-not-disturb', presenting: 'do-not-disturb', focusing: 'do-not-disturb',
  away: 'away', berightback: 'away',
  offline: 'offline',
}; // prettier-ignore

const IdBody = z.looseObject({ id: z.string() });
const ManagerBody = z.looseObject({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
const GroupsBody = z.looseObject({ value: z.array(z.string()) });
const PresenceBody = z.looseObject({
  value: z.array(z.looseObject({ id: z.string(), availability: z.string() })),
});

type Kept<T> = Map<
  string,
  { readonly from: number; readonly until: number; readonly told: Promise<GraphAnswer<T>> }
>;

/** The client of a configured registration; without one, a client that always answers "not configured". */
export function openPeople(deps: PeopleDeps): People {
  const { client, cacheMs = TEN_MINUTES } = deps;
  if (!client) return NOT_CONFIGURED;
  const groups: Kept<ReadonlySet<string>> = new Map();
  const ids: Kept<string> = new Map();
  const ask = <T>(what: string, work: (signal: AbortSignal) => Promise<T>) => asked(what, work, deps);
  return {
    idOf: (upn) =>
      cached(ids, upn.toLowerCase(), ONE_DAY, deps.now, () =>
        ask('id', (signal) => idOf(client, upn, signal)),
      ),
    managerOf: (personId) => ask('manager', (signal) => managerOf(client, personId, signal)),
    groupsOf: (personId, groupIds) => {
      if (groupIds.length === 0) return Promise.resolve({ kind: 'not-configured' });
      const key = `${personId} ${[...groupIds].sort().join(' ')}`;
      return cached(groups, key, cacheMs, deps.now, () =>
        ask('groups', (signal) => groupsOf(client, personId, groupIds, signal)),
      );
    },
    presenceOf: (personIds) => ask('presence', (signal) => presenceOf(client, personIds, signal)),
  };
}

const person = (id: string): string => `/users/${encodeURIComponent(id)}`;

async function idOf(client: Client, upn: string, signal: AbortSignal): Promise<string> {
  const body: unknown = await client.api(person(upn)).select('id').options({ signal }).get();
  return IdBody.parse(body).id;
}

async function managerOf(client: Client, personId: string, signal: AbortSignal): Promise<Manager> {
  const body: unknown = await client
    .api(`${person(personId)}/manager`)
    .select('id,displayName,userPrincipalName')
    .options({ signal })
    .get();
  const { id, displayName, userPrincipalName } = ManagerBody.parse(body);
  return {
    id,
    ...(displayName && { name: displayName }),
    ...(userPrincipalName && { upn: userPrincipalName }),
  };
}

async function groupsOf(
  client: Client,
  personId: string,
  groupIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const body = { groupIds: groupIds.slice(0, MOST_GROUPS) };
  const answer: unknown = await client
    .api(`${person(personId)}/checkMemberGroups`)
    .options({ signal })
    .post(body);
  return new Set(GroupsBody.parse(answer).value);
}

async function presenceOf(
  client: Client,
  personIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Presence>> {
  const body = { ids: personIds.slice(0, MOST_PEOPLE) };
  const path = '/communications/getPresencesByUserId';
  const answer: unknown = await client.api(path).options({ signal }).post(body);
  return new Map(PresenceBody.parse(answer).value.flatMap(({ id, availability }) => known(id, availability)));
}

function known(id: string, availability: string): readonly (readonly [string, Presence])[] {
  const folded = availability.toLowerCase();
  const found = Object.hasOwn(PRESENCES, folded) ? PRESENCES[folded] : undefined;
  return found ? [[id, found]] : [];
}

async function asked<T>(
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
  { log, patienceMs = PATIENCE_MS }: PeopleDeps,
): Promise<GraphAnswer<T>> {
  try {
    return { kind: 'known', value: await work(AbortSignal.timeout(patienceMs)) };
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
    if (statusCode === 404) return { kind: 'none' };
    const refused = statusCode === 401 || statusCode === 403;
    log.warn('graph.unavailable', { what, refused, statusCode, code });
    return { kind: refused ? 'refused' : 'unavailable' };
  }
}

/** Caches known results. A failure is requested again the next time. */
function cached<T>(
  cache: Kept<T>,
  key: string,
  forMs: number,
  now: Clock,
  ask: () => Promise<GraphAnswer<T>>,
): Promise<GraphAnswer<T>> {
  const kept = cache.get(key);
  const from = now();
  // After the clock was set back, an answer would otherwise be used for longer than its time.
  if (kept && kept.from <= from && from < kept.until) return kept.told;
  const told = ask();
  cache.delete(key);
  cache.set(key, { from, until: from + forMs, told });
  void told.then(({ kind }) => {
    const good = kind === 'known' || kind === 'none';
    if (!good && cache.get(key)?.told === told) cache.delete(key);
  });
  const oldest = cache.keys().next().value;
  if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest);
  return told;
}

const notConfigured = () => Promise.resolve({ kind: 'not-configured' } as const);
const NOT_CONFIGURED: People = {
  idOf: notConfigured,
  managerOf: notConfigured,
  groupsOf: notConfigured,
  presenceOf: notConfigured,
};

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
