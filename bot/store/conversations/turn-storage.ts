/**
 * The bot SDK's state during a turn: the turn's documents are read when it begins and written when it ends, so that the
 * SDK's reads and writes in between need no statement.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { TimedNote } from '../../../core/services/insights/ports.js';
import type { BotStateStorage } from './bot-storage.js';

/** Documents by the SDK's keys. Each has its eTag as a field. */
export type StateDocuments = Readonly<Record<string, unknown>>;

/** The documents of one turn. */
class TurnDocuments {
  /** JSON without the eTag, by key. */
  readonly changed = new Map<string, string>();
  /** What the turn counts. */
  readonly notes: TimedNote[] = [];
  /** After the end nobody stores what is written here. */
  ended = false;

  /** `keys`: the documents that were looked for; `found`: the ones that exist. */
  constructor(
    private readonly keys: ReadonlySet<string>,
    private readonly found: StateDocuments,
  ) {}

  /** True while the turn runs, if it looked for all of these documents. */
  knows(keys: readonly string[]): boolean {
    return !this.ended && keys.every((key) => this.keys.has(key));
  }

  read(keys: readonly string[]): Record<string, unknown> {
    const entries = keys.map((key) => [key, this.#documentOf(key)] as const);
    return Object.fromEntries(entries.filter(([, document]) => document !== undefined));
  }

  /** Keeps a copy, because the SDK goes on changing its own. */
  write(changes: StateDocuments): void {
    for (const [key, document] of Object.entries(changes)) {
      const { eTag: _, ...body } = document as Readonly<Record<string, unknown>>;
      this.changed.set(key, JSON.stringify(body));
    }
  }

  #documentOf(key: string): unknown {
    const changed = this.changed.get(key);
    return changed === undefined ? this.found[key] : { ...(JSON.parse(changed) as object), eTag: '*' };
  }
}

/** What a turn wrote; the caller has to store it. */
export interface TurnWrites {
  /** Documents as JSON, by key. */
  readonly changed: ReadonlyMap<string, string>;
  readonly notes: readonly TimedNote[];
}

/** The storage of the SDK's states. Outside a turn it is the store itself. */
export class TurnStorage {
  readonly #turn = new AsyncLocalStorage<TurnDocuments>();

  constructor(private readonly store: BotStateStorage) {}

  /**
   * Runs the work of a turn that looked for documents with these keys and found some. Returns what it wrote.
   */
  async during(
    keys: readonly string[],
    found: StateDocuments,
    work: () => Promise<void>,
  ): Promise<TurnWrites> {
    const documents = new TurnDocuments(new Set(keys), found);
    try {
      await this.#turn.run(documents, work);
    } finally {
      documents.ended = true;
    }
    return documents;
  }

  /** Keeps a count for the end of the running turn. False outside a turn: then the caller stores it. */
  keepNote(note: TimedNote): boolean {
    const turn = this.#turn.getStore();
    if (!turn || turn.ended) return false;
    turn.notes.push(note);
    return true;
  }

  async read(keys: string[]): Promise<Record<string, unknown>> {
    const turn = this.#turn.getStore();
    return turn?.knows(keys) ? turn.read(keys) : this.store.read(keys);
  }

  /** During a turn keeps documents that overwrite. The store itself has to compare the eTags of all others. */
  async write(changes: Record<string, unknown>): Promise<void> {
    const turn = this.#turn.getStore();
    if (turn?.knows(Object.keys(changes)) && Object.values(changes).every(overwrites)) turn.write(changes);
    else await this.store.write(changes);
  }

  delete(keys: string[]): Promise<void> {
    return this.store.delete(keys);
  }
}

function overwrites(document: unknown): boolean {
  const { eTag } = document as { readonly eTag?: unknown };
  return eTag === undefined || eTag === '*';
}
