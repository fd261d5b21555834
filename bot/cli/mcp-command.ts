/** `mcp`: the MCP server over standard input and output, for an agent on this machine. It reads beside a running server. */
import process from 'node:process';
import { Option, type Command } from 'commander';
import type { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import { API_AUDIENCES, API_SCOPES, type ApiAudience } from '../../core/services/api/api-keys.js';
import { ReportTaken, type WrongContact } from '../api/api.js';
import { ApiDesk } from '../api/desk.js';
import { mcpLibrary } from '../api/mcp-library.js';
import { mcpServer } from '../api/mcp.js';
import { openServices } from '../app/answers.js';
import type { Config } from '../app/config.js';
import { openLiveDirectory } from '../app/live-directory.js';
import { versionOf } from '../app/openapi.js';
import { realProfiles } from '../app/real-profiles.js';
import { signingKeys } from '../app/signing-keys.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { openReadOnly } from '../store/stores.js';
import { commandConfig, presentRun, withCliContext } from './cli-context.js';
import { runCommandLine } from './program.js';
import { addDirectoryCommands } from './directory-commands.js';

interface McpOptions {
  readonly audience: ApiAudience;
}

/** Adds the command. */
export function addMcpCommand(program: Command): void {
  program
    .command('mcp')
    .description(
      'serve the tools of the MCP server on standard input and output, for an agent on this machine',
    )
    .addOption(
      new Option('--audience <audience>', 'who reads the answers; customers never get contacts of staff')
        .choices(API_AUDIENCES)
        .default('partner', 'partner'),
    )
    .action(serve);
}

async function serve({ audience }: McpOptions): Promise<void> {
  const config = commandConfig();
  await prepare();
  const { desk, close } = await openDesk(config);
  const [library, { StdioServerTransport }] = await Promise.all([
    mcpLibrary(),
    import('@modelcontextprotocol/sdk/server/stdio.js'),
  ]);
  const server = mcpServer({
    library,
    desk,
    caller: { id: presentRun().actor, audience, scopes: API_SCOPES },
    version: await versionOf(findRootDir()),
    log: logBeside(),
    audit: () => undefined,
    report: (given) => reportThere(given, audience),
  });
  const ended = new Promise<void>((resolve) => process.stdin.once('end', resolve).once('close', resolve));
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  await close();
}

/** Brings the store to this version, with its keys and in local mode its sample. A running server has done so. */
async function prepare(): Promise<void> {
  try {
    await withCliContext({ seed: true, reads: true }, async ({ config, stores }) => {
      if (stores.readOnly) return;
      await signingKeys({ config, stores }, 'cards');
      await signingKeys({ config, stores }, 'mail-links');
    });
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'store.locked') throw error;
  }
}

/** Standard output belongs to the protocol. */
function logBeside() {
  return openLog(process.env.LOG_LEVEL ?? 'silent', process.stderr);
}

async function openDesk(
  config: Config,
): Promise<{ readonly desk: ApiDesk; readonly close: () => Promise<void> }> {
  const { databaseUrl, dataDir, defaultLanguage } = config;
  const [log, now, rootDir] = [logBeside(), Date.now, findRootDir()];
  const opened = await openReadOnly({ databaseUrl, dataDir, now, log });
  const stores = { ...opened, profile: realProfiles(opened.profile, config) };
  const directory = await openLiveDirectory(stores.directory, log);
  const services = await openServices({ config, env: process.env, stores, directory, log, now, rootDir });
  const close = async (): Promise<void> => {
    directory.stop();
    await stores.close();
  };
  return { desk: new ApiDesk({ services, defaultLanguage }), close };
}

/** A report is a write, so the command that takes it opens the store, or asks the running server. */
async function reportThere(
  { reference, reason, note, language }: z.infer<typeof WrongContact>,
  audience: ApiAudience,
): Promise<z.infer<typeof ReportTaken>> {
  const { folder, actor } = presentRun();
  const lines: string[] = [];
  const given = [
    ...['directory', 'report-contact', reference, '--reason', reason, '--audience', audience],
    ...(note === undefined ? [] : ['--note', note]),
    ...(language === undefined ? [] : ['--language', language]),
  ];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const run = { argv: [...given, '--json'], folder, actor, out, exit: () => undefined };
  try {
    await runCommandLine(run, [addDirectoryCommands]);
  } catch (error) {
    // The running server took the report; its lines are here.
    if (lines.length === 0) throw error;
  }
  return ReportTaken.parse(JSON.parse(lines.join('\n')));
}
