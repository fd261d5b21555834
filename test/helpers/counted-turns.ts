/** Turns that count: each reads the counter in the conversation's state, waits a little, and writes one more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stores } from '../../bot/store/stores.js';
import type { BegunTurn } from '../../bot/store/conversations/turn-store.js';

export const COUNTED = { channelId: 'msteams', conversationId: 'counted' };
/** The SDK's key for the state of the counted conversation. */
export const COUNTER = 'msteams/conversations/counted/';

/** Adds one as the bot does: through the SDK's storage, with the SDK's eTag `*`. */
export async function countUp({ turns }: Stores): Promise<void> {
  const { [COUNTER]: state } = (await turns.storage.read([COUNTER])) as Record<string, { count: number }>;
  await sleep(1);
  await turns.storage.write({ [COUNTER]: { count: (state?.count ?? 0) + 1, eTag: '*' } });
}

/** Runs one turn that adds one. Returns what the turn's end returned, or `repeated`. */
export function addOne(stores: Stores, activityId: string): Promise<boolean | 'repeated'> {
  return stores.turns.inTurn({ ...COUNTED, activityId }, async (begun: BegunTurn) =>
    begun.repeated ? 'repeated' : begun.run(() => countUp(stores)),
  );
}

/** The counter, and how many activities had their turn. */
export async function counted({ botState, database }: Stores): Promise<{ count: number; done: number }> {
  const { [COUNTER]: state } = (await botState.read([COUNTER])) as Record<string, { count: number }>;
  const claims = await database.kysely
    .selectFrom('turn_claims')
    .select('state')
    .where('conversation_id', '=', COUNTED.conversationId)
    .execute();
  return { count: state?.count ?? 0, done: claims.filter((one) => one.state === 'done').length };
}
