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
}

/** The first characters by which names are found in a text. */
const BEGINNING = 2;

/** Lists of numbers by name, for names inside a text without spaces between words. */
export class NumbersByName extends NumbersByKey {
  /** The lengths of the names with the same beginning. */
  readonly #lengths = new Map<string, number[]>();

  override add(name: string, number: number): void {
    super.add(name, number);
    const beginning = name.slice(0, BEGINNING);
    const known = this.#lengths.get(beginning);
    if (!known) this.#lengths.set(beginning, [name.length]);
    else if (!known.includes(name.length)) known.push(name.length);
  }

  /**
   * The longest accepted name inside the text, and where it begins; of two, the first. A name has at least two
   * characters.
   */
  longestIn(
    text: string,
    accepts: (at: number, name: string) => boolean,
  ): { at: number; name: string } | undefined {
    let best: { at: number; name: string } | undefined;
    for (let at = 0; at + BEGINNING <= text.length; at += 1)
      for (const length of this.#lengths.get(text.slice(at, at + BEGINNING)) ?? []) {
        if (length <= (best?.name.length ?? 0) || at + length > text.length) continue;
        const name = text.slice(at, at + length);
        if (this.get(name).length > 0 && accepts(at, name)) best = { at, name };
      }
    return best;
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
