/** Reads a file as text piece by piece, and refuses it where its bytes are not the encoding it has. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { Encoding } from './sniff.js';
import { unreadable } from './unreadable.js';

const CHUNK = 262_144;

/**
 * The text of a file, without a byte-order mark.
 * @throws DeskError `import.unreadable` at bytes that are not of this encoding, naming the line.
 */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
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

function decode(decoder: TextDecoder, encoding: Encoding, line: number, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    const at = encoding === 'utf-8' && chunk ? line + badLine(chunk) : line;
    throw unreadable(
      `The file is not valid ${encoding.toUpperCase()} at about line ${String(at)}. ` +
        'It was saved in another encoding: save it again as "CSV UTF-8".',
      error,
    );
  }
}

/** Lines before the first piece of a chunk that is not UTF-8. */
function badLine(chunk: Buffer): number {
  const pieces = chunk.toString('utf8').split('\uFFFD', 1);
  return newlines(pieces[0] ?? '');
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
