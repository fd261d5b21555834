/** Reads the documents of the repository: their headings, links, code and the commands in it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../../bot/runtime/root-dir.js';

const root = findRootDir();

/** Every Markdown document that people read, by its path. */
export const DOCUMENTS: readonly string[] = ['.', 'docs', 'docs/adr'].flatMap((dir) =>
  readdirSync(path.join(root, dir))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(dir, name)),
);

/** The text of a file of the repository. */
export const readDocument = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Block {
  /** The words after the fence: the language, then `runnable` where the test runs the block. */
  readonly info: readonly string[];
  readonly text: string;
}

const FENCE = /^```([^\n]*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a document. */
export function blocksOf(document: string): readonly Block[] {
  return [...document.matchAll(FENCE)].map(([, info = '', text = '']) => ({
    info: info.trim().split(/\s+/),
    text,
  }));
}

/** A document without its fenced blocks. */
const proseOf = (document: string): string => document.replace(FENCE, '');

/** The code spans in the prose of a document. */
export function spansOf(document: string): readonly string[] {
  return [...proseOf(document).matchAll(/`([^`]+)`/g)].map(([, span = '']) =>
    span.replace(/\s*\n\s*/g, ' ').replaceAll('\\|', '|'),
  );
}

/** The anchors that GitHub gives the headings of a document. */
export function anchorsOf(document: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...proseOf(document).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

/** Links inside the repository: the file, empty for the document itself, and the anchor. */
export function linksOf(document: string): readonly { readonly file: string; readonly anchor: string }[] {
  return [...proseOf(document).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#?([^)\s]*)\)/g)].map(
    ([, file = '', anchor = '']) => ({ file, anchor }),
  );
}

const CALL = /(?:^|[\s(])(?:npm run (?:-s )?cli --|npx offer-desk|offer-desk|node dist\/cli\.js) +(.+)$/;

/** The operator's commands in a fenced block: the words after the program's name, one command per item. */
export function commandLines(text: string): readonly string[] {
  return text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => CALL.exec(line.replace(/\s+#\s.*$/, ''))?.[1] ?? []);
}

/**
 * The words of one command line, split as a shell splits them. A usage like `import FILE [--map MAP]` and alternatives
 * like `csv|json` become several command lines: the longest line with each alternative, and the shortest line.
 */
export function variantsOf(line: string): readonly (readonly string[])[] {
  const command = line.replace(/\s+(?:\||>>?|<|&&)\s.*$/, '');
  const words = (text: string): readonly string[] =>
    [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const long = words(command.replace(/[[\]]/g, ' '));
  const isChoice = (word: string): boolean => /^[\w-]+(\|[\w-]+)+$/.test(word);
  const most = Math.max(1, ...long.map((word) => (isChoice(word) ? word.split('|').length : 1)));
  const pick = (all: readonly string[], at: number): readonly string[] =>
    all.map((word) => (isChoice(word) ? (word.split('|')[at] ?? word.split('|')[0] ?? '') : word));
  const longest = Array.from({ length: most }, (_, at) => pick(long, at));
  return command.includes('[') ? [...longest, pick(words(withoutOptional(command)), 0)] : longest;
}

function withoutOptional(usage: string): string {
  const shorter = usage.replace(/\[[^[\]]*\]/g, '');
  return shorter === usage ? usage : withoutOptional(shorter);
}
