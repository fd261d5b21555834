/** Finds the outage senders that have been silent for long: their outages may be missing. For doctor and the metrics. */
import type { OutageSource, SourceHealth } from '../../core/incident/ports.js';
import type { Clock } from '../../core/ports.js';
import type { Stores } from '../store/stores.js';

const DAY_MS = 24 * 60 * 60_000;
/** A sender without an outage for longer than this counts as silent. */
const SILENT_DAYS = 30;

export interface SenderSilence {
  readonly id: string;
  readonly silent: boolean;
  /** `never sent anything`, `sent 3 days ago`. */
  readonly heard: string;
}

/** Every active sender except staff. A page that the server reads is silent only while it does not answer. */
export async function senderSilences({
  stores,
  now,
}: {
  readonly stores: Pick<Stores, 'outages'>;
  readonly now: Clock;
}): Promise<readonly SenderSilence[]> {
  const { sources, history } = stores.outages;
  const [all, health] = await Promise.all([sources.list(), sources.health()]);
  const active = all.filter((one) => one.active && one.auth.kind !== 'staff');
  return Promise.all(
    active.map(async (source) => {
      if (source.auth.kind === 'polled') return polled(source, health.get(source.id), now());
      const [last] = await history.ofSource(source.id, 1);
      return pushed(source, last?.updatedAt, now());
    }),
  );
}

function pushed({ id }: OutageSource, lastAt: number | undefined, now: number): SenderSilence {
  if (lastAt === undefined) return { id, silent: true, heard: 'never sent anything' };
  const days = Math.floor((now - lastAt) / DAY_MS);
  return days > SILENT_DAYS
    ? { id, silent: true, heard: `sent nothing for ${days} days` }
    : { id, silent: false, heard: `sent ${days} days ago` };
}

function polled({ id }: OutageSource, health: SourceHealth | undefined, now: number): SenderSilence {
  if (health?.failingSince === null) return { id, silent: false, heard: 'answers when the server reads it' };
  if (!health) return { id, silent: true, heard: 'was never read' };
  const minutes = Math.floor((now - (health.failingSince ?? now)) / 60_000);
  return { id, silent: true, heard: `has not answered for ${minutes} minutes` };
}
