/** Prints what the bot asks Microsoft Graph about people, whether Graph answers, and which permissions are missing. */
import type { People, GraphAnswer } from '../graph/people.js';
import type { Config } from '../app/config.js';

/** The question of each use, and the application permissions that it needs. */
const USES = [
  { use: 'staff groups', setting: 'OFFER_DESK_STAFF_GROUPS', permissions: 'GroupMember.Read.All' },
  { use: 'administrators', setting: 'OFFER_DESK_ADMIN_GROUPS', permissions: 'GroupMember.Read.All' },
  {
    use: 'presence',
    setting: 'OFFER_DESK_PEOPLE=presence',
    permissions: 'Presence.Read.All, User.ReadBasic.All',
  },
  { use: 'manager', setting: 'OFFER_DESK_PEOPLE=manager', permissions: 'User.Read.All' },
  { use: 'team', setting: 'OFFER_DESK_PEOPLE=team', permissions: 'User.Read.All' },
] as const;

type Settings = Pick<Config, 'registration' | 'peopleUses' | 'staffGroups' | 'adminGroups'>;

/** Which uses are configured, and their permissions. Sends no request. */
export function statusOf(config: Settings) {
  const registered = config.registration !== undefined;
  const chosen = new Set<string>([
    ...config.peopleUses,
    ...(config.staffGroups.length > 0 ? ['staff groups'] : []),
    ...(config.adminGroups.length > 0 ? ['administrators'] : []),
  ]);
  return { registered, uses: USES.map((one) => ({ ...one, configured: registered && chosen.has(one.use) })) };
}

/** One line per use: configured or not. */
export function statusLines(config: Settings): readonly string[] {
  const { registered, uses } = statusOf(config);
  return [
    registered
      ? 'registration    set: Graph is asked with it'
      : 'registration    not configured (MICROSOFT_APP_ID): Graph is not asked for anything',
    ...uses.map(
      ({ use, setting, permissions, configured }) =>
        `${use.padEnd(15)} ${configured ? `configured; needs ${permissions}` : `not configured (${setting})`}`,
    ),
  ];
}

/** Graph's answer to one question about a person. */
export interface Probe {
  readonly asked: string;
  readonly answer: string;
}

/** Asks Graph every configured question about one person, by user principal name. */
export async function probePerson(
  people: Pick<People, 'idOf' | 'managerOf' | 'presenceOf' | 'groupsOf'>,
  upn: string,
  config: Settings,
): Promise<readonly Probe[]> {
  const id = await people.idOf(upn);
  if (id.kind !== 'known') return [{ asked: `find ${upn}`, answer: outcome(id) }];
  const groups = [...config.staffGroups, ...config.adminGroups];
  const uses = new Set(config.peopleUses);
  const probe = async (asked: string, told: Promise<GraphAnswer<unknown>>) => ({
    asked,
    answer: outcome(await told),
  });
  return [
    { asked: `find ${upn}`, answer: 'yes' },
    ...(uses.has('presence') ? [await probe('presence', people.presenceOf([id.value]))] : []),
    ...(uses.has('manager') || uses.has('team') ? [await probe('manager', people.managerOf(id.value))] : []),
    ...(groups.length > 0 ? [await probe('groups', people.groupsOf(id.value, groups))] : []),
  ];
}

/** One line per answer. */
export function probeLines(probes: readonly Probe[]): readonly string[] {
  return probes.map(({ asked, answer }) => `${asked}: ${answer}`);
}

function outcome(told: GraphAnswer<unknown>): string {
  switch (told.kind) {
    case 'known':
      return 'answered';
    case 'none':
      return 'there is none';
    case 'not-configured':
      return 'not configured';
    case 'refused':
      return 'REFUSED: grant the permission to the app registration, with admin consent';
    case 'unavailable':
      return 'NO ANSWER: Graph could not be reached in time';
  }
}
