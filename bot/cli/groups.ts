/** Loads only the group of commands that a command line names. */
import type { GroupName } from './every-command.js';
import type { AddCommands } from './program.js';

/** Completion is not here: its script names the commands of every group. */
const LOADERS: Readonly<Record<Exclude<GroupName, 'completion'>, () => Promise<AddCommands>>> = {
  profile: async () => (await import('./profile-commands.js')).addProfileCommands,
  directory: async () => (await import('./directory-commands.js')).addDirectoryCommands,
  route: async () => (await import('./route-commands.js')).addRouteCommands,
  understand: async () => (await import('./understand-command.js')).addUnderstandCommand,
  simulate: async () => (await import('./simulate-command.js')).addSimulateCommand,
  insights: async () => (await import('./insight-commands.js')).addInsightCommands,
  outages: async () => (await import('./outage-commands.js')).addOutageCommands,
  people: async () => (await import('./people-commands.js')).addPeopleCommands,
  privacy: async () => (await import('./privacy-commands.js')).addPrivacyCommands,
  store: async () => (await import('./store-commands.js')).addStoreCommands,
  'api-keys': async () => (await import('./api-key-commands.js')).addApiKeyCommands,
  'api-document': async () => (await import('./api-document-command.js')).addApiDocumentCommand,
  mcp: async () => (await import('./mcp-command.js')).addMcpCommand,
  widget: async () => (await import('./widget-commands.js')).addWidgetCommands,
  locales: async () => (await import('./locales-commands.js')).addLocalesCommands,
  doctor: async () => (await import('./doctor-command.js')).addDoctorCommand,
};

/** The group of this first word. For a word that is no group, as `--help` or a mistyped word: every group. */
export async function groupsFor(first: string | undefined): Promise<readonly AddCommands[]> {
  const own = Object.entries(LOADERS).find(([name]) => name === first)?.[1];
  return own ? [await own()] : (await import('./every-command.js')).ALL_GROUPS;
}
