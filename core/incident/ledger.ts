/** The delivery report of an incident: where every reader's card stands, in numbers that always add up. */
import type { Delivery } from './delivery.js';

/** Counts of readers. The parts of `total` are all fields up to `dead`; the rest tell more about some of them. */
export interface Ledger {
  readonly total: number;
  /** The card shows the newest version. */
  readonly current: number;
  /** The card shows an older version; a newer one is on its way. */
  readonly behind: number;
  /** No card yet; the first try is to come. */
  readonly pending: number;
  /** No card yet; tried and to be tried again. */
  readonly retrying: number;
  readonly held: number;
  readonly muted: number;
  readonly withdrawn: number;
  readonly stopped: number;
  readonly dead: number;
  /** Stopped and dead readers by code. */
  readonly failedByCode: Readonly<Record<string, number>>;
  /** Cards that may be there twice: creates nobody knows the end of. */
  readonly suspected: number;
}

type Part = Exclude<keyof Ledger, 'total' | 'failedByCode' | 'suspected'>;

/** The report of an incident's deliveries. */
export function ledgerOf(deliveries: Iterable<Delivery>): Ledger {
  const parts: Record<Part, number> = {
    current: 0, behind: 0, pending: 0, retrying: 0, held: 0, muted: 0, withdrawn: 0, stopped: 0, dead: 0,
  }; // prettier-ignore
  const failed = new Map<string, number>();
  let total = 0;
  let suspected = 0;
  for (const delivery of deliveries) {
    const part = partOf(delivery);
    parts[part] += 1;
    total += 1;
    suspected += delivery.suspected;
    if (part === 'stopped' || part === 'dead') {
      const code = delivery.code ?? 'unknown';
      failed.set(code, (failed.get(code) ?? 0) + 1);
    }
  }
  return { total, ...parts, failedByCode: Object.fromEntries([...failed].sort()), suspected };
}

/** True when every reader stands somewhere, and nowhere twice. */
export function addsUp(ledger: Ledger): boolean {
  const { current, behind, pending, retrying, held, muted, withdrawn, stopped, dead } = ledger;
  return ledger.total === current + behind + pending + retrying + held + muted + withdrawn + stopped + dead;
}

/** Two parts of one report as one: a large audience is counted a page at a time. */
export function addLedgers(a: Ledger, b: Ledger): Ledger {
  const sum = (pick: (of: Ledger) => number): number => pick(a) + pick(b);
  const codes = new Map(Object.entries(a.failedByCode));
  for (const [code, count] of Object.entries(b.failedByCode)) codes.set(code, (codes.get(code) ?? 0) + count);
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
    failedByCode: Object.fromEntries([...codes].sort()),
    suspected: sum((of) => of.suspected),
  };
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
