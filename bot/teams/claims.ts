/** The second line behind the check before the SDK (S-01): the same rules on the claims the SDK has verified. */
import { AuthenticationConfiguration, type Claim } from 'botframework-connector';
import { DeskError } from '../../core/errors.js';
import type { TokenRules } from './pre-check.js';

/** What the SDK asks after the signature: only this bot's audience, a channel's issuer, and a token that ends. */
export function verifiedClaimsRule(
  rules: Pick<TokenRules, 'appId' | 'issuers'>,
): AuthenticationConfiguration {
  return new AuthenticationConfiguration([], (claims) => {
    const value = (type: string) => claims.find((claim: Claim) => claim.type === type)?.value as unknown;
    const issuer = value('iss');
    const ends = Number.isFinite(Number(value('exp')));
    const ours = value('aud') === rules.appId && typeof issuer === 'string' && rules.issuers.includes(issuer);
    if (ours && ends) return Promise.resolve();
    return Promise.reject(new DeskError('auth.refused', 'verified claims are not a channel’s for this bot'));
  });
}
