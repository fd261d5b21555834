/**
 * Processor time for one card of a large audience and of small ones. Both work in turns, a slice at a time, in one
 * process with compiled code, at the same rate. So another load of the machine burdens both alike.
 */
import type { Stores } from '../../../bot/store/stores.js';
import { commit, fillRecipients, simDeliverer, startDelivery } from '../../helpers/audience.js';
import { incident as opened, NOON } from '../../helpers/incidents.js';
import { SimClock, SimConnector } from '../../helpers/sim.js';
import { TestStore } from '../../helpers/stores.js';
import { percentile, print, rounded, watchCpu } from './figures.js';
import { sendNaively } from './naive.js';

/** Cards in a slice of the large incident, and in the small incidents beside it. */
const SLICE = 5000;
/** Cards before the measurement: the first 10,000 or so of a process also pay for compiling its code. */
const WARM_UP = 20_000;

interface Slice {
  readonly cards: number;
  readonly cpuMs: number;
}

/** Delivers the next cards. Undefined once its incident is over. */
type NextSlice = () => Promise<Slice | undefined>;

/** Adds up what one side did. */
class Side {
  readonly slices: Slice[] = [];
  calls = 0;
  wakes = 0;
  violations = 0;

  get cards(): number {
    return this.slices.reduce((sum, slice) => sum + slice.cards, 0);
  }

  /** Milliseconds of processor time. */
  get perCard(): number {
    return this.slices.reduce((sum, slice) => sum + slice.cpuMs, 0) / this.cards;
  }

  /** Call once for each incident, at its end. */
  close(clock: SimClock, connector: SimConnector): void {
    this.calls += clock.calls;
    this.wakes += clock.wakes;
    this.violations += connector.violations;
  }
}

/** Plans and delivers one incident in slices. All of its processor time is counted: the change, the plan, the end. */
function inSlices(stores: Stores, perTenant: number, cards: number, side: Side): NextSlice {
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  let delivery: ReturnType<typeof startDelivery> | undefined;
  return async () => {
    if (delivery?.isOver()) return undefined;
    const before = connector.creates;
    const cpu = watchCpu();
    if (!delivery) {
      await commit(stores, opened({}, { newId: 'cost' }), clock.now());
      delivery = startDelivery(stores, clock, simDeliverer(stores, clock, connector, { perTenant }));
    }
    const { isOver, done } = delivery;
    await clock.until(() => isOver() || connector.creates - before >= cards);
    const slice = { cards: connector.creates - before, cpuMs: cpu() };
    side.slices.push(slice);
    if (isOver()) await done.then(() => side.close(clock, connector));
    return slice;
  };
}

/** Incidents of one small audience, one after the other. The store forgets each before the next, outside the figures. */
async function smallOnes(stores: Stores, perTenant: number, cards: number, side: Side): Promise<void> {
  for (const until = side.cards + cards; side.cards < until;) {
    await inSlices(stores, perTenant, Number.POSITIVE_INFINITY, side)();
    for (const table of ['deliveries', 'incidents', 'incident_keys'] as const)
      await stores.database.kysely.deleteFrom(table).execute();
  }
}

async function naiveOnes(side: Side): Promise<void> {
  const cpu = watchCpu();
  await sendNaively(SLICE);
  side.slices.push({ cards: SLICE, cpuMs: cpu() });
}

/**
 * Measures the cost of a card.
 * @param large recipients of the one large incident
 * @param small recipients of each small incident
 * @param perTenant requests a second
 */
export async function cost(large: number, small: number, perTenant: number): Promise<void> {
  const [smallPlace, largePlace] = [await TestStore.prepare('sqlite'), await TestStore.prepare('sqlite')];
  if (!smallPlace || !largePlace) return;
  const [few, many] = [await smallPlace.open(), await largePlace.open()];
  await fillRecipients(few, small);
  await fillRecipients(many, large);
  await smallOnes(few, perTenant, WARM_UP, new Side());
  await naiveOnes(new Side());
  const sides = { large: new Side(), small: new Side(), naive: new Side() };
  const next = inSlices(many, perTenant, SLICE, sides.large);
  for (let slice = await next(); slice; slice = await next()) {
    await smallOnes(few, perTenant, slice.cards, sides.small);
    await naiveOnes(sides.naive);
  }
  report({ large, small, perTenant }, sides);
  await smallPlace.remove();
  await largePlace.remove();
}

function report(
  sizes: { readonly large: number; readonly small: number; readonly perTenant: number },
  { large, small, naive }: Readonly<Record<'large' | 'small' | 'naive', Side>>,
): void {
  const perCard = (side: Side, value: number): number => rounded(value / side.cards, 3);
  print({
    what: 'cost of a card',
    ...sizes,
    cards: [large.cards, small.cards],
    cpuMs: [rounded(large.perCard, 3), rounded(small.perCard, 3)],
    naiveCpuMs: rounded(naive.perCard, 3),
    ratio: rounded(large.perCard / small.perCard, 2),
    sliceMs: [spread(large), spread(small)],
    storeCalls: [perCard(large, large.calls), perCard(small, small.calls)],
    wakeUps: [perCard(large, large.wakes), perCard(small, small.wakes)],
    violations: [large.violations, small.violations],
  });
}

/** The quartiles of the cost of a card in a slice; the last slice may be only the end of the incident. */
function spread(side: Side): readonly number[] {
  const costs = side.slices
    .filter(({ cards }) => cards > 0)
    .map(({ cards, cpuMs }) => (1000 * cpuMs) / cards);
  return [0.25, 0.5, 0.75].map((part) => rounded(percentile(costs, part) / 1000, 3));
}
