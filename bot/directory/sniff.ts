/** Detects the encoding and the format of a file from its first bytes, not from its name. */
import { open, stat } from 'node:fs/promises';
import { knownHeaders } from '../../core/directory/parse/shape.js';
import { westernEncoding, type Encoding, unreadable } from './decode.js';
const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export type FileKind =
  | { readonly format: 'csv'; readonly delimiter: Delimiter }
  | { readonly format: 'json' }
  | { readonly format: 'ndjson' };

export interface Sniffed {
  readonly encoding: Encoding;
  readonly kind: FileKind;
  readonly bytes: number;
}

const HEAD = 65_536;
/** First bytes of files that people rename to .csv. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['504b0304', 'a zip archive (an Excel workbook is one): open it in Excel and save it as "CSV UTF-8"'],
  ['d0cf11e0', 'an old Excel workbook: open it and save it as "CSV UTF-8"'],
  ['1f8b', 'gzip-compressed: unpack it first'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a picture'],
];

/**
 * Tells what a file is.
 * @throws DeskError `import.unreadable` for a file that is missing, empty, binary or a web page.
 */
export async function sniffFile(path: string): Promise<Sniffed> {
  const { head, bytes } = await readHead(path);
  if (bytes === 0) throw unreadable('The file is empty.');
  const hex = head.subarray(0, 4).toString('hex');
  const foreign = FOREIGN.find(([magic]) => hex.startsWith(magic));
  if (foreign) throw unreadable(`The file is not text but ${foreign[1]}.`);
  const told = encodingOf(head);
  const encoding = told === 'utf-8' ? await westernEncoding(path) : told;
  const text = new TextDecoder(encoding === 'windows-1252' ? 'latin1' : encoding).decode(
    told === 'utf-8' ? head : head.subarray(0, head.length & ~1),
  );
  if (text.trim() === '') throw unreadable('The file is empty: it holds nothing but blanks.');
  if (text.includes('\0')) throw unreadable('The file is not text: it holds zero bytes.');
  return { encoding, kind: kindOf(text, bytes > HEAD), bytes };
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  try {
    // Opening a named pipe would wait until somebody writes into it.
    if (!(await stat(path)).isFile()) throw unreadable('This is not a file but a folder or a device.');
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      return { head: buffer.subarray(0, bytesRead), bytes: size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asUnreadable(error);
  }
}

function asUnreadable(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') return unreadable('There is no such file.', error);
  if (code === 'EACCES' || code === 'EPERM') return unreadable('This process may not read the file.', error);
  if (code === 'EISDIR') return unreadable('This is not a file but a folder or a device.', error);
  return error;
}

/** Uses the byte-order mark. Without a mark, UTF-16 text has a zero in every other byte. */
function encodingOf(head: Buffer): Exclude<Encoding, 'windows-1252'> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 4096);
  if (!sample.includes(0)) return 'utf-8';
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 8 && odd > even * 4) return 'utf-16le';
  return even > sample.length / 8 && even > odd * 4 ? 'utf-16be' : 'utf-8';
}

function kindOf(text: string, cut: boolean): FileKind {
  const start = text.trimStart();
  if (/^<(!doctype|html|head|\?xml)/i.test(start)) {
    throw unreadable(
      'The file is a web page or XML, not a table; perhaps a sign-in page was saved in its place.',
    );
  }
  if (start.startsWith('{') && isLines(start)) return { format: 'ndjson' };
  if (/^[[{]/.test(start)) return { format: 'json' };
  return { format: 'csv', delimiter: delimiterOf(text, cut) };
}

/** True when the first line is one JSON object and another object follows. */
function isLines(start: string): boolean {
  const end = start.indexOf('\n');
  if (end < 0 || !start.slice(end).trimStart().startsWith('{')) return false;
  try {
    JSON.parse(start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

/** Number of lines that are searched for the header: exports may have a title and a date above it. */
const HEADER_LINES = 20;

/**
 * The separator that finds the most known columns in one of the first lines. If none finds any, the separator that the
 * first line with a separator uses most. `sep=;` on the first line decides, as in Excel.
 */
function delimiterOf(text: string, cut: boolean): Delimiter {
  const told = /^sep=([,;|\t])\s*$/im.exec(text.slice(0, 16))?.[1];
  const asked = DELIMITERS.find((one) => one === told);
  if (asked) return asked;
  const lines = text.split(/\r\n|\n|\r/, HEADER_LINES);
  if (cut && (lines[0]?.length ?? 0) >= HEAD / 2)
    throw unreadable('The first line does not end, so this is not a table.');
  const ranked = DELIMITERS.map((mark) => ({
    mark,
    known: Math.max(...lines.map((line) => knownHeaders(cellsOf(line, mark)))),
  }));
  const best = ranked.reduce((top, next) => (next.known > top.known ? next : top));
  return best.known > 1 ? best.mark : mostUsed(lines);
}

function mostUsed(lines: readonly string[]): Delimiter {
  const count = (line: string, mark: string) => line.replace(/"(?:[^"]|"")*"/g, '').split(mark).length - 1;
  const line = lines.find((one) => DELIMITERS.some((mark) => count(one, mark) > 0)) ?? '';
  return DELIMITERS.reduce((top, next) => (count(line, next) > count(line, top) ? next : top));
}

/** The cells of one line; quotes may contain the separator. */
function cellsOf(line: string, mark: Delimiter): readonly string[] {
  const cells = line.match(new RegExp(`(?:"(?:[^"]|"")*"|[^"\\${mark}])+`, 'g')) ?? [];
  return cells.map((cell) => cell.trim().replace(/^"|"$/g, ''));
}
