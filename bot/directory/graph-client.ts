/** Microsoft Graph with the bot's own registration: the client that reads lists and people, and a bare token. */
import type { TokenCredential } from '@azure/identity';
import type { Client, Context, Middleware } from '@microsoft/microsoft-graph-client';
import { DeskError } from '../../core/errors.js';

export interface GraphRegistration {
  readonly type: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
  readonly appId: string;
  readonly tenantId?: string;
  readonly password?: string;
}

const ORIGIN = 'https://graph.microsoft.com';
const SCOPE = `${ORIGIN}/.default`;

/**
 * Undefined when the registration cannot get a token for Graph. Loads the packages at the first call.
 * @param send sends the requests; the client sends none by itself
 */
export async function graphClient(
  registration: GraphRegistration,
  send: typeof fetch,
): Promise<Client | undefined> {
  const credential = await credentialOf(registration);
  return credential && clientWith(credential, send);
}

/** A client that retries, and that asks nobody but Graph: it follows no redirect. */
export async function clientWith(credential: TokenCredential, send: typeof fetch): Promise<Client> {
  const [sdk, { TokenCredentialAuthenticationProvider }] = await Promise.all([
    import('@microsoft/microsoft-graph-client'),
    import('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'),
  ]);
  const provider = new TokenCredentialAuthenticationProvider(credential, { scopes: [SCOPE] });
  const chain = [new sdk.AuthenticationHandler(provider), new sdk.RetryHandler(), graphSender(send)];
  return sdk.Client.initWithMiddleware({ middleware: chain });
}

/** Graph's answers contain addresses of further pages. A request to another host would take our token there. */
function graphSender(send: typeof fetch): Middleware {
  return {
    async execute(context: Context) {
      const request = context.request as string | { readonly url: string };
      const { options } = context;
      const url = new URL(typeof request === 'string' ? request : request.url);
      if (url.origin !== ORIGIN)
        throw new DeskError('source.refused', `${url.hostname} is not Microsoft Graph`);
      context.response = await send(url, { ...options, redirect: 'manual' });
    },
  };
}

/**
 * Returns a token for Graph; the credential caches it until it expires. Undefined when no token is possible. Throws
 * when the sign-in fails.
 */
export function graphToken(registration: GraphRegistration): () => Promise<string | undefined> {
  let credential: ReturnType<typeof credentialOf> | undefined;
  return async () => (await (credential ??= credentialOf(registration)))?.getToken(SCOPE).then(tokenOf);
}

const tokenOf = (got: { readonly token: string } | null): string | undefined => got?.token;

async function credentialOf(registration: GraphRegistration): Promise<TokenCredential | undefined> {
  const { type, appId, tenantId, password } = registration;
  if (type !== 'UserAssignedMSI' && (!tenantId || !password)) return undefined;
  const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity');
  if (type === 'UserAssignedMSI') return new ManagedIdentityCredential({ clientId: appId });
  return new ClientSecretCredential(tenantId ?? '', appId, password ?? '');
}
