/** The whole responsibility matrix, in the order its rules are tried: support tier, purchase, then the issue. */
import type { Rule } from './rule.js';
import { ACCOUNT_RULES } from './rules/account.js';
import { DIRECT_COMMERCE_RULES } from './rules/direct-commerce.js';
import { DIRECT_PRODUCT_RULES } from './rules/direct-product.js';
import { MONEY_RULES } from './rules/money.js';
import { OWN_ACT_RULES } from './rules/own-acts.js';
import { PARTNER_OFFER_RULES } from './rules/partner-offers.js';
import { PRODUCT_RULES } from './rules/product.js';
import { PUBLISHER_RULES } from './rules/publisher.js';
import { PURCHASE_RULES } from './rules/purchase.js';
import { REMAINING_RULES } from './rules/remaining.js';
import { SUPPORT_TIER_RULES } from './rules/support-tier.js';
import { TRUST_RULES } from './rules/trust.js';

/** First match wins. The linter holds that every cell has an owner and that no rule is out of reach. */
export const RULES: readonly Rule[] = [
  ...SUPPORT_TIER_RULES,
  ...DIRECT_COMMERCE_RULES,
  ...DIRECT_PRODUCT_RULES,
  ...PARTNER_OFFER_RULES,
  ...OWN_ACT_RULES,
  ...MONEY_RULES,
  ...ACCOUNT_RULES,
  ...PURCHASE_RULES,
  ...PRODUCT_RULES,
  ...TRUST_RULES,
  ...PUBLISHER_RULES,
  ...REMAINING_RULES,
];
