/** The product's structured log: JSON lines, secrets and personal data redacted by key. */
import { AsyncLocalStorage } from 'node:async_hooks';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Log } from '../../core/ports.js';

const HIDDEN = [
  'authorization',
  'token',
  'secret',
  'password',
  'text',
  'email',
  'phone',
  'cookie',
  'signature',
];
const REDACT = HIDDEN.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Opens a log at a level, to standard output unless a stream is given. */
export function openLog(level: string, stream?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACT, censor: '[hidden]' },
    mixin: namesNow,
    serializers: { error: describeError },
  };
  return wrap(stream ? pino(options, stream) : pino(options));
}

/** An error in the form for the log: name, code, message and stack, and the same for its cause. */
function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : 'not an Error' };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    code,
    message: error.message,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}

function wrap(logger: Logger): Log {
  return {
    debug: (event, fields = {}) => logger.debug({ ...fields, event }),
    info: (event, fields = {}) => logger.info({ ...fields, event }),
    warn: (event, fields = {}) => logger.warn({ ...fields, event }),
    error: (event, fields = {}) => logger.error({ ...fields, event }),
    child: (fields) => wrap(logger.child(fields)),
  };
}

export interface TurnNames {
  /** Identifies the turn, only in the log. */
  readonly turn: string;
  /** A keyed hash: the same for the same conversation. It does not reveal the conversation. */
  readonly conversation: string;
}

const current = new AsyncLocalStorage<TurnNames>();

/** Runs work. All its log entries carry these names. */
export function named<T>(names: TurnNames, work: () => Promise<T>): Promise<T> {
  return current.run(names, work);
}

/** The names of the running turn; empty outside a turn. */
function namesNow(): TurnNames | Readonly<Record<string, never>> {
  return current.getStore() ?? {};
}

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/**
 * Replaces the console. Keeps only the message of an error: for every token with an unknown key, the SDK prints the key
 * server's public keys. Returns a function that restores the console.
 */
export function quietConsole(log: Log): () => void {
  const kept = LEVELS.map((level) => [level, Reflect.get(console, level) as unknown] as const);
  for (const level of LEVELS) {
    Reflect.set(console, level, (...said: unknown[]) => {
      const error = said.find((one): one is Error => one instanceof Error);
      log.debug('console', { level, message: error?.message.slice(0, 200) });
    });
  }
  return () => {
    for (const [level, work] of kept) Reflect.set(console, level, work);
  };
}

/**
 * The program that reads our output may end before the server, as `head` does. The server then goes on without its
 * output, and says so once on standard error.
 */
export function outliveReaders(): void {
  // Without standard error there is no place for a message.
  process.stderr.on('error', () => undefined);
  process.stdout.once('error', ({ code, message }: NodeJS.ErrnoException) => {
    process.stdout.on('error', () => undefined);
    process.stderr.write(
      `Standard output cannot be written (${code ?? message}). The server goes on without start lines and log.\n`,
    );
  });
}
