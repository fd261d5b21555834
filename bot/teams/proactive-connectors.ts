/** Makes connector clients for messages nobody asked for: never those that answer turns, whose retries stay as they are. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity, type ConnectorClient } from 'botframework-connector';

/** A factory over the bot's own registration; without one (local mode) nothing is signed. */
export function proactiveConnectors(
  sdk: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>,
  appId: string,
): (serviceUrl: string) => Promise<ConnectorClient> {
  const authentication = new ConfigurationBotFrameworkAuthentication(...sdk);
  const { AudienceClaim, AppIdClaim, ToChannelFromBotOAuthScope } = AuthenticationConstants;
  const identity = new ClaimsIdentity([
    { type: AudienceClaim, value: appId },
    { type: AppIdClaim, value: appId },
  ]);
  return (serviceUrl) =>
    authentication.createConnectorFactory(identity).create(serviceUrl, ToChannelFromBotOAuthScope);
}

export type ConnectorFor = (serviceUrl: string) => Promise<ConnectorClient>;

/** Makes each client once; one that could not be made is tried again the next time. */
export function connectorCache(make: ConnectorFor): ConnectorFor {
  const clients = new Map<string, Promise<ConnectorClient>>();
  return (serviceUrl) => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const made = make(serviceUrl).then(withoutRetries);
    clients.set(serviceUrl, made);
    made.catch(() => clients.delete(serviceUrl));
    return made;
  };
}

/** The SDK repeats a POST up to four times after a 5xx: four cards. The queue repeats, and knows what it did. */
function withoutRetries(connector: ConnectorClient): ConnectorClient {
  const { client } = connector as unknown as {
    client?: { pipeline?: { removePolicy(options: { name: string }): unknown } };
  };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}
