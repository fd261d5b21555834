/** A steady trickle of turns; memory and handles are read every ten seconds, and their slope is what counts. */
import { Client } from './client.js';
import type { Report } from './report.js';
import type { Channel, Server } from './servers.js';

const PEOPLE = 50;
const MB = 1024 * 1024;

/** Prints how memory and handles grow in an hour. `rate` in turns a second. */
export async function soak(
  server: Server,
  channel: Channel,
  { minutes, rate }: { readonly minutes: number; readonly rate: number },
): Promise<void> {
  const client = new Client(server, channel, PEOPLE);
  const readings: { hours: number; report: Report }[] = [];
  const since = performance.now();
  const elapsed = () => (performance.now() - since) / 3_600_000;
  for (let n = 0; elapsed() < minutes / 60; n += 1) {
    void client.turn(n % PEOPLE, n);
    await new Promise((resolve) => setTimeout(resolve, 1000 / rate));
    if (n % (rate * 10) === 0) readings.push({ hours: elapsed(), report: await server.report() });
  }
  const settled = readings.slice(Math.floor(readings.length / 4));
  const rss = slope(settled.map(({ hours, report }) => [hours, report.rss / MB]));
  const handles = slope(settled.map(({ hours, report }) => [hours, report.handles]));
  console.log(
    `soak of ${minutes} min at ${rate} turns/s: RSS ${rss.toFixed(1)} MB/h, handles ${handles.toFixed(1)}/h, errors ${JSON.stringify([...client.failed])}`,
  );
}

/** Least squares: how much y grows for one x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
