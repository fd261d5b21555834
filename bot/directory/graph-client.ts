/** Microsoft Graph with the bot's own registration: the client that reads lists and people, and a bare token. */
import type { TokenCredential } from '@azure/identity';
import type { Client } from '@microsoft/microsoft-graph-client';

export interface GraphRegistration {
  readonly type: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
  readonly appId: string;
  readonly tenantId?: string;
  readonly password?: string;
}

const SCOPE = 'https://graph.microsoft.com/.default';

/** Undefined when the registration cannot get a token for Graph. Loads the packages at the first call. */
export async function graphClient(registration: GraphRegistration): Promise<Client | undefined> {
  const credential = await credentialOf(registration);
  if (!credential) return undefined;
  const [{ Client: GraphClient }, { TokenCredentialAuthenticationProvider }] = await Promise.all([
    import('@microsoft/microsoft-graph-client'),
    import('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'),
  ]);
  const authProvider = new TokenCredentialAuthenticationProvider(credential, { scopes: [SCOPE] });
  return GraphClient.initWithMiddleware({ authProvider });
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
