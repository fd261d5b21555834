/** The logger restify gets: it keeps the words and drops the objects, which hold whole requests with their tokens. */
import type { Log } from '../../core/ports.js';

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

/** Called without arguments a level method says whether that level is on: never, so nothing costly is prepared. */
export function quietLogger(log: Log): QuietLogger {
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
