/** How well each contact answers, from the outcomes of cases. Counts only, without people. */
import type { Attempt } from './case.js';

export interface ContactQuality extends Pick<Attempt, 'key' | 'way'> {
  readonly answered: number;
  readonly unanswered: number;
  readonly wrong: number;
  /** The median time to an answer, in minutes of the contact's working hours; absent without an answer. */
  readonly medianMinutes?: number;
}

/** Outcomes older than this do not count. */
export const QUALITY_MS = 365 * 86_400_000;
/** A contact with fewer outcomes is not compared with another one. */
const LEAST_COUNT = 5;
/** One contact answers clearly better when its share of answers is higher by this much. */
const CLEARLY = 0.2;

/** The key of a contact in the figures: its owner and its kind, whatever its present values are. */
export const qualityKey = ({ key, way }: Pick<Attempt, 'key' | 'way'>): string => `${way}|${key}`;

/** The figures of every contact, by `qualityKey`. */
export function qualityOf(attempts: readonly Attempt[]): ReadonlyMap<string, ContactQuality> {
  const groups = new Map<string, Attempt[]>();
  for (const one of attempts) {
    const group = groups.get(qualityKey(one));
    if (group) group.push(one);
    else groups.set(qualityKey(one), [one]);
  }
  return new Map([...groups].map(([id, group]) => [id, figuresOf(group)]));
}

function figuresOf(group: readonly Attempt[]): ContactQuality {
  const { key, way } = group[0]!;
  const count = (outcome: Attempt['outcome']) => group.filter((one) => one.outcome === outcome).length;
  const times = group.filter((one) => one.outcome === 'answered').map(({ minutes }) => minutes);
  const medianMinutes = median(times);
  return {
    key,
    way,
    answered: count('answered'),
    unanswered: count('unanswered'),
    wrong: count('wrong'),
    ...(medianMinutes !== undefined && { medianMinutes }),
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}

/** The number of outcomes of a contact. */
export const triesOf = ({ answered, unanswered, wrong }: ContactQuality): number =>
  answered + unanswered + wrong;

/** True when `other` answers clearly better than `usual`, and both have enough outcomes. */
export function answersBetter(other: ContactQuality | undefined, usual: ContactQuality | undefined): boolean {
  if (!other || !usual) return false;
  const [theirs, own] = [triesOf(other), triesOf(usual)];
  if (theirs < LEAST_COUNT || own < LEAST_COUNT) return false;
  return other.answered / theirs - usual.answered / own >= CLEARLY;
}
