/** What all outage benchmarks share: printing, percentiles, and the greatest memory of a process. */
import process from 'node:process';

/** One line of JSON a figure, to be read beside others. */
export function print(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export function rounded(value: number, digits = 0): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** The value that `part` of the list does not exceed. */
export function percentile(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 1);
}

/** Looks at the memory of this process every 50 ms. */
export function watchMemory(): () => { readonly peakRssMb: number; readonly peakHeapMb: number } {
  let rss = 0;
  let heap = 0;
  const look = (): void => {
    const used = process.memoryUsage();
    rss = Math.max(rss, used.rss);
    heap = Math.max(heap, used.heapUsed);
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    look();
    return { peakRssMb: rounded(rss / 1_048_576), peakHeapMb: rounded(heap / 1_048_576) };
  };
}

/** Megabytes that are really in use, where the collector may be called (`--expose-gc`). */
export function liveHeapMb(): number | undefined {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  return rounded(process.memoryUsage().heapUsed / 1_048_576);
}

/** Milliseconds of processor time since then: what a machine shared with others does not change much. */
export function watchCpu(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
}
