/**
 * The HTTP server: restify with limits, security headers and one path for failures. Edges register their routes on its
 * kit.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import type { IncomingMessage, Server as NodeServer } from 'node:http';
import type { Duplex } from 'node:stream';
import restify, { type Next, type Request, type RequestHandler, type Response, type Server } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import type { Cleanup, HttpKit, Work, Upgrade } from '../runtime/http-kit.js';
import { routeOf, sendError } from './errors.js';
import { addressOf, forwardedBy, namesLoopback } from './hosts.js';
import { jsonBody } from './json-body.js';
import { within } from '../runtime/timeouts.js';

export interface HttpOptions {
  readonly log: Log;
  /** No authentication is configured: the server answers only to this machine's names. */
  readonly localOnly: boolean;
  /** The public address is https. */
  readonly https?: boolean;
  /** The number of our own proxies in front that write X-Forwarded-For. */
  readonly proxies?: number;
  /** Milliseconds that a client has for its headers, and for the whole request. */
  readonly headersTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  /** Open connections of one address; it counts only without proxies. */
  readonly connectionsPerAddress?: number;
  /** Milliseconds that open requests get to finish when the server closes. */
  readonly closeGraceMs?: number;
  /** A fresh reference id. The person who reports a failure quotes it, and the log holds it. */
  readonly newReference?: () => string;
}

export interface HttpServer extends HttpKit {
  /** Starts to listen. Port 0 takes a free port. Throws DeskError `http.address-in-use`. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Accepts no new connections, runs the cleanups in reverse order, and waits a limited time for open requests. */
  close(): Promise<void>;
}

/** Eight letters and digits without the characters that people confuse. */
export function newReference(): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  return [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
}

/** Builds the server; nothing listens until `listen`. */
export function createHttpServer(options: HttpOptions): HttpServer {
  const { log } = options;
  const reference = options.newReference ?? newReference;
  const server = restify.createServer({
    name: '',
    log: quietLogger(log) as never,
    ignoreTrailingSlash: true,
  });
  const upgrades = new Upgrades();
  const cleanups: Cleanup[] = [];
  const refuse = (req: Request, res: Response, error: unknown): void =>
    sendError(req, res, error, log, reference());

  limitTimes(server, options);
  limitConnections(server.server, connectionLimits(options));
  server.pre(securityHeaders({ https: options.https ?? false }));
  if (options.localOnly) server.pre(loopbackOnly(refuse));
  server.on('restifyError', (req: Request, res: Response, error: unknown, done: () => void) => {
    refuse(req, res, error);
    done();
  });
  server.on('after', (req: Request, res: Response) => {
    log.debug('http.request', { method: req.method, route: routeOf(req), status: res.statusCode });
  });
  server.server.on(
    'upgrade',
    upgrades.listener((request) => !options.localOnly || notLocal(request) === undefined),
  );

  return {
    server,
    handle: (work) => handler(work, refuse),
    json: (body) => jsonBody(body, refuse),
    onUpgrade: (prefix, upgrade) => upgrades.add(prefix, upgrade),
    onClose: (cleanup) => void cleanups.push(cleanup),
    addressOf: (request) => addressOf(request, options.proxies ?? 0),
    listen: (host, port) => listen(server, host, port),
    close: () => close(server, cleanups, log, options.closeGraceMs ?? 5_000),
  };
}

/**
 * restify accepts a two-argument handler only if it is async. If the handler returns a value, restify logs the whole
 * response.
 */
function handler(work: Work, refuse: (req: Request, res: Response, error: unknown) => void): RequestHandler {
  return (async (req: Request, res: Response): Promise<void> => {
    try {
      await work(req, res);
    } catch (error) {
      refuse(req, res, error);
    }
  }) as RequestHandler;
}

/** A browser has a few connections, and a sender of outages one. An office behind one address has some hundred. */
const CONNECTIONS = 10_000;
const CONNECTIONS_PER_ADDRESS = 500;

function connectionLimits({ proxies = 0, connectionsPerAddress }: HttpOptions): ConnectionLimits {
  const perAddress = connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS;
  return { most: CONNECTIONS, perAddress: proxies === 0 ? perAddress : undefined };
}

function limitTimes(server: Server, options: HttpOptions): void {
  server.server.headersTimeout = options.headersTimeoutMs ?? 10_000;
  server.server.requestTimeout = options.requestTimeoutMs ?? 30_000;
  server.server.keepAliveTimeout = 5_000;
}

/** Why a request does not come from this machine itself; undefined when it may. */
function notLocal(request: IncomingMessage): DeskError | undefined {
  if (!namesLoopback(request.headers.host))
    return new DeskError('request.host', 'the Host header does not name this machine');
  const header = forwardedBy(request);
  return header === undefined
    ? undefined
    : new DeskError('request.forwarded', `the request carries ${header}`);
}

function loopbackOnly(refuse: (req: Request, res: Response, error: unknown) => void): RequestHandler {
  return (req, res, next): void => {
    const error = notLocal(req);
    if (!error) return void next();
    refuse(req, res, error);
    next(false);
  };
}

