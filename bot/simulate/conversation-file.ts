/** Reads a file of conversations: who speaks, in which language, and which words each reply contains. */
import type { Document, LineCounter } from 'yaml';
import { z } from 'zod';

/** YAML reads an unquoted 2 as a number; a person means the text. */
const words = z.union([z.string(), z.number().transform(String)]);
const several = z.union([words.transform((one) => [one]), z.array(words)]).default([]);

const line = z
  .strictObject({
    /** The words that the person writes, or the title of the button that the person presses. */
    say: words.optional(),
    press: words.optional(),
    /** Words that the replies to this line contain. */
    expect: several,
    /** Words that the replies to this line do not contain. */
    not: several,
  })
  .refine((one) => (one.say === undefined) !== (one.press === undefined), 'needs either "say" or "press"');

const conversation = z.strictObject({
  name: z.string().min(1),
  who: z.enum(['customer', 'partner']),
  /** A language tag, for example zh-TW. */
  language: z.string().min(2).default('en-US'),
  lines: z.array(line).min(1),
});

const WHOLE = 'must be a list of conversations, each with "name", "who" and "lines"';
const file = z.array(conversation, WHOLE).min(1, 'must not be empty');

export type Conversation = z.infer<typeof conversation>;
export type ConversationLine = z.infer<typeof line>;

export type ConversationFile =
  | { readonly ok: true; readonly conversations: readonly Conversation[] }
  /** One sentence for each problem; most begin with the line of the file. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the text of a YAML or JSON file. Never throws for a wrong file. */
export async function readConversations(text: string): Promise<ConversationFile> {
  const { LineCounter, parseDocument } = (await import('yaml')).default;
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      ({ pos, message }) => `line ${counter.linePos(pos[0]).line}: is not valid YAML: ${message}`,
    );
    return { ok: false, problems };
  }
  const parsed = file.safeParse(document.toJS());
  if (parsed.success) return { ok: true, conversations: parsed.data };
  return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(issue, document, counter)) };
}

function problemOf(issue: z.core.$ZodIssue, document: Document, counter: LineCounter): string {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (path.length === 0) return issue.message;
  const at = lineOf(path, document, counter);
  const [number, list, lineNumber] = path;
  const named: unknown = document.getIn([number, 'name']);
  const name = typeof named === 'string' ? ` “${named}”` : '';
  const inLine = list === 'lines' && typeof lineNumber === 'number' ? `, line ${lineNumber + 1}` : '';
  const field = path.slice(inLine === '' ? 1 : 3).find((part) => typeof part === 'string');
  const what = field === undefined ? '' : ` ${String(field)}:`;
  const where = `line ${at}: conversation ${Number(number) + 1}${name}${inLine}:${what}`;
  return `${where} ${document.hasIn(path) ? sentenceOf(issue) : 'is missing'}`;
}

/** The line of the nearest part of the file that exists: a missing field has no place itself. */
function lineOf(path: readonly (string | number)[], document: Document, counter: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range) return counter.linePos(node.range[0] ?? 0).line;
  }
  return 1;
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `must be a ${issue.expected === 'array' ? 'list' : issue.expected}`;
    case 'invalid_union':
      return 'must be a text or a list of texts';
    case 'too_small':
      return 'must not be empty';
    default:
      return issue.message;
  }
}
