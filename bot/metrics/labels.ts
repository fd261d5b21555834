/** Labels are checked and counted: nothing a stranger sends can grow the metrics. */

/** Most different values a label may have; every further one is `other`. */
const MOST = 100;
const SHAPE = /^[a-zA-Z0-9._-]{1,64}$/;

/** The value as a label of that name. Names of persons and ids never come here: callers pass codes, channels and sources. */
export type Labelled = (name: string, value: unknown) => string;

/** Remembers the values of each label, at most a hundred. */
export function openLabels(): Labelled {
  const seen = new Map<string, Set<string>>();
  return (name, value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || !SHAPE.test(text)) return 'other';
    const values = seen.get(name) ?? new Set<string>();
    seen.set(name, values);
    if (!values.has(text) && values.size >= MOST) return 'other';
    values.add(text);
    return text;
  };
}
