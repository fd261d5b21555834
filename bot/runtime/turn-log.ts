/** One line in the log for every turn (O-04): where, how it ended, by which rule, and how long it took. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Log } from '../../core/ports.js';
import { ruleOf } from '../../dialogs/shared/turn-outcome.js';
import { named } from './log-context.js';
import type { Guarded } from './turn-guard.js';

export interface SummaryDeps {
  readonly log: Log;
  /** Key of the hash that stands for a conversation; the same on every instance. */
  readonly key: Buffer;
}

/** The turn as the SDK has it. */
type Turned = Parameters<typeof ruleOf>[0];

/** How a turn ended. `silent` is on purpose: docs/teams-activities.md says for which events. */
type Outcome = 'replied' | 'silent' | 'repeated' | 'failed';

const HASH_LENGTH = 12;

/**
 * Runs a turn and sums it up. `guarded` runs the given work in its conversation's order; the time until it begins is the
 * time the turn waited. A failure is passed on after its line is written.
 */
export async function summed(
  context: Turned,
  { log, key }: SummaryDeps,
  guarded: (work: () => Promise<void>) => Promise<Guarded>,
  work: () => Promise<void>,
): Promise<Guarded> {
  const names = { turn: randomUUID().slice(0, 8), conversation: hashed(context, key) };
  return named(names, async () => {
    const arrived = performance.now();
    let began = arrived;
    const say = (outcome: Outcome) => log.info('turn.done', lineOf(context, outcome, arrived, began));
    try {
      const done = await guarded(() => {
        began = performance.now();
        return work();
      });
      say(done.kind === 'repeated' ? 'repeated' : context.responded ? 'replied' : 'silent');
      return done;
    } catch (error) {
      say('failed');
      throw error;
    }
  });
}

function lineOf(context: Turned, outcome: Outcome, arrived: number, began: number) {
  const { channelId, type, conversation } = context.activity;
  return {
    outcome,
    channel: channelId,
    type,
    place: conversation.conversationType ?? 'personal',
    rule: ruleOf(context),
    waitedMs: Math.round(began - arrived),
    ranMs: Math.round(performance.now() - began),
  };
}

function hashed({ activity }: Turned, key: Buffer): string {
  const { channelId, conversation } = activity;
  return createHmac('sha256', key)
    .update(`${channelId}:${conversation.id}`)
    .digest('base64url')
    .slice(0, HASH_LENGTH);
}
