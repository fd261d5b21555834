/** What is counted for managers: what became of questions, by day. It holds no words and no person. */
import type { DueWeekly } from '../../incident/ports.js';
import type { Asker, Language } from '../../terms.js';

/**
 * `at-once`: a question was answered without a question back. `asked-back`: the bot asked for a fact first, counted once
 * for each question. `after-asking`: such a question was answered. `unanswered`: words matched nothing. `not-helped`: a
 * person said that an answer did not help. `handed-over`: a visitor asked for a person. `taken`: staff took a hand-over.
 * `contact-wrong`: somebody reported a contact.
 */
export const INSIGHT_EVENTS = [
  'at-once',
  'asked-back',
  'after-asking',
  'unanswered',
  'not-helped',
  'handed-over',
  'taken',
  'contact-wrong',
] as const;
export type InsightEvent = (typeof INSIGHT_EVENTS)[number];

/** One thing that happened. */
export interface InsightNote {
  readonly event: InsightEvent;
  /** `offer:<id>` or `publisher:<id>`; absent when neither is known. */
  readonly about?: string;
  readonly issue?: string;
  readonly language: Language;
  readonly asker: Asker;
  /** For `taken`: the visitor waited at most this many minutes, one of `WAIT_STEPS`. */
  readonly within?: number;
}

/** A note with the moment it happened, in milliseconds since the epoch. */
export interface TimedNote {
  readonly note: InsightNote;
  readonly at: number;
}

/** How often something happened on one day. Empty texts and a `within` of 0 mean: none. */
export interface InsightCount {
  /** Days since the epoch, in UTC. */
  readonly day: number;
  readonly event: InsightEvent;
  readonly about: string;
  readonly issue: string;
  readonly language: string;
  readonly asker: string;
  readonly within: number;
  readonly times: number;
}

export interface InsightStore {
  /**
   * Counts. Inside a turn the count is stored together with the turn, so that a turn that runs again counts once.
   * @param at milliseconds since the epoch
   */
  count(note: InsightNote, at: number): Promise<void>;
  /** The counts from one day to another, both included. */
  between(first: number, last: number): Promise<readonly InsightCount[]>;
}

/** Which recipients want the weekly insights, and when each is due. */
export interface InsightDigestStore {
  /** When the recipient's next insights are due; undefined for a recipient who does not want them. */
  dueAt(readerId: string): Promise<number | undefined>;
  /** Turns the insights on. A recipient who has them keeps the time. */
  start(readerId: string, dueAt: number): Promise<void>;
  stop(readerId: string): Promise<void>;
  /** Up to `limit` that are due, claimed for `leaseMs` so that no other worker takes them. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly DueWeekly[]>;
  /** Moves a claimed one to its next time, unless the recipient has turned it off since. */
  moveOn(due: DueWeekly, dueAt: number): Promise<void>;
}

export const INSIGHT_DAY_MS = 86_400_000;

/** The day of a moment, in days since the epoch. */
export const insightDay = (at: number): number => Math.floor(at / INSIGHT_DAY_MS);

/** Upper limits of a visitor's wait, in minutes. The last one stands for every longer wait. */
export const WAIT_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 10_080] as const;

/** The step of a wait in milliseconds. */
export function waitStep(ms: number): number {
  return WAIT_STEPS.find((minutes) => ms <= minutes * 60_000) ?? 10_080;
}
