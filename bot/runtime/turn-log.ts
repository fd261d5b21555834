/** Writes one log line for every turn: the channel, the outcome, the rule, and the duration. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Log } from '../../core/ports.js';
import { ruleOf } from '../../dialogs/shared/turn.js';
import { named } from './log.js';
import { NO_SPANS, type Spans } from './spans.js';
import { guardTurn, type GuardDeps, type Guarded } from './turn-guard.js';

export interface SummaryDeps {
  readonly log: Log;
  readonly spans: Spans;
  /** Key of the hash that replaces a conversation's id; the same on every instance. */
  readonly key: Buffer;
}

/** The turn in the SDK's form. */
type Turned = Parameters<typeof ruleOf>[0];

/** How a turn ended. `silent` is intended: docs/teams-activities.md lists the events. */
type Outcome = 'replied' | 'silent' | 'repeated' | 'failed';

const HASH_LENGTH = 12;

/**
 * Runs a turn and summarises it. `guarded` runs the given work in its conversation's order; the time before the work
 * starts is the waiting time. Passes a failure on after writing its line.
 */
async function summed(
  context: Turned,
  { log, spans, key }: SummaryDeps,
  guarded: (work: () => Promise<void>) => Promise<Guarded>,
  work: () => Promise<void>,
): Promise<Guarded> {
  const names = { turn: randomUUID().slice(0, 8), conversation: hashed(context, key) };
  const traced = (turn: () => Promise<Guarded>) =>
    named(names, () => spans.run('turn', { 'offer_desk.turn': names.turn }, turn));
  return traced(async () => {
    const arrived = performance.now();
    let began = arrived;
    const say = (outcome: Outcome): void => {
      const line = lineOf(context, outcome, arrived, began);
      log.info('turn.done', line);
      spans.note(attributesOf(line));
    };
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

/** Runs a turn and writes its line in the log. */
export interface Turns {
  /** In the conversation's order, once for each activity. */
  ordered(context: Turned, work: () => Promise<void>, redelivered?: boolean): Promise<Guarded>;
  /** At once, because the turn changes nothing. */
  alone(context: Turned, work: () => Promise<void>): Promise<void>;
}

/** Runs turns over the store; `key` hashes the conversation ids in the log. */
export function turnsOf(
  deps: Pick<GuardDeps, 'store' | 'log'> & { readonly spans?: Spans },
  key: Buffer,
): Turns {
  const summary = { log: deps.log, spans: deps.spans ?? NO_SPANS, key };
  return {
    ordered(context, work, redelivered = false) {
      const { id: activityId, channelId, conversation, from } = context.activity;
      const userId = (from as typeof from | undefined)?.id;
      const about = { channelId, conversationId: conversation.id, activityId, userId };
      return summed(context, summary, (run) => guardTurn(about, { ...deps, redelivered }, run), work);
    },
    async alone(context, work) {
      await summed(context, summary, (run) => run().then(() => ({ kind: 'ran' })), work);
    },
  };
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

function attributesOf({ outcome, channel, type, place, rule, waitedMs }: ReturnType<typeof lineOf>) {
  return {
    'offer_desk.turn.outcome': outcome,
    'offer_desk.channel': channel,
    'offer_desk.activity.type': type,
    'offer_desk.place': place,
    'offer_desk.rule': rule,
    'offer_desk.turn.waited_ms': waitedMs,
  };
}

function hashed({ activity }: Turned, key: Buffer): string {
  const { channelId, conversation } = activity;
  return createHmac('sha256', key)
    .update(`${channelId}:${conversation.id}`)
    .digest('base64url')
    .slice(0, HASH_LENGTH);
}
