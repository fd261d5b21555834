/** Tells the operator once when the platform refuses everything, with what to do, and again only after it took a card. */
import { ERRORS, type ErrorCode } from '../../errors.js';
import type { Log } from '../../ports.js';

/** Readers of one tenant refused one after another, with no card taken between, before that is no accident. */
export const REFUSED_IN_A_ROW = 20;

export class RefusalWatch {
  #notLetIn = false;
  /** Tenants that refused, and how often in a row; those the operator was told of. */
  readonly #refused = new Map<string, number>();
  readonly #told = new Set<string>();

  constructor(private readonly log: Pick<Log, 'error' | 'info'>) {}

  /** A card was taken: whatever was wrong is over. */
  accepted(tenantId: string): void {
    if (this.#notLetIn || this.#told.has(tenantId)) this.log.info('outages.let-in-again', {});
    this.#notLetIn = false;
    this.#refused.delete(tenantId);
    this.#told.delete(tenantId);
  }

  /** The platform does not know the bot, or gives it no token: nothing goes out anywhere. */
  notLetIn(code: string): void {
    if (!this.#notLetIn) this.#say('outages.not-let-in', 'platform.not-let-in', code);
    this.#notLetIn = true;
  }

  /** An administrator has disabled the bot in a tenant: nothing goes out there. */
  shutOut(tenantId: string, code: string): void {
    if (!this.#told.has(tenantId)) this.#say('outages.shut-out', 'platform.shut-out', code);
    this.#told.add(tenantId);
  }

  /** One reader cannot be told; many in a row are a bot that was removed. */
  unreachable(tenantId: string, code: string): void {
    const count = (this.#refused.get(tenantId) ?? 0) + 1;
    this.#refused.set(tenantId, count);
    if (count >= REFUSED_IN_A_ROW) this.shutOut(tenantId, code);
  }

  #say(event: string, error: ErrorCode, code: string): void {
    this.log.error(event, { code: error, answer: code, remedy: ERRORS[error].remedy });
  }
}
