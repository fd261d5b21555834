/**
 * Answers each request of a channel within ten seconds. A longer turn is acknowledged and continues. Like every answer,
 * its answer reaches the conversation through the connector.
 */
import type { Activity } from 'botbuilder';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import { withinOrThrow, within } from '../runtime/timeouts.js';

/** Stores an activity before it is acknowledged, if its turn still runs, so that a crash does not lose it. */
export interface LateTurns {
  readonly keep: (activity: Activity) => Promise<void>;
  readonly done: (activity: Activity) => Promise<void>;
}

/** The channel waits ten seconds. Storing may use this part of the time. */
const KEEP_WITHIN_MS = 700;

/**
 * Keeps the activity until its turn has ended.
 * @throws DeskError `store.unavailable` when it cannot be stored: the channel then sends the activity again.
 */
export async function keepLate(
  activity: Activity,
  turn: Promise<unknown>,
  late: LateTurns,
  log: Log,
): Promise<void> {
  await withinOrThrow(
    KEEP_WITHIN_MS,
    late.keep(activity),
    () => new DeskError('store.unavailable', `the activity was not stored within ${KEEP_WITHIN_MS} ms`),
  );
  turn
    .then(() => late.done(activity))
    // The activity is still stored. The next recovery runs it again, or finds that its turn is complete.
    .catch((error: unknown) => log.warn('turn.late-not-removed', { error }));
}

/**
 * Milliseconds until a request is answered, even if its turn still runs. The platform gives up after 10 to 15 seconds.
 */
export const ANSWER_WITHIN_MS = 9_000;
/** The part of that time that the key server may use. */
export const AUTHENTICATE_WITHIN_MS = 4_000;

/** Returns the result of `work`. @throws DeskError `auth.unavailable` when it takes longer than `ms`. */
export function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  return withinOrThrow(
    ms,
    work,
    () => new DeskError('auth.unavailable', `The key server gave no answer within ${ms} ms`),
  );
}

/** The turns that are running, whether or not a request waits for them. */
export class RunningTurns {
  readonly #running = new Set<Promise<unknown>>();

  constructor(private readonly log: Log) {}

  get size(): number {
    return this.#running.size;
  }

  /** Returns the turn's result; undefined when the turn needs longer than `ms`. A later failure is logged. */
  async waitFor<T>(turn: Promise<T>, ms: number): Promise<{ readonly value: T } | undefined> {
    this.#running.add(turn);
    const left = () => this.#running.delete(turn);
    turn.then(left, left);
    const outcome = await within(
      ms,
      turn.then((value) => ({ value })),
      () => undefined,
    );
    if (outcome) return outcome;
    const since = performance.now();
    this.log.warn('turn.late', { afterMs: ms });
    turn.then(
      () => this.log.info('turn.late-done', { lateMs: Math.round(performance.now() - since) }),
      (error: unknown) => this.log.error('turn.late-failed', { error }),
    );
    return undefined;
  }

  /** Waits until no turn is running, at most `ms`. */
  async drain(ms: number): Promise<void> {
    const ended = Promise.allSettled([...this.#running]);
    await within(ms, ended, () => this.log.warn('turn.cut-off', { turns: this.#running.size }));
  }
}
