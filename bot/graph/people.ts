/** People through Microsoft Graph: their manager, their groups, their presence. Without a registration: "not configured". */
import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';

export type Told<T> =
  | { readonly kind: 'known'; readonly value: T }
  /** Graph knows that there is none: no manager, no such person. */
  | { readonly kind: 'none' }
  /** No client, or no groups, are configured. */
  | { readonly kind: 'not-configured' }
  /** Graph did not answer, or does not let this app ask. */
  | { readonly kind: 'unavailable' };

export interface Manager {
  readonly id: string;
  readonly name?: string;
  readonly upn?: string;
}

export const AVAILABILITIES = [
  'Available',
  'AvailableIdle',
  'Away',
  'BeRightBack',
  'Busy',
  'BusyIdle',
  'DoNotDisturb',
  'Offline',
] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** Each method takes Entra object ids, and never throws: whoever asks goes on without. */
export interface People {
  managerOf(personId: string): Promise<Told<Manager>>;
  /** Those of the given groups a person is in, nested groups too. Kept for `cacheMs`. */
  groupsOf(personId: string, groupIds: readonly string[]): Promise<Told<ReadonlySet<string>>>;
  /** Presence of up to 650 people, by id; a person Graph does not tell about is left out. */
  presenceOf(personIds: readonly string[]): Promise<Told<ReadonlyMap<string, Availability>>>;
}

export interface PeopleDeps {
  readonly client?: Client;
  readonly now: Clock;
  readonly log: Log;
  /** Milliseconds a membership is believed. */
  readonly cacheMs?: number;
  /** Milliseconds an answer is waited for. */
  readonly patienceMs?: number;
}

const TEN_MINUTES = 600_000;
const PATIENCE_MS = 3_000;
const MOST_CACHED = 5_000;
/** What Graph takes in one question: groups, people. */
const MOST_GROUPS = 20;
const MOST_PEOPLE = 650;

const ManagerBody = z.looseObject({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
const GroupsBody = z.looseObject({ value: z.array(z.string()) });
const PresenceBody = z.looseObject({
  value: z.array(z.looseObject({ id: z.string(), availability: z.string() })),
});

/** The client of a configured registration, or one that says of everything that it is not configured. */
export function openPeople(deps: PeopleDeps): People {
  const { client } = deps;
  if (!client) return NOT_CONFIGURED;
  const groups = new Map<
    string,
    { readonly until: number; readonly told: Promise<Told<ReadonlySet<string>>> }
  >();
  const ask = <T>(what: string, work: (signal: AbortSignal) => Promise<T>) => asked(what, work, deps);
  return {
    managerOf: (personId) =>
      ask('manager', async (signal) => {
        const path = `/users/${encodeURIComponent(personId)}/manager`;
        const body = (await client
          .api(path)
          .select('id,displayName,userPrincipalName')
          .options({ signal })
          .get()) as unknown;
        const { id, displayName, userPrincipalName } = ManagerBody.parse(body);
        return {
          id,
          ...(displayName && { name: displayName }),
          ...(userPrincipalName && { upn: userPrincipalName }),
        };
      }),
    groupsOf: (personId, groupIds) => {
      if (groupIds.length === 0) return Promise.resolve({ kind: 'not-configured' });
      const key = `${personId} ${[...groupIds].sort().join(' ')}`;
      return cached(groups, key, deps, () =>
        ask('groups', async (signal) => {
          const path = `/users/${encodeURIComponent(personId)}/checkMemberGroups`;
          const body = { groupIds: groupIds.slice(0, MOST_GROUPS) };
          return new Set(GroupsBody.parse(await client.api(path).options({ signal }).post(body)).value);
        }),
      );
    },
    presenceOf: (personIds) =>
      ask('presence', async (signal) => {
        const body = { ids: personIds.slice(0, MOST_PEOPLE) };
        const answer: unknown = await client
          .api('/communications/getPresencesByUserId')
          .options({ signal })
          .post(body);
        return new Map(
          PresenceBody.parse(answer).value.flatMap(({ id, availability }) => known(id, availability)),
        );
      }),
  };
}

function known(id: string, availability: string): readonly (readonly [string, Availability])[] {
  const found = AVAILABILITIES.find((one) => one === availability);
  return found ? [[id, found]] : [];
}

async function asked<T>(
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
  { log, patienceMs = PATIENCE_MS }: PeopleDeps,
): Promise<Told<T>> {
  try {
    return { kind: 'known', value: await work(AbortSignal.timeout(patienceMs)) };
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
    if (statusCode === 404) return { kind: 'none' };
    log.warn('graph.unavailable', { what, statusCode, code });
    return { kind: 'unavailable' };
  }
}

/** Keeps what is known; a failure is asked about again the next time. */
function cached<T>(
  cache: Map<string, { readonly until: number; readonly told: Promise<Told<T>> }>,
  key: string,
  { now, cacheMs = TEN_MINUTES }: PeopleDeps,
  ask: () => Promise<Told<T>>,
): Promise<Told<T>> {
  const kept = cache.get(key);
  if (kept && kept.until > now()) return kept.told;
  const told = ask();
  cache.delete(key);
  cache.set(key, { until: now() + cacheMs, told });
  void told.then(({ kind }) => kind === 'unavailable' && cache.get(key)?.told === told && cache.delete(key));
  const oldest = cache.keys().next().value;
  if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest);
  return told;
}

const notConfigured = () => Promise.resolve({ kind: 'not-configured' } as const);
const NOT_CONFIGURED: People = {
  managerOf: notConfigured,
  groupsOf: notConfigured,
  presenceOf: notConfigured,
};
