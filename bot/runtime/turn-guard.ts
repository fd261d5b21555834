/** Runs the turns of one conversation one after another, and each activity once. The SDK does neither. */
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';

/** Whose turn it is. The id is absent for events without one: such an event never counts as a repetition. */
export interface TurnKey {
  readonly channelId: string;
  readonly conversationId: string;
  readonly activityId?: string;
  readonly userId?: string;
}

/** A turn whose place in its conversation's order has come. */
interface Begun {
  readonly repeated: boolean;
  run(work: () => Promise<void>): Promise<boolean>;
  giveUp(): Promise<void>;
}

/** The part of the store that the guard uses. */
export interface TurnStore {
  inTurn<T>(turn: TurnKey, work: (begun: Begun) => Promise<T>): Promise<T>;
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
  return store.inTurn(key, async (begun) => {
    if (begun.repeated) {
      log.info('turn.repeated', { channelId: key.channelId });
      return { kind: 'repeated' };
    }
    try {
      if (!(await begun.run(work))) log.warn('turn.overtaken', { channelId: key.channelId });
    } catch (error) {
      const hopeless = redelivered && !(error instanceof DeskError && error.code === 'store.unavailable');
      if (hopeless)
        await begun
          .giveUp()
          .catch((second: unknown) => log.warn('turn.claim-not-released', { error: second }));
      throw error;
    }
    return { kind: 'ran' };
  });
}
