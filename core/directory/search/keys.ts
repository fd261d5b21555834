/** Many short lists by text, packed: nearly every key of the index belongs to one offer, which then needs no list. */
import type { HitReason } from './types.js';

/** Lists of numbers by text. */
export class NumbersByKey {
  readonly #map = new Map<string, number | number[]>();

  add(key: string, number: number): void {
    const known = this.#map.get(key);
    if (known === undefined) this.#map.set(key, number);
    else if (typeof known === 'number') this.#map.set(key, [known, number]);
    else known.push(number);
  }

  /** In the order in which they were added; empty for an unknown key. */
  get(key: string): readonly number[] {
    const known = this.#map.get(key);
    return known === undefined ? [] : typeof known === 'number' ? [known] : known;
  }

  keys(): IterableIterator<string> {
    return this.#map.keys();
  }
}

/** Offers of an exact key, with the kind of key. */
export interface ExactHit {
  readonly offer: number;
  readonly reason: HitReason;
}

const REASONS: readonly HitReason[] = ['exact-name', 'alias', 'id', 'plan'];

/** Exact keys with their offers. */
export class ExactKeys {
  readonly #packed = new NumbersByKey();

  add(key: string, { offer, reason }: ExactHit): void {
    this.#packed.add(key, offer * REASONS.length + REASONS.indexOf(reason));
  }

  /** In the order in which they were added. */
  get(key: string): readonly ExactHit[] {
    return this.#packed.get(key).map((number) => ({
      offer: Math.floor(number / REASONS.length),
      reason: REASONS[number % REASONS.length]!,
    }));
  }
}
