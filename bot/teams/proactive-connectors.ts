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
