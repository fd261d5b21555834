/** Maps the policy's parties to the four names outsiders use for them. */
import type { Party } from '../terms.js';

export type PartyLabel = 'CSP partner' | 'ISV' | 'Microsoft' | 'other';

const LABELS: Readonly<Record<Party, PartyLabel>> = {
  partner: 'CSP partner',
  // An indirect provider is a CSP partner too: the duties of that role are shared between the two.
  provider: 'CSP partner',
  publisher: 'ISV',
  microsoft: 'Microsoft',
  community: 'other',
  customer: 'other',
  administrator: 'other',
  // Both are partners, though not the one who asks or is asked here.
  'other-partner': 'CSP partner',
  'agreement-partner': 'other',
};

/** The party as reports and benchmarks name it. */
export function partyLabel(party: Party): PartyLabel {
  return LABELS[party];
}