function listen(server: Server, host: string, port: number): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    // restify passes on the listener's errors as its own. Without this handler they would end the process.
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFailure(cause, host, port)));
    server.server.listen(port, host, () =>
      resolve({ host, port: (server.server.address() as AddressInfo).port }),
    );
  });
}

/** The reasons of the operating system that a setting mends. */
const NO_ADDRESS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is no address of this machine; write 127.0.0.1, or 0.0.0.0 for all of them',
  EAI_AGAIN: 'cannot be looked up now; write 127.0.0.1, or 0.0.0.0 for all addresses',
  EADDRNOTAVAIL: 'is no address of this machine; write 127.0.0.1, or 0.0.0.0 for all of them',
};

function listenFailure(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code = '' } = cause;
  if (code === 'EADDRINUSE')
    return new DeskError('http.address-in-use', `${host}:${port} is already in use`, { cause });
  if (code === 'EACCES')
    return new DeskError('config.invalid', `PORT: this user may not listen on port ${port}`, { cause });
  const why = NO_ADDRESS[code];
  return why === undefined ? cause : new DeskError('config.invalid', `HOST: ${host} ${why}`, { cause });
}

async function close(server: Server, cleanups: Cleanup[], log: Log, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.server.close(() => resolve()));
  for (const cleanup of cleanups.splice(0).reverse()) {
    await Promise.resolve()
      .then(cleanup)
      .catch((error: unknown) => log.error('http.cleanup-failed', { error }));
  }
  server.server.closeIdleConnections();
  const timer = setTimeout(() => server.server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

const ALWAYS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
};

const ONE_YEAR = 'max-age=31536000; includeSubDomains';

/**
 * Sets the security headers before any route runs. `https`: the public address is https, so browsers should always use
 * it.
 */
function securityHeaders(options: { readonly https: boolean }): RequestHandler {
  return (_req: Request, res: Response, next: Next): void => {
    for (const [name, value] of Object.entries(ALWAYS)) res.setHeader(name, value);
    if (options.https) res.setHeader('Strict-Transport-Security', ONE_YEAR);
    next();
  };
}

type Level = (...args: unknown[]) => boolean;

export interface QuietLogger {
  readonly trace: Level;
  readonly debug: Level;
  readonly info: Level;
  readonly warn: Level;
  readonly error: Level;
  readonly fatal: Level;
  child(): QuietLogger;
}

/**
 * Without arguments, a level method says whether the level is on. The answer is always no, so restify prepares no
 * costly data.
 */
function quietLogger(log: Log): QuietLogger {
  const silent: Level = () => false;
  const words: Level = (...args) => {
    const message = args.find((arg) => typeof arg === 'string');
    if (message !== undefined) log.warn('http.framework', { message });
    return false;
  };
  const logger: QuietLogger = {
    trace: silent,
    debug: silent,
    info: silent,
    warn: words,
    error: words,
    fatal: words,
    child: () => logger,
  };
  return logger;
}

/** Answers an upgrade with a plain HTTP status and ends the connection. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

class Upgrades {
  private readonly handlers = new Map<string, Upgrade>();

  add(prefix: string, upgrade: Upgrade): void {
    this.handlers.set(prefix, upgrade);
  }

  /** The listener for the server's `upgrade` event. It calls `accepts` first (host check). */
  listener(accepts: (request: IncomingMessage) => boolean): Upgrade {
    return (request, socket, head) => {
      const found = [...this.handlers].find(([prefix]) => (request.url ?? '').startsWith(prefix));
      if (!accepts(request)) refuseUpgrade(socket, '421 Misdirected Request');
      else if (!found) refuseUpgrade(socket, '404 Not Found');
      else found[1](request, socket, head);
    };
  }
}

/** The parts the service depends on, each true when it works. */
export type ReadyCheck = () => Promise<Readonly<Record<string, boolean>>>;

const PATIENCE_MS = 3_000;

/**
 * `/healthz` checks no other system. `/readyz` runs the given check and answers 503 unless every part works. Notes name
 * the remaining steps.
 */
export function registerHealth(
  kit: HttpKit,
  deps: { readonly ready: ReadyCheck; readonly notes?: () => readonly string[] },
): void {
  kit.server.get(
    '/healthz',
    kit.handle((_req, res) => void res.send(200, { status: 'ok' })),
  );
  kit.server.get(
    '/readyz',
    kit.handle(async (_req, res) => {
      const parts = await within(
        PATIENCE_MS,
        deps.ready().catch(() => ({ check: false })),
        () => ({ check: false }),
      );
      const ready = Object.values(parts).every(Boolean);
      const notes = deps.notes?.() ?? [];
      const status = ready ? 'ready' : 'not ready';
      res.send(ready ? 200 : 503, { status, parts, ...(notes.length > 0 && { notes }) });
    }),
  );
}

export interface ConnectionLimits {
  /** Connections in all. */
  readonly most: number;
  /** Connections of one address. Behind a proxy every connection comes from the proxy, so that nothing is limited. */
  readonly perAddress: number | undefined;
}

/** Closes connections above the limits at once, before a byte of a request is read. */
function limitConnections(server: NodeServer, { most, perAddress }: ConnectionLimits): void {
  server.maxConnections = most;
  if (perAddress === undefined) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > perAddress) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
