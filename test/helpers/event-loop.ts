/** Measures the standstills of the event loop, on a machine that runs other programs too. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

interface LoopReport {
  /** The longest standstill and the 99th percentile, in milliseconds. */
  readonly maxMs: number;
  readonly p99Ms: number;
}

/**
 * The standstills while `work` ran, minus the standstills of the idle process. On a loaded machine every process waits,
 * so these waits are not the product's fault.
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
