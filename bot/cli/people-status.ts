/** What Microsoft Graph is asked about people, whether it answers, and what is missing where it does not. */
import type { People, Told } from '../graph/people.js';
import type { Config } from '../app/config.js';

/** What each use asks for, and the application permissions it needs. */
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

/** One line a use: configured or not. Asks nobody. */
export function statusLines(config: Settings): readonly string[] {
  const registered = config.registration !== undefined;
  const chosen = new Set<string>([
    ...config.peopleUses,
    ...(config.staffGroups.length > 0 ? ['staff groups'] : []),
    ...(config.adminGroups.length > 0 ? ['administrators'] : []),
  ]);
  return [
    registered
      ? 'registration    set: Graph is asked with it'
      : 'registration    not configured (MICROSOFT_APP_ID): Graph is not asked for anything',
    ...USES.map(({ use, setting, permissions }) => {
      const on = registered && chosen.has(use);
      return `${use.padEnd(15)} ${on ? `configured; needs ${permissions}` : `not configured (${setting})`}`;
    }),
  ];
}

/** Asks Graph each chosen thing about one person, by user principal name, and says what came. */
export async function probeLines(
  people: Pick<People, 'idOf' | 'managerOf' | 'presenceOf' | 'groupsOf'>,
  upn: string,
  config: Settings,
): Promise<readonly string[]> {
  const id = await people.idOf(upn);
  if (id.kind !== 'known') return [`find ${upn}: ${outcome(id)}`];
  const groups = [...config.staffGroups, ...config.adminGroups];
  const uses = new Set(config.peopleUses);
  return [
    `find ${upn}: yes`,
    ...(uses.has('presence') ? [`presence: ${outcome(await people.presenceOf([id.value]))}`] : []),
    ...(uses.has('manager') || uses.has('team')
      ? [`manager: ${outcome(await people.managerOf(id.value))}`]
      : []),
    ...(groups.length > 0 ? [`groups: ${outcome(await people.groupsOf(id.value, groups))}`] : []),
  ];
}

function outcome(told: Told<unknown>): string {
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
