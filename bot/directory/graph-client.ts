/** The Microsoft Graph client that reads lists, with the bot's own registration. */
import { ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

export interface GraphRegistration {
  readonly type: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
  readonly appId: string;
  readonly tenantId?: string;
  readonly password?: string;
}

/** Undefined for a registration that no token for Graph can be had with. */
export function graphClient(registration: GraphRegistration): Client | undefined {
  const credential = credentialOf(registration);
  if (!credential) return undefined;
  const authProvider = new TokenCredentialAuthenticationProvider(credential, {
    scopes: ['https://graph.microsoft.com/.default'],
  });
  return Client.initWithMiddleware({ authProvider });
}

function credentialOf({ type, appId, tenantId, password }: GraphRegistration): TokenCredential | undefined {
  if (type === 'UserAssignedMSI') return new ManagedIdentityCredential({ clientId: appId });
  if (!tenantId || !password) return undefined;
  return new ClientSecretCredential(tenantId, appId, password);
}
