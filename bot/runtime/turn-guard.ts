/** Runs turns of one conversation one after the other, and each activity once: the SDK does neither. */
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';

export interface TurnKey {
  readonly channelId: string;
  readonly conversationId: string;
  /** Absent for events without an id; those are never taken for a repetition. */
  readonly activityId?: string;
}

/** What the guard asks of the store. */
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
  /** True where we ourselves deliver again what has no finished turn: then a turn that failed by itself has had its chance. */
  readonly redelivered?: boolean;
}

/** Runs `work` unless this activity had its turn already. A turn that failed may be delivered again. */
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
    // A turn still marked as running belonged to a process that died: while it lives, this place in the order is its own.
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
