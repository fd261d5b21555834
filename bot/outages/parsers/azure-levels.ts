/** Maps Azure's levels and alert severities to this product's severities. */
import type { Severity } from '../../../core/incident/types.js';
import { word } from './fields.js';

/**
 * Activity-log levels by name and by number (`System.Diagnostics.Tracing.EventLevel`), and `Sev0` to `Sev4` of alert
 * rules.
 */
const LEVELS: Readonly<Record<string, Severity>> = {
  critical: 'critical', error: 'major', warning: 'minor', informational: 'minor', verbose: 'none',
  '1': 'critical', '2': 'major', '3': 'minor', '4': 'minor', '5': 'none',
  sev0: 'critical', sev1: 'major', sev2: 'minor', sev3: 'minor', sev4: 'none',
}; // prettier-ignore

/** The severity of a level; undefined when no level is given. */
export function azureLevel(level: unknown): Severity | undefined {
  return LEVELS[word(level)];
}
