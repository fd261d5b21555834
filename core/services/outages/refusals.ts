/** Logs one error when the platform refuses everything, and another only after the platform accepted a card. */
import { ERRORS, type ErrorCode } from '../../errors.js';
import type { Outcome } from '../../incident/delivery-outcome.js';
import type { Log } from '../../ports.js';

/**
 * So many recipients of one tenant in a row, without an accepted card between, mean that the tenant refuses the bot.
 */
export const REFUSED_IN_A_ROW = 20;

/**
 * So many different conversations in a row, without an accepted card between, mean that the platform refuses the bot.
 */
const DOUBTED_IN_A_ROW = 5;

export class RefusalWatch {
  /** Recipients whose conversation was refused since the last accepted card. */
  readonly #doubted = new Set<string>();
  #credentialsRejected = false;
  /** Tenants that refused, with the number of refusals in a row; and tenants that are in the log already. */
  readonly #refused = new Map<string, number>();
  readonly #told = new Set<string>();

  constructor(private readonly log: Pick<Log, 'error' | 'info'>) {}

  /** The platform accepted a card: the problem is over. */
  accepted(tenantId: string): void {
    if (this.#credentialsRejected || this.#told.has(tenantId)) this.log.info('outages.let-in-again', {});
    this.#credentialsRejected = false;
    this.#doubted.clear();
    this.#refused.delete(tenantId);
    this.#told.delete(tenantId);
  }

  /** A 401 of one conversation concerns that conversation; a 401 of several in a row concerns the bot. */
  judged(readerId: string, outcome: Outcome): Outcome {
    if (outcome.kind !== 'doubtful' || !outcome.code.startsWith('401')) return outcome;
    this.#doubted.add(readerId);
    return this.#doubted.size >= DOUBTED_IN_A_ROW ? { kind: 'unauthorised', code: outcome.code } : outcome;
  }

  /** The platform does not know the bot, or gives it no token: the bot can send nothing. */
  credentialsRejected(code: string): void {
    if (!this.#credentialsRejected)
      this.#say('outages.credentials-rejected', 'platform.credentials-rejected', code);
    this.#credentialsRejected = true;
  }

  /** An administrator has disabled the bot in a tenant: the bot can send nothing there. */
  disabledByAdmin(tenantId: string, code: string): void {
    if (!this.#told.has(tenantId)) this.#say('outages.disabled-by-admin', 'platform.disabled-by-admin', code);
    this.#told.add(tenantId);
  }

  /** One recipient is unreachable; many in a row mean that somebody removed the bot. */
  unreachable(tenantId: string, code: string): void {
    const count = (this.#refused.get(tenantId) ?? 0) + 1;
    this.#refused.set(tenantId, count);
    if (count >= REFUSED_IN_A_ROW) this.disabledByAdmin(tenantId, code);
  }

  #say(event: string, error: ErrorCode, code: string): void {
    this.log.error(event, { code: error, answer: code, remedy: ERRORS[error].remedy });
  }
}
