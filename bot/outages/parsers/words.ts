/** The words status pages and monitors use for states and severities, and what they mean here. */
import type { OutageState, Severity } from '../../../core/incident/types.js';
import { word } from './fields.js';

const STATES: Readonly<Record<string, OutageState>> = {
  investigating: 'investigating', open: 'investigating', active: 'investigating', firing: 'investigating',
  down: 'investigating', detected: 'investigating', triggered: 'investigating', reopened: 'investigating',
  identified: 'identified', confirmed: 'identified', fixing: 'identified', mitigating: 'identified',
  monitoring: 'monitoring', watching: 'monitoring', recovering: 'monitoring', mitigated: 'monitoring',
  resolved: 'resolved', postmortem: 'resolved', closed: 'resolved', fixed: 'resolved', up: 'resolved', rca: 'resolved',
  scheduled: 'scheduled', planned: 'scheduled', upcoming: 'scheduled', notstartedyet: 'scheduled',
  inprogress: 'in-maintenance', inmaintenance: 'in-maintenance', undermaintenance: 'in-maintenance',
  verifying: 'in-maintenance', maintenance: 'in-maintenance',
  completed: 'completed', complete: 'completed', cancelled: 'completed', canceled: 'completed',
  unknown: 'unknown',
}; // prettier-ignore

const SEVERITIES: Readonly<Record<string, Severity>> = {
  none: 'none', operational: 'none', info: 'none', informational: 'none',
  maintenance: 'maintenance', undermaintenance: 'maintenance',
  minor: 'minor', degradedperformance: 'minor', minoroutage: 'minor', warning: 'minor', low: 'minor', medium: 'minor',
  major: 'major', partialoutage: 'major', high: 'major', error: 'major', degraded: 'minor',
  critical: 'critical', majoroutage: 'critical', fulloutage: 'critical', fatal: 'critical', page: 'critical',
  emergency: 'critical', disaster: 'critical',
}; // prettier-ignore

/** The state a sender's word means, or undefined. `Update`, as status pages head a remark, is none. */
export function stateOf(given: unknown): OutageState | undefined {
  return STATES[word(given)];
}

/** The severity a sender's word means, or undefined. */
export function severityOf(given: unknown): Severity | undefined {
  return SEVERITIES[word(given)];
}
