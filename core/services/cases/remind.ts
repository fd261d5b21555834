/** Asks the holders of due cases whether the contact answered. Each question arrives at least once, also after a crash. */
import { outcomeOf, waitAfter, type SendResult } from '../../incident/delivery-outcome.js';
import { quietUntil, type QuietHours } from '../../incident/quiet.js';
import type { Limiter } from '../../incident/rate.js';
import { compareSeverity } from '../../incident/types.js';
import type { Clock, Log } from '../../ports.js';
import { isConflict } from '../retry-on-conflict.js';
import {
  afterMessage,
  messageDue,
  unreachable,
  type CaseHolder,
  type CaseMessage,
  type ContactCase,
  type HoursOf,
} from './case.js';
import type { CaseStore } from './keep-cases.js';

export interface RemindDeps {
  readonly store: Pick<CaseStore, 'claim' | 'save'>;
  readonly hoursOf: HoursOf;
  /** The holder's quiet hours; null without any. */
  readonly quietOf: (holder: CaseHolder) => Promise<QuietHours | null>;
  /** Never throws. */
  readonly send: (one: ContactCase, message: CaseMessage) => Promise<SendResult>;
  readonly limiter: Pick<Limiter, 'take' | 'pause'>;
  /** True for conversations of the in-process channel, which has no limits. */
  readonly isOwn: (one: ContactCase) => boolean;
  readonly now: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

const BATCH = 50;
/**
 * So many messages are on their way at once, so a slow conversation does not block the others. After a crash at most so
 * many arrive a second time.
 */
export const REMINDERS_AT_ONCE = 8;
/** After a crash another worker sends the message again when this time is over. */
const LEASE_MS = 2 * 60_000;
/** So many failures are some hours. After them the case waits for its end. */
const MOST_FAILURES = 40;

/** Sends what is due, up to a batch. Returns the number of claimed cases. */
export async function sendDueCases(deps: RemindDeps, signal?: AbortSignal): Promise<number> {
  const began = deps.now();
  const due = await deps.store.claim(began, BATCH, LEASE_MS);
  const waiting = due.values();
  const sendOnes = async (): Promise<void> => {
    for (const one of waiting) {
      // The others are not lost: their claim ends, and they are still due.
      if (signal?.aborted || deps.now() - began > LEASE_MS / 2) break;
      await remind(deps, one);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: REMINDERS_AT_ONCE }, sendOnes));
  const failed = ended.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
  return due.length;
}

/** The holder may have said something in the meantime. Then the holder's word counts. */
async function remind(deps: RemindDeps, one: ContactCase): Promise<void> {
  try {
    await deps.store.save(await reminded(deps, one));
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/** The case after this try. */
async function reminded(deps: RemindDeps, one: ContactCase): Promise<ContactCase> {
  const now = deps.now();
  const quietEnd = await quietFor(deps, one, now);
  if (quietEnd !== null) return { ...one, dueAt: quietEnd };
  const { tenantId, conversationId } = one.holder;
  const permission = deps.isOwn(one) ? undefined : deps.limiter.take(tenantId, conversationId, now);
  if (permission && permission.kind !== 'go') return { ...one, dueAt: permission.until };
  const message = messageDue(one, now);
  const outcome = outcomeOf(await deps.send(one, message));
  switch (outcome.kind) {
    case 'accepted':
      deps.log.info('cases.told', { message, asked: one.asked, channel: one.holder.channelId });
      return afterMessage(one, now, deps.hoursOf);
    case 'gone':
    case 'refused':
    case 'missing':
      deps.log.warn('cases.cannot-be-told', { message, code: outcome.code });
      return unreachable(one, now);
    case 'throttled':
      deps.limiter.pause(tenantId, now + (outcome.retryAfterMs ?? 2000));
      return later(deps, one, outcome.retryAfterMs);
    default:
      // The message may have arrived. A second one is better than none.
      deps.log.warn('cases.not-told', { message, code: outcome.code });
      return later(deps, one, null);
  }
}

async function quietFor({ quietOf }: RemindDeps, one: ContactCase, now: number): Promise<number | null> {
  const quiet = await quietOf(one.holder);
  if (!quiet || compareSeverity(one.severity, quiet.override) >= 0) return null;
  return quietUntil(quiet, now);
}

function later({ now, random, log }: RemindDeps, one: ContactCase, retryAfterMs: number | null): ContactCase {
  const failures = one.failures + 1;
  if (failures >= MOST_FAILURES) {
    log.warn('cases.cannot-be-told', { message: messageDue(one, now()), code: 'given-up' });
    return unreachable(one, now());
  }
  const wait = Math.max(1000, waitAfter(failures, retryAfterMs, random()));
  return { ...one, failures, dueAt: now() + wait };
}
