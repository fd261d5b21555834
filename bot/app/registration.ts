/** Derives from the bot's registration: the SDK's settings, the expected claims, the tenants that the bot serves. */
import type { Config } from './config.js';
import { CHANNELS, LOCAL_CHANNELS, type AdmissionRules } from '../teams/admission.js';
import { MICROSOFT_SERVICE_HOSTS, verifiedClaimsRule } from '../teams/pre-check.js';
import type { SdkArguments } from '../web/web-channel.js';

/** The accepted issuers of a channel's tokens. */
export const ISSUERS = ['https://api.botframework.com'];

/** Hosts that the bot answers: Microsoft's hosts, and the operator's additions. */
export function serviceHosts({ serviceHosts: added }: Pick<Config, 'serviceHosts'>): readonly string[] {
  return [...MICROSOFT_SERVICE_HOSTS, ...added];
}

type Registered = Pick<Config, 'registration'>;

/**
 * The SDK's settings; none in local mode. A managed identity has no password, and the SDK refuses a password for it.
 */
export function sdkOptions({ registration }: Registered) {
  if (!registration) return {};
  const { type, appId, tenantId, password } = registration;
  return {
    MicrosoftAppType: type,
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    ...(type !== 'UserAssignedMSI' && { MicrosoftAppPassword: password }),
  };
}

/** Local mode has no claims. Otherwise the SDK calls our rule after its own checks. */
export function withClaimsRule(given: SdkArguments, { registration }: Registered): SdkArguments {
  if (!registration) return given;
  const [settings, credentials, , ...others] = given;
  const rule = verifiedClaimsRule({ appId: registration.appId, issuers: ISSUERS });
  return [settings, credentials, rule, ...others];
}

/** The served channels and tenants. Without named tenants, every tenant is served as a customer. */
export function admissionRules(
  { registration, allowedTenants }: Pick<Config, 'registration' | 'allowedTenants'>,
  partnerTenants: ReadonlySet<string>,
): AdmissionRules {
  return {
    channels: new Set(registration ? CHANNELS : LOCAL_CHANNELS),
    tenants: new Set(allowedTenants.length === 0 ? [] : [...partnerTenants, ...allowedTenants]),
  };
}
