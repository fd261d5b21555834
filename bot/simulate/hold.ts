/** Holds one conversation of a file with the bot, and compares the replies with the expected words. */
import type { Conversation, ConversationLine } from './conversation-file.js';
import { buttonsOf, textOf, valueOf, type Reply } from './reply.js';

/** A person in a chat with the bot. */
export interface Talker {
  readonly greeting: readonly Reply[];
  /** Sends words; returns the replies of the turn. */
  say(text: string): Promise<readonly Reply[]>;
  /** Sends the data of a button; returns the replies of the turn. */
  press(value: unknown): Promise<readonly Reply[]>;
}

export type Problem =
  /** Expected words that no reply contains, with the most similar line that the bot did say. */
  | { readonly kind: 'missing'; readonly expected: string; readonly nearest?: string }
  | { readonly kind: 'unwanted'; readonly words: string }
  | { readonly kind: 'no-button'; readonly title: string; readonly buttons: readonly string[] };

export interface HeldLine {
  readonly line: ConversationLine;
  readonly replies: readonly Reply[];
  readonly problems: readonly Problem[];
}

export interface Held {
  readonly conversation: Conversation;
  readonly greeting: readonly Reply[];
  /** Ends with the line whose button is missing, because the rest would mean something else. */
  readonly lines: readonly HeldLine[];
}

/** Says every line of the conversation, one after another. */
export async function holdConversation(conversation: Conversation, talker: Talker): Promise<Held> {
  const lines: HeldLine[] = [];
  let replies = talker.greeting;
  for (const line of conversation.lines) {
    const held = await holdLine(line, replies, talker);
    lines.push(held);
    if (held.problems.some(({ kind }) => kind === 'no-button')) break;
    replies = held.replies;
  }
  return { conversation, greeting: talker.greeting, lines };
}

/** True when every line got its expected words. */
export function wentWell({ lines }: Held): boolean {
  return lines.every(({ problems }) => problems.length === 0);
}

/** A problem as lines of a plain comparison. */
export function problemLines(problem: Problem): readonly string[] {
  switch (problem.kind) {
    case 'missing':
      return [
        'The replies do not contain the expected words:',
        `  - expected: ${problem.expected}`,
        ...(problem.nearest === undefined ? [] : [`  + nearest:  ${problem.nearest}`]),
      ];
    case 'unwanted':
      return ['The replies contain words that they must not contain:', `  + ${problem.words}`];
    case 'no-button':
      return [
        'The replies have no button with this title:',
        `  - ${problem.title}`,
        ...problem.buttons.map((title) => `  + ${title}`),
      ];
  }
}

async function holdLine(line: ConversationLine, before: readonly Reply[], talker: Talker): Promise<HeldLine> {
  const title = line.press;
  if (title === undefined) return compared(line, await talker.say(line.say ?? ''));
  const card = before.findLast((reply) => buttonsOf(reply).some((button) => button.title === title));
  if (card) return compared(line, await talker.press(valueOf(card, title)));
  const buttons = before.flatMap(buttonsOf).map((button) => button.title);
  return { line, replies: [], problems: [{ kind: 'no-button', title, buttons }] };
}

/** Unicode's isolates keep names in order inside Arabic. Nobody sees or types them. */
const ISOLATES = /[\u2066-\u2069]/gu;

function compared(line: ConversationLine, replies: readonly Reply[]): HeldLine {
  const heard = replies.map(textOf).join('\n').replace(ISOLATES, '');
  const said = [...new Set(heard.split('\n'))].filter((text) => text.trim() !== '');
  const missing = line.expect
    .filter((words) => !heard.includes(words))
    .map((expected): Problem => ({ kind: 'missing', expected, nearest: mostSimilar(expected, said) }));
  const unwanted = line.not
    .filter((words) => heard.includes(words))
    .map((words): Problem => ({ kind: 'unwanted', words }));
  return { line, replies, problems: [...missing, ...unwanted] };
}

/** A line with fewer of the expected letter pairs than this share does not help the reader. */
const SIMILAR = 0.6;

/** The line with the most letter pairs of the expected words; the shortest of equal lines. */
function mostSimilar(expected: string, said: readonly string[]): string | undefined {
  const wanted = [...pairsOf(expected)];
  const [best] = said
    .map((text) => {
      const pairs = pairsOf(text);
      return { text, share: wanted.filter((pair) => pairs.has(pair)).length / wanted.length };
    })
    .sort((a, b) => b.share - a.share || a.text.length - b.text.length);
  return best && best.share >= SIMILAR ? best.text : undefined;
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...text.toLowerCase()];
  return new Set(letters.map((letter, at) => letter + (letters[at + 1] ?? '')));
}
