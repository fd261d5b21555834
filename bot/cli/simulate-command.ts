/** `simulate`: holds the conversations of a file with the bot in this process, and prints transcripts. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { DeskError } from '../../core/errors.js';
import type { Config } from '../app/config.js';
import { realProfiles } from '../app/real-profiles.js';
import { copyDesk, openSimulation, type Simulation } from '../app/simulation.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { readConversations, type Conversation } from '../simulate/conversation-file.js';
import { holdConversation, wentWell, type Held } from '../simulate/hold.js';
import { transcriptFields, transcriptLines } from '../simulate/transcript.js';
import { SQLITE_FILE } from '../store/engine/sqlite-engine.js';
import { openReadOnly, type Stores } from '../store/stores.js';
import { commandConfig, exitWith, namedFile, printListing } from './cli-context.js';

interface SimulateOptions {
  readonly sample?: boolean;
  readonly only?: string;
}

/** Adds the command. */
export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('hold the conversations of a YAML file with the bot and print transcripts; changes no data')
    .argument('<file>', 'the conversations: name, who, language, lines with say or press, expect, not')
    .option('--sample', 'answer from the fictional sample instead of the stored directory and profile')
    .option('--only <words>', 'only the conversations whose name contains these words')
    .action(simulate);
}

async function simulate(file: string, { sample = false, only = '' }: SimulateOptions): Promise<void> {
  const text = await readFile(namedFile(file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new DeskError('simulate.unreadable', `${file} cannot be read (${error.code ?? error.message})`);
  });
  const read = await readConversations(text);
  if (!read.ok) throw new DeskError('simulate.unreadable', [file, ...read.problems].join('\n  '));
  const chosen = read.conversations.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (chosen.length === 0)
    throw new DeskError('simulate.unreadable', `${file}: no conversation has “${only}” in its name`);
  const simulation = await openFor(commandConfig(), sample);
  try {
    report(await holdAll(chosen, simulation));
  } finally {
    await simulation.close();
  }
}

async function holdAll(chosen: readonly Conversation[], simulation: Simulation): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const conversation of chosen) {
    const talker = await simulation.join(conversation.who, conversation.language);
    held.push(await holdConversation(conversation, talker));
  }
  return held;
}

function report(held: readonly Held[]): void {
  const failed = held.filter((one) => !wentWell(one));
  printListing({ ok: failed.length === 0, conversations: held.map(transcriptFields) }, [
    ...held.flatMap(transcriptLines),
    `Conversations held: ${held.length}. Failed: ${failed.length}.`,
    ...failed.map((one) => `✗ ${one.conversation.name}`),
  ]);
  if (failed.length > 0) exitWith(1);
}

/** The bot over a copy of the stored directory, profile and phrases; over the sample where nothing is stored. */
async function openFor(config: Config, sample: boolean): Promise<Simulation> {
  const basis = { rootDir: findRootDir(), log: openLog(process.env.LOG_LEVEL ?? 'silent'), now: Date.now };
  if (sample) return openSimulation(basis);
  const fill = async (scratch: Stores): Promise<void> => {
    if (!config.databaseUrl && !existsSync(path.join(config.dataDir, SQLITE_FILE))) return;
    const opened = await openReadOnly({ ...basis, databaseUrl: config.databaseUrl, dataDir: config.dataDir });
    try {
      await copyDesk({ ...opened, profile: realProfiles(opened.profile, config) }, scratch);
    } finally {
      await opened.close();
    }
    if (config.registration && (await scratch.profile.load()) === undefined)
      throw new DeskError(
        'config.invalid',
        'there is no partner profile; use --sample for the fictional sample',
      );
  };
  const { defaultLanguage, directoryFile, profileFile } = config;
  return openSimulation({ ...basis, config: { defaultLanguage, directoryFile, profileFile }, fill });
}
