/** Watches how long the event loop stands still, on a machine that others use too. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

interface LoopReport {
  /** Milliseconds of the longest standstill, and of the one that only one in a hundred exceeded. */
  readonly maxMs: number;
  readonly p99Ms: number;
}

/**
 * The standstills while `work` ran, less those the same process shows when it does nothing: a loaded machine lets any
 * process wait, and that is not the product's doing.
 */
export async function loopDelayOf(work: () => Promise<void>): Promise<LoopReport> {
  const idle = await measured(() => new Promise((resolve) => setTimeout(resolve, 60)));
  const busy = await measured(work);
  return { maxMs: Math.max(0, busy.maxMs - idle.maxMs), p99Ms: Math.max(0, busy.p99Ms - idle.p99Ms) };
}

async function measured(work: () => Promise<void>): Promise<LoopReport> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return { maxMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 };
}
