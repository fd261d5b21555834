/** Adds the daily counts up to what a manager reads. Pure. */
import { isPlanned, type Incident } from '../../incident/types.js';
import { insightDay, type InsightCount, type InsightEvent } from './ports.js';

/** The first and the last day, both included, in days since the epoch. */
export interface InsightPeriod {
  readonly first: number;
  readonly last: number;
}

/** What became of the questions of one day. */
export interface InsightsOfDay {
  readonly day: number;
  readonly answered: number;
  /** The bot asked back and got no reply. The reply may come on a later day, so this is asked minus answered. */
  readonly leftOpen: number;
}

/** A part of the questions: those about one offer, in one language and so on. */
export interface InsightShare {
  readonly id: string;
  readonly answered: number;
  readonly notHelped: number;
}

/** The outages of one publisher. */
export interface PublisherOutages {
  readonly publisherId: string;
  readonly outages: number;
  /** Half of the outages had their first card within this time; null where nobody got a card. Milliseconds. */
  readonly firstCardMs: number | null;
}

export interface Insights {
  readonly period: InsightPeriod;
  readonly times: Readonly<Record<InsightEvent, number>>;
  readonly questions: number;
  readonly answered: number;
  readonly leftOpen: number;
  /** Half, and nine of ten, of the taken hand-overs waited at most this many minutes; null without any. */
  readonly waits: { readonly half: number | null; readonly most: number | null };
  /** Every day of the period. */
  readonly days: readonly InsightsOfDay[];
  readonly offers: readonly InsightShare[];
  readonly publishers: readonly InsightShare[];
  readonly issues: readonly InsightShare[];
  readonly languages: readonly InsightShare[];
  /** Reports of wrong contacts by owner: `offer:<id>`, `publisher:<id>`, or empty for desks. */
  readonly wrongContacts: readonly { readonly about: string; readonly times: number }[];
  readonly outages: readonly PublisherOutages[];
}

/** An outage as the insights read it. */
export interface InsightOutage {
  readonly incident: Incident;
  readonly firstCardAt: number | null;
}

export type PublisherOf = (offerId: string) => string | undefined;

/** The period of so many days that ends with the day of a moment. */
export function periodOf(now: number, days: number): InsightPeriod {
  const last = insightDay(now);
  return { first: last - days + 1, last };
}

/** The insights of a period. Counts of other days are left out. */
export function insightsOf(
  counts: readonly InsightCount[],
  outages: readonly InsightOutage[],
  period: InsightPeriod,
  publisherOf: PublisherOf,
): Insights {
  const inside = counts.filter(({ day }) => day >= period.first && day <= period.last);
  const times = timesOf(inside);
  const offers = sharesOf(inside, (one) => partOf(one.about, 'offer:'));
  return {
    period,
    times,
    questions: times['at-once'] + times['asked-back'],
    answered: times['at-once'] + times['after-asking'],
    leftOpen: Math.max(0, times['asked-back'] - times['after-asking']),
    waits: waitsOf(inside),
    days: daysOf(inside, period),
    offers,
    publishers: sharesOf(inside, (one) => publisherIn(one.about, publisherOf)),
    issues: sharesOf(inside, (one) => one.issue),
    languages: sharesOf(inside, (one) => one.language),
    wrongContacts: wrongContactsOf(inside),
    outages: outagesByPublisher(outages, publisherOf),
  };
}

function timesOf(counts: readonly InsightCount[]): Record<InsightEvent, number> {
  const sum = (event: InsightEvent) =>
    counts.reduce((all, one) => all + (one.event === event ? one.times : 0), 0);
  return {
    'at-once': sum('at-once'),
    'asked-back': sum('asked-back'),
    'after-asking': sum('after-asking'),
    unanswered: sum('unanswered'),
    'not-helped': sum('not-helped'),
    'handed-over': sum('handed-over'),
    taken: sum('taken'),
    'contact-wrong': sum('contact-wrong'),
  };
}

const isAnswer = ({ event }: InsightCount): boolean => event === 'at-once' || event === 'after-asking';

