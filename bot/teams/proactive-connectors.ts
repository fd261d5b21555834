/** Makes connector clients for proactive messages. They are separate from the clients that answer turns, which keep the SDK's retries. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity, type ConnectorClient } from 'botframework-connector';

/** A client factory that uses the bot's registration. Without a registration (local mode) requests are not signed. */
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

/** Makes one client for each service URL. A failed attempt is repeated on the next call. */
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

/** After a 5xx the SDK repeats a POST up to four times, which can post four cards. The delivery queue does the retries instead. */
function withoutRetries(connector: ConnectorClient): ConnectorClient {
  const { client } = connector as unknown as {
    client?: { pipeline?: { removePolicy(options: { name: string }): unknown } };
  };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}
