/** Reads the words of a message: mentions, markup, quotes and forwarded messages become plain text. */
import type { Activity } from 'botbuilder';
import { Parser } from 'htmlparser2';

/** The longest text that is searched for markup, in characters. A longer message is refused later. */
const LONGEST = 28_000;
/** The most entities and attachments that are looked at. */
const MOST = 50;

/** Tags that end a line. */
const BLOCKS = new Set(
  'p br div li ul ol tr table tbody blockquote pre codeblock hr h1 h2 h3 h4 h5 h6'.split(' '),
);
/** Tags that Teams writes inside a line. Any other tag is text that a person typed, such as `<resource name>`. */
const INLINES = new Set(
  'a b i u s em strong strike del ins sub sup span font code img emoji readonly td th'.split(' '),
);
/** Elements whose content is not the sender's own sentence: names of people, tags and channels, and quoted messages. */
const SET_ASIDE = new Set(['at', 'attachment', 'quote', 'quoted', 'legacyquote', 'script', 'style']);

interface Mention {
  readonly type?: unknown;
  readonly text?: unknown;
}

interface Attached {
  readonly contentType?: unknown;
  readonly content?: unknown;
}

/**
 * The sender's own words, and the words of messages that the sender forwarded. A mention is a name and not a part of
 * the sentence. Only Teams sends markup; in other channels people may type a tag as text.
 */
export function messageText(activity: Partial<Activity>): string {
  const text: unknown = activity.text;
  const given = typeof text === 'string' ? text : '';
  if (given.length > LONGEST) return given;
  if (activity.channelId !== 'msteams') return tidy(withoutMentions(given, activity.entities));
  const attachments = listOf<Attached>(activity.attachments);
  const own = withoutQuoted(textOfMarkup(withoutMentions(given, activity.entities)), attachments);
  const forwarded = attachments.flatMap(forwardedText);
  return tidy([own, ...forwarded].join('\n'));
}

function listOf<T>(value: unknown): readonly T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST).filter((one) => typeof one === 'object' && one !== null) as T[];
}

/** Plain string work: input never becomes a regular expression. */
function withoutMentions(text: string, entities: unknown): string {
  const mentioned = listOf<Mention>(entities).filter((one) => one.type === 'mention');
  const names = mentioned.flatMap(({ text: name }) =>
    typeof name === 'string' && name !== '' ? [name] : [],
  );
  return names.reduce((rest, name) => rest.split(name).join(' '), text);
}

/** A reply may repeat the first words of the answered message above the answer. Teams marks these words separately. */
function withoutQuoted(text: string, attachments: readonly Attached[]): string {
  const quoted = attachments.filter((one) => one.contentType === 'messageReference');
  const start = text.trimStart();
  for (const { content } of quoted) {
    const preview = fieldOf(content, 'messagePreview')?.trim();
    if (preview && start.startsWith(preview) && start.length > preview.length)
      return start.slice(preview.length);
  }
  return text;
}

/** The words of a forwarded message. Connectors name the field in two ways. */
function forwardedText({ contentType, content }: Attached): string[] {
  if (contentType !== 'forwardedMessageReference') return [];
  const body = objectOf(content)?.body;
  const html = fieldOf(content, 'originalMessageContent') ?? fieldOf(body, 'content');
  return html === undefined ? [] : [textOfMarkup(html.slice(0, LONGEST))];
}

function fieldOf(value: unknown, name: string): string | undefined {
  const field = objectOf(value)?.[name];
  return typeof field === 'string' ? field : undefined;
}

/** An object, given as an object or as JSON. */
function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const read = typeof value === 'string' && value.length <= 4 * LONGEST ? parsed(value) : value;
  return typeof read === 'object' && read !== null ? (read as Readonly<Record<string, unknown>>) : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** Text of HTML as Teams writes it. Decodes entities once, drops known tags, and leaves quoted messages out. */
function textOfMarkup(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const out: string[] = [];
  /** The number of open elements whose content is ignored. */
  let aside = 0;
  const write = (text: string): void => {
    if (aside === 0) out.push(text);
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (SET_ASIDE.has(name) || isReply(name, attributes)) aside += 1;
      else if (BLOCKS.has(name)) write('\n');
      else if (!INLINES.has(name)) write(html.slice(parser.startIndex, parser.endIndex + 1));
    },
    ontext: write,
    onclosetag(name, isImplied) {
      if (SET_ASIDE.has(name) || (name === 'blockquote' && aside > 0)) {
        aside = Math.max(0, aside - 1);
        write(' ');
      } else if (BLOCKS.has(name)) write('\n');
      else if (!INLINES.has(name) && !isImplied) write(html.slice(parser.startIndex, parser.endIndex + 1));
    },
  });
  parser.end(html);
  return out.join('');
}

/** The block in which Teams repeats the answered message. Other quoted blocks are the sender's own text. */
function isReply(name: string, attributes: Readonly<Record<string, string>>): boolean {
  return name === 'blockquote' && (attributes.itemtype ?? '').endsWith('/Reply');
}

/** Reduces spaces of any width to one space. Removes invisible characters and empty lines at both ends. */
function tidy(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
