/**
 * The port for operators' commands. A server that holds the data directory alone runs the commands of the same machine
 * and user, because no other process can. Loopback only, with a random key, one path, and no access for browser pages.
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import { within } from '../runtime/timeouts.js';
import {
  newDoorKey,
  removeDoorNote,
  writeDoorNote,
  DOOR_PATH,
  DOOR_REQUEST,
  MAX_REQUEST,
  type DoorLine,
  type DoorRequest,
} from './door-file.js';

/** The output of a command that the server runs. */
export interface DoorOutput {
  line(text: string): void;
  progress(text: string): void;
}

export interface DoorDeps {
  readonly dataDir: string;
  /** Runs one command and gives its exit code; stops soon after the signal. */
  readonly run: (asked: DoorRequest, out: DoorOutput, signal: AbortSignal) => Promise<number>;
  readonly log: Log;
}

export interface Door {
  /** Ends the running commands, waits for them briefly, and deletes the file. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Milliseconds in which a command can report that it was ended. */
const GRACE_MS = 1_500;
/** Progress is for people, who cannot read more frequent updates. */
const PROGRESS_MS = 100;

/** Opens the port and writes the file by which commands find it. */
export async function openDoor({ dataDir, run, log }: DoorDeps): Promise<Door> {
  const key = newDoorKey();
  const stopped = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = answer({ key, run, log, stopped: stopped.signal }, request, response)
      .catch((error: unknown) => {
        log.error('door.broken', { error });
        response.destroy();
      })
      .finally(() => running.delete(work));
    running.add(work);
  });
  // The bot does not wait for this port when it ends.
  server.unref();
  const port = await listen(server);
  await writeDoorNote(dataDir, { port, key });
  return {
    async close() {
      stopped.abort(new DeskError('door.closed', 'the server is stopping'));
      server.close();
      await within(GRACE_MS, Promise.allSettled(running), () => undefined);
      server.closeAllConnections();
      await removeDoorNote(dataDir);
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

interface Answering extends Pick<DoorDeps, 'run' | 'log'> {
  readonly key: string;
  readonly stopped: AbortSignal;
}

async function answer(
  { key, run, log, stopped }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!mayEnter(request, key)) {
    log.warn('door.refused');
    refuse(request, response, 403);
    return;
  }
  const asked = await readRequest(request);
  if (!asked) {
    refuse(request, response, 400);
    return;
  }
  const left = new AbortController();
  response.once('close', () => left.abort(new DeskError('door.closed', 'the command was broken off')));
  const say = speaker(response);
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  try {
    say({ exit: await run(asked, outputOf(say), AbortSignal.any([stopped, left.signal])) });
  } catch (error) {
    say({ failed: failureOf(error, log) });
  }
  response.end();
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume();
  response.writeHead(status, { connection: 'close' });
  response.end();
}

/** No web page can send the key. A page that probes for a listening server also learns nothing. */
function mayEnter({ method, url, headers }: IncomingMessage, key: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${key}`);
  const known = given.length === wanted.length && timingSafeEqual(given, wanted);
  return known && method === 'POST' && url === DOOR_PATH && headers.origin === undefined;
}

async function readRequest(request: IncomingMessage): Promise<DoorRequest | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST) return undefined;
    chunks.push(chunk);
  }
  try {
    return DOOR_REQUEST.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    return undefined;
  }
}

type Say = (line: DoorLine) => void;

function speaker(response: ServerResponse): Say {
  return (line) => void response.write(`${JSON.stringify(line)}\n`);
}

function outputOf(say: Say): DoorOutput {
  let last = 0;
  return {
    line: (line) => {
      say({ line });
    },
    progress: (progress) => {
      const now = performance.now();
      if (now - last < PROGRESS_MS) return;
      last = now;
      say({ progress });
    },
  };
}

function failureOf(error: unknown, log: Log): { code: DeskError['code']; message: string } {
  if (error instanceof DeskError) return { code: error.code, message: error.message };
  log.error('door.command-broken', { error });
  return { code: 'invariant', message: 'The command ended unexpectedly; the server’s log says more' };
}
