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

/** The names of a packed list, each with its place. A `Map` of 40,000 names takes three times the memory. */
export class NameTable {
  /** All names, one behind the other. */
  private readonly letters: string;
  /** Where each name begins in `letters`; the last one is the end. */
  private readonly starts: Uint32Array;
  /** A hash table with open addressing: one more than the place of a name, or 0. */
  private readonly slots: Uint32Array;

  constructor(packed: string) {
    const lines = packed.split('\n');
    this.starts = new Uint32Array(lines.length + 1);
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(lines.length * 2 + 1)));
    const names: string[] = [];
    let before = '';
    lines.forEach((line, place) => {
      before = before.slice(0, parseInt(line[0] ?? '0', BASE)) + line.slice(1);
      names.push(before);
      this.starts[place + 1] = this.starts[place]! + before.length;
    });
    this.letters = names.join('');
    names.forEach((name, place) => (this.slots[this.slotOf(name)] = place + 1));
  }

  /** The place of a name from 0; undefined for an unknown name. */
  placeOf(name: string): number | undefined {
    const held = this.slots[this.slotOf(name)]!;
    return held === 0 ? undefined : held - 1;
  }

  /** The slot that holds the name, or the free slot in which it would stand. */
  private slotOf(name: string): number {
    const last = this.slots.length - 1;
    let slot = hashOf(name) & last;
    while (this.slots[slot] !== 0 && !this.isAt(this.slots[slot]! - 1, name)) slot = (slot + 1) & last;
    return slot;
  }

  private isAt(place: number, name: string): boolean {
    const start = this.starts[place]!;
    return this.starts[place + 1]! - start === name.length && this.letters.startsWith(name, start);
  }
}

/** FNV-1a, 32 bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
