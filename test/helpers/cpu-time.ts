/** Measures the processor time of this process. The time of other programs does not count. */

/** Milliseconds of processor time since `start`. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Milliseconds of processor time that the work takes: the least of `tries` runs. */
export function cpuMs(work: () => unknown, tries = 1): number {
  return Math.min(
    ...Array.from({ length: tries }, () => {
      const start = process.cpuUsage();
      work();
      return since(start);
    }),
  );
}

/** The same for asynchronous work. Other work of this process at the same time counts too. */
export async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  return since(start);
}
