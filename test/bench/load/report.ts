/** What a program of the benchmark tells the process that measures it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Totals since the start of the program, except the delay: since the last report. */
export interface Report {
  /** Milliseconds of processor time, in the program and in the kernel. */
  readonly cpuMs: number;
  /** Bytes of resident memory. */
  readonly rss: number;
  readonly handles: number;
  readonly delayP99Ms: number;
  /** SQL statements; 0 without PostgreSQL. */
  readonly statements: number;
}

/** Answers each message of the parent process with a report, and prints the ready line. */
export function reportTo(port: number, statements: () => number = () => 0): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const report: Report = {
      cpuMs: (user + system) / 1000,
      rss: process.memoryUsage().rss,
      handles: process.getActiveResourcesInfo().length,
      delayP99Ms: delay.percentile(99) / 1e6,
      statements: statements(),
    };
    delay.reset();
    process.send?.(report);
  });
  process.stdout.write(`ready http://127.0.0.1:${port}/\n`);
}
