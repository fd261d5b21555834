/** The product's structured log: JSON lines, secrets and personal data redacted by key. */
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Log } from '../../core/ports.js';
import { namesNow } from './log-context.js';

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

/** An error as the log may show it: name, code, message and stack, and the same of its cause. */
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
