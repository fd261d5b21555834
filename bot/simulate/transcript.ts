/** Prints a held conversation as a transcript: who said what, and the title, texts and buttons of each card. */
import { problemLines, type Held, type HeldLine } from './hold.js';
import type { Reply } from './reply.js';

/** The readable content of one reply. */
export interface ShownReply {
  /** The first heading of the card; absent for plain text. */
  readonly title?: string;
  readonly texts: readonly string[];
  readonly buttons: readonly ShownButton[];
}

interface ShownButton {
  readonly title: string;
  /** The address that the button opens. */
  readonly url?: string;
}

type Node = Readonly<Record<string, unknown>>;

const textIn = (node: Node, key: string): string => (typeof node[key] === 'string' ? node[key] : '');
const listIn = (node: Node, key: string): readonly Node[] =>
  Array.isArray(node[key]) ? (node[key] as Node[]) : [];

/** Collects what a person reads, in the order of the card. */
class Reader {
  title: string | undefined;
  readonly texts: string[] = [];
  readonly buttons: ShownButton[] = [];

  read(node: Node): void {
    const { selectAction } = node;
    // A container that acts as a button repeats its texts in the title of the button.
    if (selectAction && textIn(node, 'type') !== 'TextRun') return this.button(selectAction as Node);
    const type = textIn(node, 'type');
    if (type === 'TextBlock') this.text(node);
    else if (type === 'RichTextBlock')
      this.line(
        listIn(node, 'inlines')
          .map((run) => textIn(run, 'text'))
          .join(''),
      );
    else if (type === 'FactSet')
      for (const fact of listIn(node, 'facts'))
        this.line(`${textIn(fact, 'title')}: ${textIn(fact, 'value')}`);
    else if (type.startsWith('Input.')) this.input(node);
    else this.inside(node);
  }

  private inside(node: Node): void {
    for (const key of ['items', 'columns', 'rows', 'cells', 'body'])
      for (const child of listIn(node, key)) this.read(child);
    for (const action of listIn(node, 'actions')) this.button(action);
  }

  private text(node: Node): void {
    const words = textIn(node, 'text');
    if (this.title === undefined && node.style === 'heading') this.title = words;
    else this.line(words);
  }

  private input(node: Node): void {
    const label = textIn(node, 'label') || textIn(node, 'title') || textIn(node, 'placeholder');
    const choices = listIn(node, 'choices').map((choice) => textIn(choice, 'title'));
    this.line(`(${[label, choices.join(' / ')].filter((part) => part !== '').join(': ')})`);
  }

  private button(action: Node): void {
    const url = textIn(action, 'url');
    const title = textIn(action, 'title');
    if (title !== '') this.buttons.push({ title, ...(url !== '' && { url }) });
    if (action.card) this.inside(action.card as Node);
  }

  private line(words: string): void {
    if (words.trim() !== '') this.texts.push(words);
  }
}

/** The readable content of a reply. */
function shownReply(reply: Reply): ShownReply {
  const reader = new Reader();
  if (reply.text) reader.texts.push(reply.text);
  for (const { content } of reply.attachments ?? []) reader.read(content);
  const { title, texts, buttons } = reader;
  return { ...(title !== undefined && { title }), texts, buttons };
}

/** The conversation as lines of text. */
export function transcriptLines({ conversation, greeting, lines }: Held): readonly string[] {
  const { name, who, language } = conversation;
  const left = conversation.lines.length - lines.length;
  return [
    `── ${name} (${who}, ${language})`,
    ...greeting.flatMap(replyLines),
    ...lines.flatMap((line) => heldLines(line, who)),
    ...(left > 0 ? [`  Lines not said after this: ${left}.`] : []),
    '',
  ];
}

function heldLines({ line, replies, problems }: HeldLine, who: string): readonly string[] {
  const said =
    line.press === undefined ? indented(`${who}: `, line.say ?? '') : [`${who} presses [${line.press}]`];
  return [
    '',
    ...said,
    ...replies.flatMap(replyLines),
    ...problems.flatMap((problem) =>
      problemLines(problem).map((text, at) => `${at === 0 ? '✗ ' : '  '}${text}`),
    ),
  ];
}

function replyLines(reply: Reply): readonly string[] {
  const { title, texts, buttons } = shownReply(reply);
  const rows = [...(title === undefined ? [] : [`**${title}**`]), ...texts].flatMap((text) =>
    text.split('\n'),
  );
  return [
    ...rows.map((text, at) => `${at === 0 ? 'bot: ' : '     '}${text}`),
    ...buttons.map((button) => `     [${button.title}]${button.url === undefined ? '' : ` ${button.url}`}`),
  ];
}

function indented(lead: string, text: string): readonly string[] {
  return text.split('\n').map((row, at) => (at === 0 ? lead : ' '.repeat(lead.length)) + row);
}

/** The conversation with named fields, for `--json`. */
export function transcriptFields({ conversation, greeting, lines }: Held) {
  const { name, who, language } = conversation;
  return {
    name,
    who,
    language,
    ok: lines.every(({ problems }) => problems.length === 0),
    greeting: greeting.map(shownReply),
    lines: lines.map(({ line, replies, problems }) => ({
      ...(line.press === undefined ? { say: line.say } : { press: line.press }),
      replies: replies.map(shownReply),
      problems,
    })),
  };
}
