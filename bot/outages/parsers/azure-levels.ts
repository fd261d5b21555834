/** Maps Azure's levels and alert severities to this product's severities. */
import type { Severity } from '../../../core/incident/types.js';
import type { SenderWords } from './types.js';
import { foldWord, ownWord, severityGiven } from './words.js';

/**
 * Activity-log levels by name and by number (`System.Diagnostics.Tracing.EventLevel`), and `Sev0` to `Sev4` of alert
 * rules.
 */
const LEVELS: Readonly<Record<string, Severity>> = {
  critical: 'critical', error: 'major', warning: 'minor', informational: 'minor', verbose: 'none',
  '1': 'critical', '2': 'major', '3': 'minor', '4': 'minor', '5': 'none',
  sev0: 'critical', sev1: 'major', sev2: 'minor', sev3: 'minor', sev4: 'none',
}; // prettier-ignore

/**
 * The severity of a level; undefined when no level is given, `unknown` for an unreadable level. The source's own words
 * count before Azure's.
 */
export function azureLevel(level: unknown, own: SenderWords | undefined): Severity | undefined {
  const folded = foldWord(level);
  return ownWord(own?.severities, folded) ?? ownWord(LEVELS, folded) ?? severityGiven(level);
}
