/** Keeps the managers' default topics: the topics that their teams follow, by today's directory of people. */
import type { Subscription } from '../../incident/audience.js';
import type { RecipientAbout, RecipientStore, TeamDefault, TeamStore } from '../../incident/ports.js';
import { teamTopics } from '../../incident/team.js';

/** A person's own chat with the bot: the person's id in the directory, and the address of the chat. */
export interface StaffChat {
  readonly personId: string;
  readonly about: RecipientAbout;
}

export interface TeamDeps {
  readonly recipients: Pick<RecipientStore, 'all' | 'byId' | 'know' | 'setTeamTopics'>;
  readonly teams: TeamStore;
  /** Everybody of the staff who has a chat with the bot. */
  readonly chats: () => AsyncIterable<StaffChat>;
  /** The manager's id; null without a manager; undefined when the lookup fails. */
  readonly managerOf: (personId: string) => Promise<string | null | undefined>;
  /** Decides again whether a recipient gets the open incidents. */
  readonly replan: (readerId: string) => Promise<void>;
  readonly now: () => number;
}

export type TeamOutcome =
  | {
      readonly kind: 'done';
      readonly followers: number;
      readonly managers: number;
      /** Managers whose defaults changed. */
      readonly changed: number;
      /** Managers who never installed the bot, or removed it: the bot cannot send to them. */
      readonly unreached: number;
    }
  /** A lookup of a manager failed: everything stays as it was. */
  | { readonly kind: 'unsure'; readonly people: number };

/** Lookups in progress at one time. */
const AT_ONCE = 4;

/**
 * Brings the defaults up to date. Changes nothing unless every follower's manager is known, because a directory that is
 * partly unavailable must not end a manager's defaults. Safe to repeat after a crash: unrecorded changes are planned
 * again.
 */
export async function refreshTeams(deps: TeamDeps): Promise<TeamOutcome> {
  const chats = await chatsOf(deps);
  const followers = await followersOf(deps, chats);
  const managers = await managersOf(deps, [...followers.keys()]);
  const unsure = [...managers.values()].filter((one) => one === undefined).length;
  if (unsure > 0) return { kind: 'unsure', people: unsure };
  const teams = new Map<string, (readonly Subscription[])[]>();
  for (const [personId, subscriptions] of followers) {
    const managerId = managers.get(personId);
    if (typeof managerId !== 'string' || managerId === personId) continue;
    teams.set(managerId, [...(teams.get(managerId) ?? []), subscriptions]);
  }
  const defaults = [...teams].map(([managerId, team]): TeamDefault => {
    const about = chats.byPerson.get(managerId);
    return { managerId, readerId: about?.id ?? null, topics: teamTopics(team) };
  });
  const changed = await apply(deps, defaults, chats);
  const unreached = defaults.filter((one) => one.readerId === null).length;
  return { kind: 'done', followers: followers.size, managers: teams.size, changed, unreached };
}

/** Ends every default after the operator has switched them off. Returns how many managers had any. */
export async function endTeams(deps: Pick<TeamDeps, 'recipients' | 'teams' | 'now'>): Promise<number> {
  const before = await deps.teams.all();
  for (const { readerId } of before)
    if (readerId) await deps.recipients.setTeamTopics(readerId, [], deps.now());
  if (before.length > 0) await deps.teams.replace([], deps.now());
  return before.length;
}

interface Chats {
  readonly byPerson: ReadonlyMap<string, RecipientAbout>;
  readonly personOf: ReadonlyMap<string, string>;
}

async function chatsOf({ chats }: TeamDeps): Promise<Chats> {
  const byPerson = new Map<string, RecipientAbout>();
  const personOf = new Map<string, string>();
  for await (const { personId, about } of chats()) {
    byPerson.set(personId, about);
    personOf.set(about.id, personId);
  }
  return { byPerson, personOf };
}

/** The topics that each person chose. A person who stopped all cards, or cannot be reached, has none. */
async function followersOf({ recipients }: TeamDeps, { personOf }: Chats) {
  const found = new Map<string, readonly Subscription[]>();
  for await (const recipient of recipients.all()) {
    const personId = personOf.get(recipient.id);
    const own = recipient.subscriptions.filter((one) => one.by === 'reader');
    if (personId === undefined || recipient.optedOut || !recipient.reachable || own.length === 0) continue;
    found.set(personId, own);
  }
  return found;
}

async function managersOf(
  { managerOf }: TeamDeps,
  people: readonly string[],
): Promise<ReadonlyMap<string, string | null | undefined>> {
  const found = new Map<string, string | null | undefined>();
  const waiting = [...people];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
      found.set(one, await managerOf(one));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** Writes the defaults and plans their effects. The record comes last, so that an interrupted run is repeated. */
async function apply(deps: TeamDeps, defaults: readonly TeamDefault[], chats: Chats): Promise<number> {
  const { recipients, teams, now } = deps;
  const recorded = new Map((await teams.all()).map((one) => [one.managerId, one]));
  const kept = new Set(defaults.map((one) => one.readerId));
  const gone = [...recorded.values()].filter((one) => !kept.has(one.readerId));
  let changed = 0;
  for (const one of [...defaults, ...gone.map((each) => ({ ...each, topics: [] }))]) {
    if (one.readerId === null) continue;
    const about = chats.byPerson.get(one.managerId);
    if (about && !(await recipients.byId(one.readerId))) await recipients.know(about, now());
    const written = await recipients.setTeamTopics(one.readerId, one.topics, now());
    if (!written && isRecorded(one, recorded.get(one.managerId))) continue;
    changed += 1;
    await deps.replan(one.readerId);
  }
  await teams.replace(defaults, now());
  return changed;
}

function isRecorded(one: TeamDefault, before: TeamDefault | undefined): boolean {
  return JSON.stringify([one.readerId, one.topics]) === JSON.stringify([before?.readerId, before?.topics]);
}
