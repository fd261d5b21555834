/** Every combination of facts the policy can be asked, for the linter and for anybody who wants to be complete. */
import {
  ASKERS,
  CSP_MODELS,
  HOSTINGS,
  ISSUES,
  PURCHASE_CHANNELS,
  RESELLER_DUTIES,
  SUPPORT_TIERS,
  type ResellerDuty,
} from '../terms.js';
import type { RouteFacts } from './decision.js';

const TIER1 = ['partner', 'publisher'] as const;
const KEEPS: readonly (readonly ResellerDuty[])[] = [[], ['billing'], ['technical'], RESELLER_DUTIES];

/** All of them, some 114,000, one at a time. */
export function* allFacts(): Generator<RouteFacts> {
  for (const issue of ISSUES) {
    for (const asker of ASKERS) yield* factsAbout({ issue, asker });
  }
}

function* factsAbout(about: Pick<RouteFacts, 'issue' | 'asker'>): Generator<RouteFacts> {
  for (const channel of PURCHASE_CHANNELS) {
    for (const supportTier of SUPPORT_TIERS) {
      for (const hosting of HOSTINGS) yield* withPartner({ ...about, channel, supportTier, hosting });
    }
  }
}

function* withPartner(sold: Omit<RouteFacts, 'model' | 'tier1' | 'resellerKeeps'>): Generator<RouteFacts> {
  for (const model of CSP_MODELS) {
    for (const tier1 of TIER1) {
      for (const resellerKeeps of KEEPS) yield { ...sold, model, tier1, resellerKeeps };
    }
  }
}
