/** Every combination of facts that the policy can get, for the linter and for complete reports. */
import {
  AGREEMENTS,
  ASKERS,
  CSP_MODELS,
  HOSTINGS,
  ISSUES,
  PURCHASE_CHANNELS,
  RESELLER_DUTIES,
  SUPPORT_TIERS,
  TAX_HANDLERS,
  isOnBill,
  isPrivateOffer,
  partnerTakesPart,
  type CspModel,
  type Issue,
  type PurchaseChannel,
  type ResellerDuty,
} from '../terms.js';
import type { RouteFacts } from './decision.js';

const TIER1 = ['partner', 'publisher'] as const;
const NOTHING_KEPT: readonly (readonly ResellerDuty[])[] = [[]];
const KEEPS: readonly (readonly ResellerDuty[])[] = [[], ['billing'], ['technical'], RESELLER_DUTIES];

/** Only a reseller shares duties. */
function keptBy(model: CspModel): readonly (readonly ResellerDuty[])[] {
  return model === 'indirect-reseller' ? KEEPS : NOTHING_KEPT;
}

/** Help is a question only where the partner takes no part. */
function helpIn(channel: PurchaseChannel): readonly boolean[] {
  return partnerTakesPart(channel) ? [false] : [false, true];
}

/** Only tax depends on the country. */
function taxOf(issue: Issue) {
  return issue === 'billing.tax' ? TAX_HANDLERS : (['unknown'] as const);
}

/** The agreement decides only who sends the bill of a private offer. */
function agreementsOf({ issue, channel }: Pick<RouteFacts, 'issue' | 'channel'>) {
  return isOnBill(issue) && isPrivateOffer(channel) ? AGREEMENTS : (['own'] as const);
}

/** All combinations, some 160,000, one at a time. A fact without effect has its usual value. */
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

function* withPartner(
  sold: Omit<RouteFacts, 'model' | 'tier1' | 'resellerKeeps' | 'partnerHelps' | 'taxBy' | 'agreement'>,
): Generator<RouteFacts> {
  for (const model of CSP_MODELS) {
    for (const tier1 of TIER1) {
      for (const resellerKeeps of keptBy(model)) {
        for (const partnerHelps of helpIn(sold.channel)) {
          const partner = { model, tier1, resellerKeeps, partnerHelps };
          for (const taxBy of taxOf(sold.issue)) {
            for (const agreement of agreementsOf(sold)) yield { ...sold, ...partner, taxBy, agreement };
          }
        }
      }
    }
  }
}
