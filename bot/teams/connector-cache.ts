/** Connector clients for messages nobody asked for, one for each service URL, without the SDK's own retries. */
import type { ConnectorClient } from 'botframework-connector';

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
