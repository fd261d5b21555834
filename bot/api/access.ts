/** Admits a call: the key, its scope, how often it is used; and writes one line of the log for each call. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { Clock, Log } from '../../core/ports.js';
import type { ApiKey, ApiKeyStore, ApiScope } from '../../core/services/api/api-keys.js';
import { isSecretOf, readKey } from './key-secret.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Calls of one address with a wrong key in a minute. */
const REFUSED_PER_MINUTE = 60;

interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

export interface AccessDeps {
  readonly keys: Pick<ApiKeyStore, 'byId' | 'noteUse'>;
  /** Counts one call. Resolves to 0, or to the milliseconds to wait. */
  readonly take: (name: string, limits: readonly Limit[]) => Promise<number>;
  readonly addressOf: (req: Request) => string;
  readonly now: Clock;
  readonly log: Log;
}

export class Access {
  /** The keys used today, so that the store is written once a day for each key. */
  private readonly noted = new Map<string, number>();

  constructor(private readonly deps: AccessDeps) {}

  /**
   * The key of a request.
   * @throws DeskError `api-key.refused`, or `rate.limited` with Retry-After
   */
  async admit(req: Request, res: Response): Promise<ApiKey> {
    const key = await this.keyOf(req.headers);
    if (key) {
      await this.limit(`api|${key.id}`, key.perMinute, res);
      this.note(key);
      return key;
    }
    await this.limit(`api-refused|${this.deps.addressOf(req)}`, REFUSED_PER_MINUTE, res);
    res.setHeader('WWW-Authenticate', 'Bearer');
    throw new DeskError('api-key.refused', 'no key in use');
  }

  /** Writes the line about a call: the client and the outcome, nothing that the call asked or got. */
  audit({ id, name }: ApiKey, act: string, outcome: string): void {
    this.deps.log.info('api.call', { client: name, key: id, act, outcome });
  }

  private async keyOf(headers: IncomingHttpHeaders): Promise<ApiKey | undefined> {
    const given = readKey(keyIn(headers));
    const known = given && (await this.deps.keys.byId(given.id));
    const isGood = known?.key.revokedAt === null && isSecretOf(given?.secret ?? '', known.hash);
    return isGood ? known.key : undefined;
  }

  private async limit(name: string, calls: number, res: Response): Promise<void> {
    const waitMs = await this.deps.take(name, [{ calls, windowMs: MINUTE_MS }]);
    if (waitMs === 0) return;
    res.setHeader('Retry-After', String(Math.ceil(waitMs / 1000)));
    throw new DeskError('rate.limited', 'too many calls');
  }

  private note({ id }: ApiKey): void {
    const { keys, now, log } = this.deps;
    const day = Math.floor(now() / DAY_MS);
    if (this.noted.get(id) === day) return;
    this.noted.set(id, day);
    keys.noteUse(id, now()).catch((error: unknown) => log.warn('api.use-not-noted', { key: id, error }));
  }
}

/** The key in either header; empty without one. */
function keyIn(headers: IncomingHttpHeaders): string {
  const { authorization = '', 'x-api-key': own } = headers;
  return (
    /^bearer\s+(\S{1,200})$/i.exec(authorization.trim())?.[1] ?? (typeof own === 'string' ? own.trim() : '')
  );
}

/** @throws DeskError `api-key.scope` when the key may not do this */
export function requireScope(key: ApiKey, scope: ApiScope): void {
  if (!key.scopes.includes(scope)) throw new DeskError('api-key.scope', `the key has no scope ${scope}`);
}
