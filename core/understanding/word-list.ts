/** Long sorted lists of short names as one text: each name without the characters that it shares with the name before it. */

/** The shared characters are one digit of this base. */
const BASE = 36;

/** Packs sorted names, one a line. A name has no line break. */
export function packNames(sorted: readonly string[]): string {
  let before = '';
  return sorted
    .map((name) => {
      let shared = 0;
      while (shared < BASE - 1 && shared < before.length && name[shared] === before[shared]) shared += 1;
      before = name;
      return `${shared.toString(BASE)}${name.slice(shared)}`;
    })
    .join('\n');
}

/** The names of a packed list, each with its place. */
export function unpackNames(packed: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let before = '';
  for (const line of packed.split('\n')) {
    before = before.slice(0, parseInt(line[0] ?? '0', BASE)) + line.slice(1);
    places.set(before, places.size);
  }
  return places;
}
