/** The delivery report of an incident: the state of every recipient's card, in numbers that always add up. */
import type { Delivery } from './delivery.js';

/** Counts of recipients. The parts of `total` are all fields up to `dead`; the rest tell more about some of them. */
export interface Ledger {
  readonly total: number;
  /** The card shows the newest version. */
  readonly current: number;
  /** The card shows an older version; an update is on its way. */
  readonly behind: number;
  /** No card yet, and no try yet. */
  readonly pending: number;
  /** No card yet, after at least one failed try. */
  readonly retrying: number;
  readonly held: number;
  readonly muted: number;
  readonly withdrawn: number;
  readonly stopped: number;
  readonly dead: number;
  /** Stopped and dead recipients by code. */
  readonly failedByCode: Readonly<Record<string, number>>;
  /** Muted recipients by reason. */
  readonly mutedByReason: Readonly<Record<string, number>>;
  /** Of the waiting recipients: those whose platform asked to wait (429), or rejects the bot. */
  readonly waitingByCode: Readonly<Record<string, number>>;
  /** Possible duplicate cards: creates with an unknown result. */
  readonly suspected: number;
}

/** The number of deliveries in one place: the place as `standing` names it. */
export interface PartCount {
  readonly standing: string;
  readonly count: number;
  readonly suspected: number;
}

const PARTS = [
  'current', 'behind', 'pending', 'retrying', 'held', 'muted', 'withdrawn', 'stopped', 'dead',
] as const; // prettier-ignore
type Part = (typeof PARTS)[number];

/** The place of a delivery as one word for counting: its part of the ledger, and the reason where there is one. */
export function standing(delivery: Delivery): string {
  const part = partOf(delivery);
  if (part === 'current' || part === 'withdrawn') return part;
  const why = delivery.code ?? (REASONS[part] === 'failed' ? 'unknown' : null);
  return why === null ? part : `${part}|${why}`;
}

/** The report of an incident's deliveries. */
export function ledgerOf(deliveries: Iterable<Delivery>): Ledger {
  const counts = new Map<string, PartCount>();
  for (const delivery of deliveries) {
    const key = standing(delivery);
    const known = counts.get(key) ?? { standing: key, count: 0, suspected: 0 };
    const suspected = known.suspected + delivery.suspected;
    counts.set(key, { standing: key, count: known.count + 1, suspected });
  }
  return ledgerOfCounts([...counts.values()]);
}

/** The same report, from the numbers of deliveries in each place. */
export function ledgerOfCounts(counts: readonly PartCount[]): Ledger {
  const parts: Record<Part, number> = {
    current: 0, behind: 0, pending: 0, retrying: 0, held: 0, muted: 0, withdrawn: 0, stopped: 0, dead: 0,
  }; // prettier-ignore
  const why = {
    failed: new Map<string, number>(),
    muted: new Map<string, number>(),
    waiting: new Map<string, number>(),
  };
  let total = 0;
  let suspected = 0;
  for (const one of counts) {
    const { part, code } = placeOf(one.standing);
    parts[part] += one.count;
    total += one.count;
    suspected += one.suspected;
    const reasons = why[REASONS[part]];
    if (code !== '') reasons.set(code, (reasons.get(code) ?? 0) + one.count);
  }
  return {
    total,
    ...parts,
    failedByCode: sorted(why.failed),
    mutedByReason: sorted(why.muted),
    waitingByCode: sorted(why.waiting),
    suspected,
  };
}

const REASONS: Readonly<Record<Part, 'failed' | 'muted' | 'waiting'>> = {
  current: 'waiting', behind: 'waiting', pending: 'waiting', retrying: 'waiting', held: 'waiting',
  muted: 'muted', withdrawn: 'muted', stopped: 'failed', dead: 'failed',
}; // prettier-ignore

/** An unknown place counts as pending, so that the counts add up. */
function placeOf(text: string): { readonly part: Part; readonly code: string } {
  const at = text.indexOf('|');
  const word = at < 0 ? text : text.slice(0, at);
  const part = PARTS.find((one) => one === word) ?? 'pending';
  return { part, code: at < 0 ? '' : text.slice(at + 1) };
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort());
}

/** True when every recipient is counted exactly once. */
export function addsUp(ledger: Ledger): boolean {
  const { current, behind, pending, retrying, held, muted, withdrawn, stopped, dead } = ledger;
  return ledger.total === current + behind + pending + retrying + held + muted + withdrawn + stopped + dead;
}

/** Adds two parts of one report: a large audience is counted page by page. */
export function addLedgers(a: Ledger, b: Ledger): Ledger {
  const sum = (pick: (of: Ledger) => number): number => pick(a) + pick(b);
  return {
    total: sum((of) => of.total),
    current: sum((of) => of.current),
    behind: sum((of) => of.behind),
    pending: sum((of) => of.pending),
    retrying: sum((of) => of.retrying),
    held: sum((of) => of.held),
    muted: sum((of) => of.muted),
    withdrawn: sum((of) => of.withdrawn),
    stopped: sum((of) => of.stopped),
    dead: sum((of) => of.dead),
    failedByCode: addCounts(a.failedByCode, b.failedByCode),
    mutedByReason: addCounts(a.mutedByReason, b.mutedByReason),
    waitingByCode: addCounts(a.waitingByCode, b.waitingByCode),
    suspected: sum((of) => of.suspected),
  };
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const both = new Map(Object.entries(a));
  for (const [code, count] of Object.entries(b)) both.set(code, (both.get(code) ?? 0) + count);
  return sorted(both);
}

function partOf(delivery: Delivery): Part {
  switch (delivery.status) {
    case 'held':
    case 'muted':
    case 'withdrawn':
    case 'stopped':
    case 'dead':
      return delivery.status;
    case 'shown':
    case 'due':
    case 'sending':
      if (delivery.shown > 0) return delivery.shown < delivery.wanted ? 'behind' : 'current';
      return delivery.attempts > 0 || delivery.suspected > 0 ? 'retrying' : 'pending';
  }
}
