/** Finds the known word nearest to a misspelt word. */

export interface Nearest {
  readonly word: string;
  /** The number of letters to add, remove or change. */
  readonly changes: number;
}

/** Undefined when no words are known. */
export function nearestOf(given: string, known: readonly string[]): Nearest | undefined {
  return known
    .map((word) => ({ word, changes: changesBetween(given, word) }))
    .sort((a, b) => a.changes - b.changes)[0];
}

function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
