/** Runs the conversations of this folder's YAML files against the real bot in the process. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openSimulation, type Simulation } from '../../bot/app/simulation.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { readConversations, type Conversation } from '../../bot/simulate/conversation-file.js';
import { holdConversation, wentWell } from '../../bot/simulate/hold.js';
import { transcriptLines } from '../../bot/simulate/transcript.js';
import { CapturedLog } from '../helpers/capture-log.js';

const FOLDER = import.meta.dirname;
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

async function conversationsIn(file: string): Promise<readonly Conversation[]> {
  const read = await readConversations(readFileSync(path.join(FOLDER, file), 'utf8'));
  assert.ok(read.ok, `${file}: ${read.ok ? '' : read.problems.join('\n')}`);
  return read.conversations;
}

const all = new Map(
  await Promise.all(FILES.map(async (file) => [file, await conversationsIn(file)] as const)),
);

describe('conversations', () => {
  let simulation: Simulation;
  before(async () => {
    simulation = await openSimulation({ rootDir: findRootDir(), log: new CapturedLog(), now: Date.now });
  });
  after(() => simulation.close());

  for (const [file, conversations] of all)
    for (const conversation of conversations)
      it(`${file}: ${conversation.name}`, async () => {
        const talker = await simulation.join(conversation.who, conversation.language);
        const held = await holdConversation(conversation, talker);
        assert.ok(wentWell(held), transcriptLines(held).join('\n'));
      });
});
