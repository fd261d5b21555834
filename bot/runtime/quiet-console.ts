/** Packages that write to the console are brought into the log, without what they quote: keys, bodies, ids. */
import type { Log } from '../../core/ports.js';

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/**
 * Takes the console over. Only the message of an error is kept: the SDK prints the key server's public keys for every
 * token that names none of them. Returns how to give it back.
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
