/** Measures the standstills of the event loop in processor time, so that other programs of the machine do not count. */
import { performance } from 'node:perf_hooks';

interface LoopReport {
  /** The longest standstill and the 99th percentile, in milliseconds. */
  readonly maxMs: number;
  readonly p99Ms: number;
}

const LOOK_EVERY_MS = 5;

/**
 * The standstills while `work` ran. A timer looks every few milliseconds. Between two looks the loop stood still for no
 * longer than the time that passed, and for no longer than this process used the processor.
 */
export async function loopDelayOf(work: () => Promise<void>): Promise<LoopReport> {
  const stills: number[] = [];
  let at = performance.now();
  let used = process.cpuUsage();
  const look = (): void => {
    const { user, system } = process.cpuUsage(used);
    stills.push(Math.min(performance.now() - at, (user + system) / 1000));
    [at, used] = [performance.now(), process.cpuUsage()];
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
    look();
  }
  stills.sort((a, b) => a - b);
  const of = (part: number): number =>
    stills[Math.min(stills.length - 1, Math.floor(part * stills.length))] ?? 0;
  return { maxMs: of(1), p99Ms: of(0.99) };
}
