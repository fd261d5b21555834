/** Runs the conversations of this folder's YAML files against the real bot in the process. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startDesk, textOf, Visitor, type Desk } from '../helpers/desk.js';

interface Line {
  readonly say: string;
  /** Words that the replies to this line hold. */
  readonly expect: string | readonly string[];
}

interface Conversation {
  readonly name: string;
  readonly who: 'customer' | 'partner';
  readonly language?: string;
  readonly lines: readonly Line[];
}

const FOLDER = import.meta.dirname;

function conversationsIn(file: string): readonly Conversation[] {
  return parse(readFileSync(join(FOLDER, file), 'utf8')) as readonly Conversation[];
}

describe('conversations', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))) {
    for (const { name, who, language = 'en-US', lines } of conversationsIn(file)) {
      it(`${file}: ${name}`, async () => {
        const visitor = await Visitor.join(desk.url, who, language);
        for (const { say, expect } of lines) {
          const heard = (await visitor.say(say)).map(textOf).join('\n');
          for (const words of [expect].flat())
            assert.ok(heard.includes(words), `after “${say}” there is no “${words}” in:\n${heard}`);
        }
      });
    }
  }
});
