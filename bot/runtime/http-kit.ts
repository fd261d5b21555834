/** The types with which an edge registers its routes, so that edges need not import each other. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, RequestHandler, Response, Server } from 'restify';

/** Answers one request. A thrown DeskError becomes its JSON error; any other error becomes a 500 with a reference. */
export type Work = (req: Request, res: Response) => Promise<void> | void;

export interface JsonBodyOptions {
  readonly limitBytes: number;
  /** True when a request may have no body; `req.body` is then `{}`. */
  readonly optional?: boolean;
}

/** Takes over a connection that requests an upgrade (WebSocket). */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
export type Cleanup = () => Promise<void> | void;

export interface HttpKit {
  readonly server: Server;
  /** Wraps work as a restify handler that returns nothing and handles every failure. */
  handle(work: Work): RequestHandler;
  /** The handlers that read one JSON object into `req.body`, or answer 400, 413 or 415. */
  json(options: JsonBodyOptions): RequestHandler[];
  /** Registers the handler of upgrades below a path. All other upgrades are refused. */
  onUpgrade(prefix: string, upgrade: Upgrade): void;
  /** Registers work for `close`; the last registered runs first. */
  onClose(cleanup: Cleanup): void;
  /** The client's address. Trusts exactly the configured number of proxies. */
  addressOf(request: IncomingMessage): string;
}
