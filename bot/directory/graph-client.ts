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

/** Undefined for a registration that no token for Graph can be had with. Loads the packages when it is first called. */
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

/** Gives a token for Graph, kept by the credential until it ends; undefined where none can be had at all. Throws when signing in fails. */
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
