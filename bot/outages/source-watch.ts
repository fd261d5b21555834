/** Remembers which sources cannot be read, since when and why, and tells administrators once. */
import type { SourceHealth, SourceStore } from '../../core/incident/ports.js';
import type { Clock, Log } from '../../core/ports.js';
import { passedSince } from '../../core/time.js';

/** A message to administrators about a source. */
export interface SourceNews {
  readonly source: string;
  /** `silent`: it does not answer. `unread`: it answers, or sends, what cannot be read. */
  readonly kind: 'silent' | 'unread' | 'answers-again';
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly reason: string;
}

export interface SourceWatchDeps {
  readonly sources: Pick<SourceStore, 'health' | 'noteHealth'>;
  /** Tells every administrator. Never throws. */
  readonly tell: (news: SourceNews) => Promise<void>;
  readonly now: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const HOUR_MS = 3_600_000;
/** A source that fails and recovers again and again is told at most this often. */
const SILENT_AGAIN_MS = HOUR_MS;
const UNREAD_AGAIN_MS = 24 * HOUR_MS;
const NEVER: SourceHealth = { okAt: null, failingSince: null, reason: null };

export class SourceWatch {
  /** Senders whose last notice could not be read; undefined before the first look into the store. */
  #unread: Set<string> | undefined;

  constructor(private readonly deps: SourceWatchDeps) {}

  /** A poll failed. Administrators read about it when the source has been failing for `patienceMs`. */
  async failed(source: string, reason: string, patienceMs: number): Promise<void> {
    const now = this.deps.now();
    const before = await this.#healthOf(source);
    const since = before.failingSince ?? now;
    const told = before.toldAt ?? 0;
    const isNews =
      passedSince(since, now) >= patienceMs &&
      (told < since || told > now) &&
      passedSince(told, now) >= SILENT_AGAIN_MS;
    this.deps.log.warn('outages.poll-failed', { source, since, reason });
    const health = { ...before, failingSince: since, reason, ...(isNews && { toldAt: now }) };
    await this.#note(source, before, health);
    if (isNews) await this.deps.tell({ source, kind: 'silent', since, reason });
  }

  /** A poll got an answer; `unread` says which part of it could not be read. */
  async answered(source: string, unread: string | null): Promise<void> {
    const before = await this.#healthOf(source);
    const now = this.deps.now();
    const { failingSince: since } = before;
    if (since !== null) {
      this.deps.log.info('outages.source-answers-again', { source });
      if ((before.toldAt ?? 0) >= since)
        await this.deps.tell({ source, kind: 'answers-again', since, reason: '' });
    }
    if (unread !== null && unread !== before.reason)
      this.deps.log.warn('outages.could-not-be-read', { source, reason: unread });
    await this.#read(source, { ...before, okAt: now, failingSince: null }, unread, before);
  }

  /** A sender's notice could not be read at all, or in part. */
  async unread(source: string, reason: string): Promise<void> {
    const before = await this.#healthOf(source);
    (await this.#troubled()).add(source);
    await this.#read(source, before, reason, before);
  }

  /** A sender's notice was read. Asks the store only when an earlier notice was not. */
  async read(source: string): Promise<void> {
    if (!(await this.#troubled()).delete(source)) return;
    const before = await this.#healthOf(source);
    await this.#read(source, { ...before, okAt: this.deps.now() }, null, before);
  }

  async #read(
    source: string,
    health: SourceHealth,
    reason: string | null,
    before: SourceHealth,
  ): Promise<void> {
    const now = this.deps.now();
    const isNews = reason !== null && passedSince(before.toldAt ?? 0, now) >= UNREAD_AGAIN_MS;
    await this.#note(source, before, { ...health, reason, ...(isNews && { toldAt: now }) });
    if (isNews) await this.deps.tell({ source, kind: 'unread', since: now, reason });
  }

  async #healthOf(source: string): Promise<SourceHealth> {
    return (await this.deps.sources.health()).get(source) ?? NEVER;
  }

  async #troubled(): Promise<Set<string>> {
    if (this.#unread) return this.#unread;
    const all = await this.deps.sources.health();
    return (this.#unread ??= new Set([...all].flatMap(([id, { reason }]) => (reason === null ? [] : [id]))));
  }

  /** Writes only after a change, not at every poll. */
  async #note(source: string, before: SourceHealth, health: SourceHealth): Promise<void> {
    const facts = ({ failingSince, reason, toldAt, okAt }: SourceHealth): string =>
      JSON.stringify([failingSince, reason, toldAt, okAt === null]);
    if (facts(before) === facts(health)) return;
    await this.deps.sources.noteHealth(source, health, this.deps.now());
  }
}
