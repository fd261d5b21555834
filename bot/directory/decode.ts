/** Reads a file as text piece by piece. Finds out first whether its bytes are UTF-8 or a Windows code page. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { DeskError } from '../../core/errors.js';

/** The encodings that directory files may have. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const CHUNK = 262_144;

/**
 * The text of a file, without a byte-order mark.
 * @throws DeskError `import.unreadable`, naming the line, for bytes that do not belong to this encoding.
 */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'windows-1252') {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }))
      yield windowsText(chunk as Buffer);
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const text = decode(decoder, encoding, line, chunk as Buffer);
    line += newlines(text);
    if (text !== '') yield text;
  }
  const rest = decode(decoder, encoding, line);
  if (rest !== '') yield rest;
}

/**
 * Tells whether a file without a byte-order mark is UTF-8 or Windows-1252. Western text has single letters with
 * accents, so most bytes above 127 stand alone. In UTF-8 and in Asian encodings such bytes come in groups. Other files
 * count as UTF-8, and reading them then fails at the first bad byte.
 */
export async function westernEncoding(path: string): Promise<'utf-8' | 'windows-1252'> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const runs = { alone: 0, grouped: 0, length: 0 };
  let isUtf8 = true;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const bytes = chunk as Buffer;
    if (isUtf8) isUtf8 = decodes(decoder, bytes);
    countRuns(runs, bytes);
  }
  endRun(runs);
  if (isUtf8 && decodes(decoder)) return 'utf-8';
  return runs.alone > runs.grouped * 4 ? 'windows-1252' : 'utf-8';
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}

interface Runs {
  alone: number;
  grouped: number;
  length: number;
}

function countRuns(runs: Runs, bytes: Buffer): void {
  for (const byte of bytes) {
    if (byte >= 0x80) runs.length += 1;
    else if (runs.length > 0) endRun(runs);
  }
}

function endRun(runs: Runs): void {
  if (runs.length === 1) runs.alone += 1;
  else if (runs.length > 1) runs.grouped += 1;
  runs.length = 0;
}

/** Bytes 128 to 159 of Windows-1252. Some versions of Node decode them wrongly. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windowsText(chunk: Buffer): string {
  return chunk
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (one) => UPPER[one.charCodeAt(0) - 0x80] ?? one);
}

function decode(decoder: TextDecoder, encoding: Encoding, line: number, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    const at = encoding === 'utf-8' && chunk ? line + badLine(chunk) : line;
    throw unreadable(
      `The file is not valid ${encoding.toUpperCase()} at about line ${String(at)}. ` +
        'It was saved in another encoding. Save it again as "CSV UTF-8".',
      error,
    );
  }
}

/** The number of lines before the first bytes of a chunk that are not UTF-8. */
function badLine(chunk: Buffer): number {
  const pieces = chunk.toString('utf8').split('\uFFFD', 1);
  return newlines(pieces[0] ?? '');
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The error for an unreadable file. `sentence` names the problem and the next step. */
export function unreadable(sentence: string, cause?: unknown): DeskError {
  return new DeskError('import.unreadable', sentence, cause === undefined ? undefined : { cause });
}
