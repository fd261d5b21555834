/** Explains in one sentence why PostgreSQL could not be opened at the start. */
import { DeskError } from '../../../core/errors.js';

/**
 * Why PostgreSQL could not be opened, for each error code of the server, the network and TLS. Never shows the password.
 */
const OPENING: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user or the password',
  '28000': 'refuses the user, or wants encryption (sslmode=verify-full)',
  '3D000': 'has no such database',
  '42501': 'does not let this user make tables',
  ECONNREFUSED: 'does not take connections; start it, or correct host and port',
  ENOTFOUND: 'has a host name that does not exist',
  EAI_AGAIN: 'has a host name that cannot be looked up now',
  ETIMEDOUT: 'gives no answer; check its firewall',
  SELF_SIGNED_CERT_IN_CHAIN:
    'has a certificate nobody trusts here; name its authority in NODE_EXTRA_CA_CERTS',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'has a certificate nobody trusts here; name its authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'has a certificate nobody trusts here; name its authority in NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
};

/**
 * Describes the first failure to open the database in one sentence with the server's name. Other errors stay unchanged.
 */
export function openingFailure(error: unknown, databaseUrl: string): unknown {
  const { host, pathname } = new URL(databaseUrl);
  const server = `DATABASE_URL: PostgreSQL at ${host}${pathname}`;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    const why = typeof code === 'string' ? OPENING[code] : undefined;
    if (why !== undefined) return new DeskError('store.unavailable', `${server} ${why}`, { cause: error });
    if (/does not support SSL/i.test(cause.message))
      return new DeskError('store.unavailable', `${server} has no encryption; sslmode=disable fits it`, {
        cause: error,
      });
    if (/timeout/i.test(cause.message))
      return new DeskError('store.unavailable', `${server} gives no answer; check its firewall`, {
        cause: error,
      });
  }
  return error;
}
