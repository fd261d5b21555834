/** Runs the turns of one conversation one after another, and each activity once. The SDK does neither. */
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';

export interface TurnKey {
  readonly channelId: string;
  readonly conversationId: string;
  /** Absent for events without an id: such an event never counts as a repetition. */
  readonly activityId?: string;
}

/** The part of the store that the guard uses. */
export interface TurnStore {
  claim(key: Required<TurnKey>): Promise<'new' | 'running' | 'done'>;
  finish(key: Required<TurnKey>): Promise<void>;
  release(key: Required<TurnKey>): Promise<void>;
  /** Runs `work` after all earlier work of the same key has ended. */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export type Guarded = { readonly kind: 'ran' } | { readonly kind: 'repeated' };

export interface GuardDeps {
  readonly store: TurnStore;
  readonly log: Log;
  /**
   * True when the server itself delivers an activity without a finished turn again: then a failed turn is not repeated.
   */
  readonly redelivered?: boolean;
}

/** Runs `work` unless this activity already had its turn. A failed turn may be delivered again. */
export async function guardTurn(
  key: TurnKey,
  { store, log, redelivered = false }: GuardDeps,
  work: () => Promise<void>,
): Promise<Guarded> {
  return store.inOrder(`${key.channelId}:${key.conversationId}`, async () => {
    if (!key.activityId) {
      await work();
      return { kind: 'ran' };
    }
    const claimed = { ...key, activityId: key.activityId };
    // A turn that is still marked as running belonged to a dead process: a live process would still hold this place in
    // the order.
    if ((await store.claim(claimed)) === 'done') {
      log.info('turn.repeated', { channelId: key.channelId });
      return { kind: 'repeated' };
    }
    try {
      await work();
    } catch (error) {
      const hopeless = redelivered && !(error instanceof DeskError && error.code === 'store.unavailable');
      await (hopeless ? store.finish(claimed) : store.release(claimed)).catch((second: unknown) =>
        log.warn('turn.claim-not-released', { error: second }),
      );
      throw error;
    }
    await store.finish(claimed);
    return { kind: 'ran' };
  });
}
