/** A watch over outage sources that keeps what administrators would read. */
import { SourceWatch, type SourceNews } from '../../bot/outages/source-watch.js';
import type { SourceHealth, SourceStore } from '../../core/incident/ports.js';
import { CapturedLog } from './capture-log.js';

/** Over a store, or over memory. */
export function sourceWatch(
  now: () => number,
  sources: Pick<SourceStore, 'health' | 'noteHealth'> = inMemory(),
  log = new CapturedLog(),
) {
  const told: SourceNews[] = [];
  const tell = (news: SourceNews) => Promise.resolve(void told.push(news));
  return { watch: new SourceWatch({ sources, tell, now, log }), told };
}

function inMemory(): Pick<SourceStore, 'health' | 'noteHealth'> {
  const kept = new Map<string, SourceHealth>();
  return {
    health: () => Promise.resolve(kept),
    noteHealth: (id, health) => Promise.resolve(void kept.set(id, health)),
  };
}
