/** The settings of Partner Center: all of them, or none. */
import type { PartnerCenterAccount } from './sign-in.js';

const PREFIX = 'OFFER_DESK_PARTNER_CENTER_';
const NAMES = [`${PREFIX}TENANT`, `${PREFIX}APP_ID`, `${PREFIX}SECRET`, `${PREFIX}REFRESH_TOKEN`] as const;

type Given = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/** The account of the settings; undefined when they are empty. */
export function accountOf({
  OFFER_DESK_PARTNER_CENTER_TENANT: tenantId,
  OFFER_DESK_PARTNER_CENTER_APP_ID: appId,
  OFFER_DESK_PARTNER_CENTER_SECRET: secret,
  OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: refreshToken,
}: Given): PartnerCenterAccount | undefined {
  return tenantId && appId && secret && refreshToken ? { tenantId, appId, secret, refreshToken } : undefined;
}

/** Some of the settings without the others. */
export function partnerCenterProblems(env: Given): readonly string[] {
  const missing = NAMES.filter((name) => !env[name]);
  if (missing.length === 0 || missing.length === NAMES.length) return [];
  const mend = 'docs/partner-center.md says how to get it; empty all four to switch Partner Center off';
  return missing.map((name) => `${name}: not set, but other settings of Partner Center are; ${mend}`);
}
