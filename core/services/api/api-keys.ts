/** The keys of other systems: for whom a system asks, what it may ask, and how often. */
import type { Asker } from '../../terms.js';

/** What a key may be used for, in the order of the documents. */
export const API_SCOPES = ['route', 'offers', 'outages', 'reports'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Who reads the answers. A key for customers never gets the contacts of staff. */
export const API_AUDIENCES = ['customer', 'partner'] as const satisfies readonly Asker[];
export type ApiAudience = (typeof API_AUDIENCES)[number];

/** One key of one client, without its secret. Times are milliseconds since the epoch. */
export interface ApiKey {
  /** A part of the key that is no secret: lists, the log and `revoke` name the key by it. */
  readonly id: string;
  /** The name of the client, as `ServiceNow`. */
  readonly name: string;
  readonly audience: ApiAudience;
  readonly scopes: readonly ApiScope[];
  /** Calls in a minute. */
  readonly perMinute: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly revokedAt: number | null;
  /** The first use on the last day of use; null before the first use. */
  readonly usedAt: number | null;
}

export interface ApiKeyStore {
  /** @param hash of the secret; the secret itself is never stored. False when a key in use has the same name. */
  add(key: ApiKey, hash: string): Promise<boolean>;
  byId(id: string): Promise<{ readonly key: ApiKey; readonly hash: string } | undefined>;
  /** Oldest first, revoked keys too. */
  list(): Promise<readonly ApiKey[]>;
  /** Ends the use of a key. True when it was in use. */
  revoke(id: string, by: { readonly actor: string; readonly at: number }): Promise<boolean>;
  noteUse(id: string, at: number): Promise<void>;
}

/** The longest name of a client. */
const MAX_CLIENT_NAME = 60;

/** True for a name that fits in one line of a list and of the log. */
export function isClientName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._()-]*$/u.test(name) && name.length <= MAX_CLIENT_NAME;
}
