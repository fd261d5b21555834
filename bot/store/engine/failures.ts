/** Turns what a database driver throws into the product's own errors where the caller can act on it. */
import { DeskError } from '../../../core/errors.js';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EHOSTUNREACH',
]);
/** 08 connection, 53 out of resources, 57 stopped by an operator, 58 the system's own failure. */
const UNAVAILABLE_CLASSES = /^(08|53|57|58)/;
const CONNECTION_WORDS =
  /timeout|connection terminated|connection ended|client has encountered|not queryable/i;
const SQLITE_UNAVAILABLE = /disk|full|i\/o|locked|busy|not open|readonly|unable to open/i;

/** SQLite: a full or failing disk, or a lock, is `store.unavailable`; anything else stays what it was. */
export function sqliteFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof DeskError || !SQLITE_UNAVAILABLE.test(error.message)) return error;
  return new DeskError('store.unavailable', `SQLite: ${error.message}`, { cause: error });
}

/** PostgreSQL: a server that is gone, full or shutting down is `store.unavailable`. */
export function postgresFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof DeskError) return error;
  const code = (error as { code?: unknown }).code;
  const known = typeof code === 'string' && (CONNECTION_CODES.has(code) || UNAVAILABLE_CLASSES.test(code));
  if (!known && !(code === undefined && CONNECTION_WORDS.test(error.message))) return error;
  return new DeskError('store.unavailable', `PostgreSQL: ${error.message || String(code)}`, { cause: error });
}
