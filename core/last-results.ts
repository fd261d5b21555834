/** Keeps the last results of work that is asked for several times in one turn. */
export class LastResults<T> {
  readonly #known = new Map<string, T>();

  /** @param most the number of results that are kept */
  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    return this.#known.get(key);
  }

  /** Keeps the result, and forgets the oldest one when there are too many. Returns the result. */
  keep(key: string, result: T): T {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= this.most) this.#known.delete(oldest);
    this.#known.set(key, result);
    return result;
  }
}
