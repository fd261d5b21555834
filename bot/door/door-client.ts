/** Sends a command to the running server over loopback and prints the answer. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { DeskError, ERRORS, type ErrorCode } from '../../core/errors.js';
import { readDoorNote, type DoorNote, DOOR_LINE, DOOR_PATH, type DoorRequest } from './door-file.js';
import type { DoorOutput } from './door-server.js';

/**
 * Runs a command in the server that holds the data directory. Returns its exit code; undefined when this user can reach
 * no such server.
 * @throws DeskError the command's own error; `door.closed` when the server ended before its command.
 */
export async function throughDoor(
  dataDir: string,
  asked: DoorRequest,
  out: DoorOutput,
): Promise<number | undefined> {
  const note = await readDoorNote(dataDir);
  const response = note && (await post(note, JSON.stringify(asked)));
  if (!response) return undefined;
  if (response.statusCode !== 200) {
    response.resume();
    throw new DeskError('door.refused', `the running server answers ${String(response.statusCode)}`);
  }
  return readAnswer(response, out);
}

/** Undefined when no server listens: the file belongs to a killed server. */
function post({ port, key }: DoorNote, body: string): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      path: DOOR_PATH,
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${key}`, 'content-length': Buffer.byteLength(body) },
    });
    sent.once('response', resolve);
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(ended(error));
    });
    sent.end(body);
  });
}

async function readAnswer(response: IncomingMessage, out: DoorOutput): Promise<number> {
  try {
    for await (const text of linesOf(response)) {
      const said = DOOR_LINE.parse(JSON.parse(text));
      if ('exit' in said) return said.exit;
      if ('failed' in said) throw failureOf(said.failed);
      if ('line' in said) out.line(said.line);
      else out.progress(said.progress);
    }
  } catch (error) {
    throw error instanceof DeskError ? error : ended(error);
  }
  throw ended();
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function failureOf({ code, message }: { readonly code: string; readonly message: string }): DeskError {
  return new DeskError(code in ERRORS ? (code as ErrorCode) : 'invariant', message);
}

function ended(cause?: unknown): DeskError {
  return new DeskError('door.closed', 'the running server ended before the command was done', { cause });
}
