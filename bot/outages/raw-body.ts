/** Reads the raw body of a request within its limits, and answers a request whose body is not read. */
import type { Request, Response } from 'restify';
import { MAX_BODY_BYTES, type TakePlace } from './admit.js';

/** Why there is no body: too many bodies are being read, or this one is larger than allowed. */
export type NoBody = 'busy' | 'too-large';

/** The body, if there is a place to read it. A place is free again when the body has ended, also by a broken connection. */
export async function placedBody(
  req: Request,
  place: (req: Request) => ReturnType<TakePlace>,
): Promise<Buffer | NoBody> {
  const free = place(req);
  if (!free) return 'busy';
  try {
    return await rawBody(req);
  } finally {
    free();
  }
}

/**
 * The received bytes, whatever the headers claim. A body that is too large leaves the request open: without an open
 * connection, the sender could not read the answer.
 */
async function rawBody(req: Request): Promise<Buffer | NoBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** How much of an unread body the server discards, in bytes and in milliseconds, before it closes the connection. */
export interface DiscardLimits {
  readonly bytes: number;
  readonly ms: number;
}
const DISCARD: DiscardLimits = { bytes: 16 * MAX_BODY_BYTES, ms: 10_000 };

/**
 * Answers at once, and then discards what the sender still sends. If the server closed the connection with unread bytes,
 * the operating system would reset it, and the sender would often lose the answer.
 */
export async function answerUnread(
  req: Request,
  res: Response,
  { status, body }: { readonly status: number; readonly body: unknown },
  limits: DiscardLimits = DISCARD,
): Promise<void> {
  const text = JSON.stringify(body);
  res.setHeader('Connection', 'close');
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.writeHead(status);
  res.write(text);
  await discarded(req, limits);
  res.end();
}

/** Resolves when the body has ended, the connection is broken, or a limit is reached. */
function discarded(req: Request, { bytes, ms }: DiscardLimits): Promise<void> {
  if (req.complete || req.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = bytes;
    const timer = setTimeout(done, ms).unref();
    function done(): void {
      clearTimeout(timer);
      req.off('data', count);
      resolve();
    }
    function count(chunk: Buffer): void {
      left -= chunk.length;
      if (left <= 0) done();
    }
    for (const end of ['end', 'close', 'error']) req.once(end, done);
    req.on('data', count);
    req.resume();
  });
}
