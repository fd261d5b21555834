/** Keeps what managers are told of by default: what their team follows, as the directory of people has the team today. */
import type { Subscription } from '../../incident/audience.js';
import type { RecipientAbout, RecipientStore, TeamDefault, TeamStore } from '../../incident/ports.js';
import { teamTopics } from '../../incident/team.js';

/** A person's own chat with the bot: who it is in the directory, and where a card goes. */
export interface StaffChat {
  readonly personId: string;
  readonly about: RecipientAbout;
}

export interface TeamDeps {
  readonly recipients: Pick<RecipientStore, 'all' | 'byId' | 'know' | 'setTeamTopics'>;
  readonly teams: TeamStore;
  /** Everybody of the staff who can be written to. */
  readonly chats: () => AsyncIterable<StaffChat>;
  /** The manager's id; null for none; undefined where nobody can tell just now. */
  readonly managerOf: (personId: string) => Promise<string | null | undefined>;
  /** Decides anew whether a recipient is told of what is open. */
  readonly replan: (readerId: string) => Promise<void>;
  readonly now: () => number;
}

export type TeamOutcome =
  | {
      readonly kind: 'done';
      readonly followers: number;
      readonly managers: number;
      /** Managers whose defaults are others than before. */
      readonly changed: number;
      /** Managers who never installed the bot, or took it away: nothing can be sent to them. */
      readonly unreached: number;
    }
  /** Somebody's manager could not be asked for: everything stays as it was. */
  | { readonly kind: 'unsure'; readonly people: number };

/** Questions under way at once. */
const AT_ONCE = 4;

/**
 * Brings the defaults up to date. Nothing changes unless every follower's manager is known, lest a directory that is
 * half away end what managers rely on. Safe to repeat after a crash: what was not recorded is planned again.
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

/** Ends every default, where the operator has switched them off. How many managers had any. */
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

/** What each person follows of their own will. Who said stop, or cannot be reached, follows nothing. */
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

/** Writes the defaults and plans what follows from them; recorded last, so that a run cut short is done again. */
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
