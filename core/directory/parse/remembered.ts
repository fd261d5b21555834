/** Spares reading the same text again: an export repeats a publisher's address, number and date row after row. */

const MOST = 10_000;
/** Longer text is hardly ever repeated. */
const LONGEST = 120;

/** The function with its last answers kept. It must depend on the text alone, and nobody may change its answers. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  let known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const answer = read(text);
    if (text.length > LONGEST) return answer;
    if (known.size >= MOST) known = new Map();
    known.set(text, answer);
    return answer;
  };
}
