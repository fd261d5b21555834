/** Processes killed while 1,000 cards and their updates go out, on both databases: what is lost, what comes twice. */
import { runKills } from '../../helpers/delivery-kills.js';
import { print } from './figures.js';

/** @param only one database; both where absent. */
export async function kills(count: number, recipients: number, only?: string): Promise<void> {
  const runs = [
    { kind: 'sqlite', instances: 1 },
    { kind: 'postgres', instances: 2 },
  ] as const;
  for (const run of runs.filter(({ kind }) => only === undefined || only === kind)) {
    const report = await runKills({ ...run, kills: count, recipients });
    print({ what: 'kills', ...run, kills: count, recipients, ...(report ?? { leftOut: 'no database' }) });
  }
}
