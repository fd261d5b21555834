/** Text of several lines from a person, made harmless line by line: for a message that is shown letter for letter. */
import { plainText, shorten } from './safe-text.js';

const MOST_LINES = 40;

/** At most `max` characters and forty lines; empty lines at the ends go, and of several in between one stays. */
export function plainLines(text: string, max: number): string {
  const lines = text
    .slice(0, max * 2)
    .split(/\r\n|[\r\n\u2028\u2029\u0085]/)
    .slice(0, MOST_LINES)
    .map((line) => plainText(line, max));
  const kept = lines.filter((line, at) => line !== '' || (lines[at - 1] ?? '') !== '');
  return shorten(kept.join('\n').trim(), max);
}
