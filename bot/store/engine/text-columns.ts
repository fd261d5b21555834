/** Keeps text from outside storable: no NUL characters, and keys short enough to be indexed. */
import { createHash } from 'node:crypto';

const LONGEST_KEY = 512;
const NUL = String.fromCharCode(0);
const REPLACEMENT = '\uFFFD';

/** PostgreSQL refuses NUL in text and SQLite cuts at it in places; JSON bodies never hold one. */
export function cleanParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === 'string' ? withoutNul(value) : value));
}

/** A key as an index can hold it: PostgreSQL refuses index entries above about 2,700 bytes. */
export function indexable(key: string): string {
  if (key.length <= LONGEST_KEY) return withoutNul(key);
  return `${withoutNul(key.slice(0, LONGEST_KEY - 65))}#${createHash('sha256').update(key).digest('hex')}`;
}

/** Several texts as one key that no other texts give. */
export function joinKey(...parts: readonly string[]): string {
  return indexable(parts.map((part) => part.replaceAll('%', '%25').replaceAll('|', '%7C')).join('|'));
}

function withoutNul(text: string): string {
  return text.includes(NUL) ? text.replaceAll(NUL, REPLACEMENT) : text;
}
