/** Runs the conversations of this folder's YAML files against the real bot in the process. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';

interface Line {
  /** What the person writes, or the title of the button that the person presses. */
  readonly say?: string;
  readonly press?: string;
  /** Words that the replies to this line hold. */
  readonly expect: string | readonly string[];
  /** Words that the replies to this line do not hold. */
  readonly not?: string | readonly string[];
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

/** Presses the newest button of that title. */
async function press(visitor: Visitor, heard: readonly Reply[], title: string): Promise<readonly Reply[]> {
  const holds = (reply: Reply) => JSON.stringify(reply.attachments ?? []).includes(JSON.stringify(title));
  const card = heard.findLast(holds);
  assert.ok(card, `there is no button “${title}” in:\n${heard.map(textOf).join('\n')}`);
  return visitor.press(card, title);
}

async function hold({ who, language = 'en-US', lines }: Conversation, url: string): Promise<void> {
  const visitor = await Visitor.join(url, who, language);
  let replies: readonly Reply[] = [visitor.first];
  for (const line of lines) {
    replies = line.press ? await press(visitor, replies, line.press) : await visitor.say(line.say ?? '');
    const heard = replies.map(textOf).join('\n');
    const after = `after “${line.press ?? line.say ?? ''}”`;
    for (const words of [line.expect].flat())
      assert.ok(heard.includes(words), `${after} there is no “${words}” in:\n${heard}`);
    for (const words of [line.not ?? []].flat())
      assert.ok(!heard.includes(words), `${after} there is “${words}” in:\n${heard}`);
  }
}

describe('conversations', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))
    for (const conversation of conversationsIn(file))
      it(`${file}: ${conversation.name}`, () => hold(conversation, desk.url));
});
