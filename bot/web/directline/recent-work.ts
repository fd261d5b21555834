/** Does each piece of work once while it is remembered: who asks again, even meanwhile, gets the first outcome. */

export class RecentWork<T> {
  private readonly outcomes = new Map<string, Promise<T>>();

  /** @param capacity how many outcomes are remembered; the oldest go first */
  constructor(private readonly capacity: number) {}

  /** Work without a key is always done. Work that failed is forgotten, so that it can be tried again. */
  once(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    const known = this.outcomes.get(key);
    if (known) return known;
    const outcome = work();
    this.outcomes.set(key, outcome);
    outcome.catch(() => this.outcomes.delete(key));
    const oldest = this.outcomes.keys().next().value;
    if (this.outcomes.size > this.capacity && oldest !== undefined) this.outcomes.delete(oldest);
    return outcome;
  }
}
