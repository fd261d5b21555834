/** Logs one error when the platform refuses everything, and another only after the platform accepted a card. */
import { ERRORS, type ErrorCode } from '../../errors.js';
import type { Outcome } from '../../incident/delivery-outcome.js';
import type { Log } from '../../ports.js';

/** Recipients of one tenant refused one after another, with no card taken between, before that is no accident. */
export const REFUSED_IN_A_ROW = 20;

/** Different conversations refused one after another, with no card taken between, before that is a verdict on the bot. */
const DOUBTED_IN_A_ROW = 5;

export class RefusalWatch {
  /** Recipients whose conversation refused since the last card that was taken. */
  readonly #doubted = new Set<string>();
  #credentialsRejected = false;
  /** Tenants that refused, and how often in a row; those the operator was told of. */
  readonly #refused = new Map<string, number>();
  readonly #told = new Set<string>();

  constructor(private readonly log: Pick<Log, 'error' | 'info'>) {}

  /** A card was taken: whatever was wrong is over. */
  accepted(tenantId: string): void {
    if (this.#credentialsRejected || this.#told.has(tenantId)) this.log.info('outages.let-in-again', {});
    this.#credentialsRejected = false;
    this.#doubted.clear();
    this.#refused.delete(tenantId);
    this.#told.delete(tenantId);
  }

  /** A 401 of one conversation is about that conversation; of several in a row it is about the bot. */
  judged(readerId: string, outcome: Outcome): Outcome {
    if (outcome.kind !== 'doubtful' || !outcome.code.startsWith('401')) return outcome;
    this.#doubted.add(readerId);
    return this.#doubted.size >= DOUBTED_IN_A_ROW ? { kind: 'unauthorised', code: outcome.code } : outcome;
  }

  /** The platform does not know the bot, or gives it no token: nothing goes out anywhere. */
  credentialsRejected(code: string): void {
    if (!this.#credentialsRejected)
      this.#say('outages.credentials-rejected', 'platform.credentials-rejected', code);
    this.#credentialsRejected = true;
  }

  /** An administrator has disabled the bot in a tenant: nothing goes out there. */
  disabledByAdmin(tenantId: string, code: string): void {
    if (!this.#told.has(tenantId)) this.#say('outages.disabled-by-admin', 'platform.disabled-by-admin', code);
    this.#told.add(tenantId);
  }

  /** One recipient cannot be told; many in a row are a bot that was removed. */
  unreachable(tenantId: string, code: string): void {
    const count = (this.#refused.get(tenantId) ?? 0) + 1;
    this.#refused.set(tenantId, count);
    if (count >= REFUSED_IN_A_ROW) this.disabledByAdmin(tenantId, code);
  }

  #say(event: string, error: ErrorCode, code: string): void {
    this.log.error(event, { code: error, answer: code, remedy: ERRORS[error].remedy });
  }
}
