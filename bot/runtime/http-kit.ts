/** The types with which an edge registers its routes, so that edges need not import each other. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, RequestHandler, Response, Server } from 'restify';

/** Answers one request. A thrown DeskError becomes its JSON error; anything else a 500 with a reference. */
export type Work = (req: Request, res: Response) => Promise<void> | void;

export interface JsonBodyOptions {
  readonly limitBytes: number;
  /** True where a request without any body is fine; `req.body` is then `{}`. */
  readonly optional?: boolean;
}

/** Takes over a connection that asked to be upgraded (WebSocket). */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
export type Cleanup = () => Promise<void> | void;

export interface HttpKit {
  readonly server: Server;
  /** Wraps work as a restify handler that returns nothing and maps every failure. */
  handle(work: Work): RequestHandler;
  /** The handlers that read one JSON object into `req.body`, or answer 400, 413 or 415. */
  json(options: JsonBodyOptions): RequestHandler[];
  /** Registers who answers upgrades below a path; all others are refused. */
  onUpgrade(prefix: string, upgrade: Upgrade): void;
  /** Registers work for `close`; the last registered runs first. */
  onClose(cleanup: Cleanup): void;
  /** The address of the client, looking through as many proxies as configured and no more. */
  addressOf(request: IncomingMessage): string;
}
