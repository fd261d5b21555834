/** Cleans text that comes from outside: printable, one line, no formula at its beginning, nothing that reorders a line. */
import type { ProblemCode } from './problems.js';

/** Text-direction marks and overrides, zero-width spaces, soft hyphens, byte-order marks. Joiners of scripts stay. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const CONTROL = /[\p{Cc}\p{Cs}\p{Co}]/gu;
const SPACE = /[\s\u0085]+/g;
/** What a spreadsheet takes for the beginning of a formula, with the full-width forms, apostrophes before it or not (OWASP, CSV injection). */
const FORMULA = /^(?:'+(?=[=+\-@＝＋－＠\s])|[=+\-@＝＋－＠\s]+)+/;
/** UTF-8 that was read as a Latin encoding and saved again, or a character that was lost before. */
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

/** As `cleanLine`, and a name never begins with a character a spreadsheet would run. */
export function cleanName(raw: string): Cleaned {
  const { text, remarks } = cleanLine(raw);
  const safe = text.replace(FORMULA, '');
  return safe === text ? { text, remarks } : { text: safe, remarks: [...remarks, 'formula-removed'] };
}

/** True for words people write where they have nothing to write. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.has(text.toLowerCase());
}

/** A text, number or yes/no as text; anything else is no text. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}
