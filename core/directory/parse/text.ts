/** Cleans imported text: one printable line, without a formula at its start and without characters that reorder text. */
import type { ProblemCode } from './problems.js';

/**
 * Everything that has no picture of its own: direction marks, zero-width spaces, soft hyphens, fillers, tags, variation
 * selectors, byte-order marks. Joiners stay between letters, because some scripts need them.
 */
const INVISIBLE =
  /(?![\u200C\u200D])[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]|(?<![\p{L}\p{M}\p{Extended_Pictographic}\uFE0F])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;
const CONTROL = /[\p{Cc}\p{Cs}\p{Co}]/gu;
const SPACE = /[\s\u0085]+/g;
/** Characters that start a formula in a spreadsheet, with their full-width forms and with or without apostrophes before them (OWASP: CSV injection). */
const FORMULA = /^(?:'+(?=[=+\-@＝＋－＠\s])|[=+\-@＝＋－＠\s]+)+/;
/** UTF-8 text that was saved again in a Latin encoding, or a replacement character. */
const DAMAGED = /\uFFFD|Ã[\u0080-\u00BF]|â€/;
const PLACEHOLDERS = new Set(
  [
    'n/a',
    'na',
    'n.a.',
    'none',
    'null',
    'nil',
    '-',
    '--',
    '—',
    '.',
    '?',
    'tbd',
    'tba',
    'unknown',
    'not available',
  ].concat(['not applicable', 'undefined', '#n/a', '#ref!', '#name?', '#value!']),
);

export interface Cleaned {
  readonly text: string;
  readonly remarks: readonly ProblemCode[];
}

/** Most text needs no cleaning: printable ASCII with single spaces. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/;
const NO_REMARKS: readonly ProblemCode[] = [];

/** One line of text without control and direction characters, in composed form. */
export function cleanLine(raw: string): Cleaned {
  if (CLEAN.test(raw)) return { text: raw, remarks: NO_REMARKS };
  const line = raw.replace(SPACE, ' ');
  const text = line.replace(INVISIBLE, '').replace(CONTROL, '').replace(SPACE, ' ').trim().normalize('NFC');
  const remarks: ProblemCode[] = [];
  if (line.search(INVISIBLE) >= 0 || line.search(CONTROL) >= 0) remarks.push('characters-removed');
  if (DAMAGED.test(text)) remarks.push('damaged-text');
  return { text, remarks };
}

/** As `cleanLine`, and without characters at the start that a spreadsheet would run. */
export function cleanName(raw: string): Cleaned {
  const { text, remarks } = cleanLine(raw);
  const safe = text.replace(FORMULA, '');
  return safe === text ? { text, remarks } : { text: safe, remarks: [...remarks, 'formula-removed'] };
}

/** True for words that mean “no value”, such as `n/a`. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.has(text.toLowerCase());
}

/** A text, number or boolean as text; an empty text for anything else. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}

/** The most texts a memoized function keeps, and the longest of them: longer text is rarely repeated. */
const KEPT = { texts: 10_000, length: 120 } as const;

/**
 * Keeps the last results of a function, because an export repeats a publisher's address, number and date in many rows.
 * The result must depend on the text alone and must not be changed by the caller.
 */
export function memoized<T>(read: (text: string) => T): (text: string) => T {
  let known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = read(text);
    if (text.length > KEPT.length) return result;
    if (known.size >= KEPT.texts) known = new Map();
    known.set(text, result);
    return result;
  };
}