function partOf(about: string, beginning: 'offer:' | 'publisher:'): string {
  return about.startsWith(beginning) ? about.slice(beginning.length) : '';
}

/** The id of an offer that left the directory begins with its publisher's id. */
function publisherIn(about: string, publisherOf: PublisherOf): string {
  const offer = partOf(about, 'offer:');
  if (offer === '') return partOf(about, 'publisher:');
  return publisherOf(offer) ?? offer.split('.')[0] ?? '';
}

/** The most asked first. Counts without an id are left out. */
function sharesOf(
  counts: readonly InsightCount[],
  idOf: (count: InsightCount) => string,
): readonly InsightShare[] {
  const shares = new Map<string, { answered: number; notHelped: number }>();
  for (const one of counts) {
    const id = idOf(one);
    if (id === '' || !(isAnswer(one) || one.event === 'not-helped')) continue;
    const share = shares.get(id) ?? { answered: 0, notHelped: 0 };
    if (isAnswer(one)) share.answered += one.times;
    else share.notHelped += one.times;
    shares.set(id, share);
  }
  return [...shares]
    .map(([id, share]) => ({ id, ...share }))
    .sort((a, b) => b.answered - a.answered || b.notHelped - a.notHelped || (a.id < b.id ? -1 : 1));
}

function waitsOf(counts: readonly InsightCount[]): Insights['waits'] {
  const taken = counts.filter(({ event }) => event === 'taken').sort((a, b) => a.within - b.within);
  const all = taken.reduce((sum, { times }) => sum + times, 0);
  const within = (share: number): number | null => {
    let seen = 0;
    for (const { within: minutes, times } of taken) {
      seen += times;
      if (seen >= all * share) return minutes;
    }
    return null;
  };
  return { half: within(0.5), most: within(0.9) };
}

function daysOf(counts: readonly InsightCount[], { first, last }: InsightPeriod): readonly InsightsOfDay[] {
  const days = Array.from({ length: last - first + 1 }, (_, n) => ({ day: first + n, answered: 0, open: 0 }));
  for (const one of counts) {
    const day = days[one.day - first];
    if (!day) continue;
    if (isAnswer(one)) day.answered += one.times;
    if (one.event === 'asked-back') day.open += one.times;
    if (one.event === 'after-asking') day.open -= one.times;
  }
  return days.map(({ day, answered, open }) => ({ day, answered, leftOpen: Math.max(0, open) }));
}

function wrongContactsOf(counts: readonly InsightCount[]): Insights['wrongContacts'] {
  const owners = new Map<string, number>();
  for (const { event, about, times } of counts)
    if (event === 'contact-wrong') owners.set(about, (owners.get(about) ?? 0) + times);
  return [...owners]
    .map(([about, times]) => ({ about, times }))
    .sort((a, b) => b.times - a.times || (a.about < b.about ? -1 : 1));
}

/** Planned work, unconfirmed reports and incidents that were joined into another one are left out. */
export function countsAsOutage({ state, unconfirmed, joinedInto }: Incident): boolean {
  return !isPlanned(state) && !unconfirmed && !joinedInto;
}

function outagesByPublisher(
  outages: readonly InsightOutage[],
  publisherOf: PublisherOf,
): readonly PublisherOutages[] {
  const waits = new Map<string, (number | null)[]>();
  for (const { incident, firstCardAt } of outages) {
    const { affected, startedAt } = incident;
    const named = affected.offers.map((id) => publisherOf(id) ?? id.split('.')[0] ?? '');
    const wait = firstCardAt === null ? null : Math.max(0, firstCardAt - startedAt);
    for (const id of new Set([...affected.publishers, ...named]))
      waits.set(id, [...(waits.get(id) ?? []), wait]);
  }
  return [...waits]
    .map(([publisherId, all]) => ({ publisherId, outages: all.length, firstCardMs: halfOf(all) }))
    .sort((a, b) => b.outages - a.outages || (a.publisherId < b.publisherId ? -1 : 1));
}

function halfOf(waits: readonly (number | null)[]): number | null {
  const known = waits.filter((one) => one !== null).sort((a, b) => a - b);
  return known[Math.ceil(known.length / 2) - 1] ?? null;
}
