/**
 * In place of botframework-connector. The successor checks tokens in a function of the HTTP server and has no replaceable
 * authentication, so this file has the product's own seam: who calls, and which client answers. It checks no token: the
 * tests that run on it have no registration.
 */
import { Activity } from '@microsoft/agents-activity';
import { ConnectorClient } from '@microsoft/agents-hosting';

export const AuthenticationConstants = {
  AnonymousAuthType: 'anonymous',
  AppIdClaim: 'appid',
  AudienceClaim: 'aud',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
};

export class ClaimsIdentity {
  constructor(claims, authenticationType) {
    this.claims = claims;
    this.authenticationType = authenticationType;
  }

  getClaimValue(type) {
    return this.claims.find((claim) => claim.type === type)?.value ?? null;
  }
}

export class ConnectorFactory {}

export class AuthenticationConfiguration {
  constructor(requiredEndorsements, validateClaims) {
    Object.assign(this, { requiredEndorsements, validateClaims });
  }
}

/** The product reads the fields that the old client's errors have. */
function failed(error) {
  if (error?.name !== 'HttpError') throw error;
  const { status, response } = error;
  throw Object.assign(error, { statusCode: status, body: response.data });
}

/**
 * The successor's client has its methods on itself, demands activities of its own class, and takes the ids of
 * `getConversationMember` in the other order. It sends through `fetch`: no retries and no time limit for one call.
 */
function asConversations(client) {
  const own = (activity) => Activity.fromObject(activity);
  return {
    sendToConversation: (id, activity) => client.sendToConversation(id, own(activity)).catch(failed),
    replyToActivity: (id, to, activity) => client.replyToActivity(id, to, own(activity)).catch(failed),
    updateActivity: (id, at, activity) => client.updateActivity(id, at, own(activity)).catch(failed),
    deleteActivity: (id, at) => client.deleteActivity(id, at).catch(failed),
    getConversationMember: (id, userId) => client.getConversationMember(userId, id).catch(failed),
  };
}

/** Makes the successor's client without a token, as the bot does without a registration. */
class UnsignedConnectors extends ConnectorFactory {
  create(serviceUrl) {
    const client = ConnectorClient.createClientWithToken(serviceUrl, null);
    return Promise.resolve({ conversations: asConversations(client) });
  }
}

export class ConfigurationBotFrameworkAuthentication {
  /** Without a registration the product answers every caller on this machine. This spike has nothing else. */
  authenticateRequest() {
    return Promise.resolve({
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      claimsIdentity: new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType),
      connectorFactory: this.createConnectorFactory(),
    });
  }

  createConnectorFactory() {
    return new UnsignedConnectors();
  }

  createUserTokenClient() {
    return Promise.reject(new Error('This spike has no user tokens'));
  }
}
