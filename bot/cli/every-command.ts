/** Every group of commands, and the running server's way to run one of them. */
import { CommanderError } from 'commander';
import { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import type { DoorCommand } from '../app/context.js';
import { realProfiles } from '../app/real-profiles.js';
import { findRootDir } from '../runtime/root-dir.js';
import { addApiDocumentCommand } from './api-document-command.js';
import { addApiKeyCommands } from './api-key-commands.js';
import { addCompletionCommand } from './completion.js';
import { addDirectoryCommands } from './directory-commands.js';
import { addDoctorCommand } from './doctor-command.js';
import { addInsightCommands } from './insight-commands.js';
import { addLocalesCommands } from './locales-commands.js';
import { addMcpCommand } from './mcp-command.js';
import { addOutageCommands } from './outage-commands.js';
import { addPeopleCommands } from './people-commands.js';
import { addPrivacyCommands } from './privacy-commands.js';
import { addProfileCommands } from './profile-commands.js';
import { addRouteCommands } from './route-commands.js';
import { addSimulateCommand } from './simulate-command.js';
import { addStoreCommands } from './store-commands.js';
import { addUnderstandCommand } from './understand-command.js';
import { addWidgetCommands } from './widget-commands.js';
import { runCommandLine, type AddCommands } from './program.js';

/** Each group by the first word of its commands, in the order of the help. */
const GROUPS = {
  profile: addProfileCommands,
  directory: addDirectoryCommands,
  route: addRouteCommands,
  understand: addUnderstandCommand,
  simulate: addSimulateCommand,
  insights: addInsightCommands,
  outages: addOutageCommands,
  people: addPeopleCommands,
  privacy: addPrivacyCommands,
  store: addStoreCommands,
  'api-keys': addApiKeyCommands,
  'api-document': addApiDocumentCommand,
  mcp: addMcpCommand,
  widget: addWidgetCommands,
  locales: addLocalesCommands,
  doctor: addDoctorCommand,
  completion: addCompletionCommand,
} as const satisfies Readonly<Record<string, AddCommands>>;

export type GroupName = keyof typeof GROUPS;

export const ALL_GROUPS: readonly AddCommands[] = Object.values(GROUPS);

const ASKED = z.strictObject({
  argv: z.array(z.string().max(16_384)).max(500),
  folder: z.string().max(4_096),
  secret: z.string().max(4_096).optional(),
});

/**
 * Runs a command line that arrived at the running server's door. Its exit code.
 * @throws DeskError `door.refused` for a command this version does not know
 */
export const runDoorCommand: DoorCommand = async ({ actor, request }, given, out) => {
  const asked = ASKED.safeParse(request);
  if (!asked.success) throw new DeskError('door.refused', 'the running server does not know this request');
  const { config, now, signal, log } = given;
  const stores = { ...given.stores, profile: realProfiles(given.stores.profile, config) };
  let code = 0;
  try {
    await runCommandLine(
      {
        ...asked.data,
        actor,
        out,
        exit: (exit) => void (code = exit),
        context: { config, stores, rootDir: findRootDir(), now, actor, signal },
      },
      ALL_GROUPS,
    );
  } catch (error) {
    if (error instanceof CommanderError)
      throw new DeskError('door.refused', `the running server does not know this command (${error.message})`);
    throw error;
  }
  log.info('door.command', { command: asked.data.argv.slice(0, 2).join(' '), exit: code });
  return code;
};
