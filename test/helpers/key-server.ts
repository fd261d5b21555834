/** Signs tokens as Azure Bot Service does, with local keys, and sends the bot's answers to a local connector. */
import path from 'node:path';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AuthenticationConfiguration,
  ServiceClientCredentialsFactory,
  TokenCredentials,
} from 'botframework-connector';
import type { AppSettings } from '../../bot/app/context.js';

export const APP_ID = '11111111-1111-4111-8111-111111111111';
export const ISSUER = 'https://api.botframework.com';
/** The service URL of the activities. The fake connector gets the requests to this URL. */
export const SERVICE_URL = 'https://smba.trafficmanager.net/amer/';

export interface KeyServer {
  readonly url: string;
  /** A token as a channel sends it. `over` changes claims; undefined removes a claim. */
  token(over?: Record<string, unknown>, header?: Record<string, unknown>, key?: KeyObject): string;
  /** For `startDesk`: the desk trusts this server's tokens and sends its answers to the connector. */
  sdk(connectorUrl: string): NonNullable<AppSettings['sdk']>;
  close(): Promise<void>;
}

/** Environment of a desk with a registration. */
export const REGISTERED = {
  MICROSOFT_APP_ID: APP_ID,
  MICROSOFT_APP_TENANT_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_PASSWORD: 'unused',
  HOST: '127.0.0.1',
  OFFER_DESK_DIRECTORY: path.join(findRootDir(), 'data', 'directory.json'),
  OFFER_DESK_PROFILE: path.join(findRootDir(), 'data', 'partner-profile.json'),
};

/** Listens on a free loopback port. */
export async function startKeyServer(): Promise<KeyServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const key = {
    kty: 'RSA',
    use: 'sig',
    kid: 'k1',
    x5t: 'k1',
    n,
    e,
    endorsements: ['msteams', 'directline', 'webchat'],
  };
  const server = http.createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    const jwks_uri = `http://${req.headers.host}/keys`;
    res.end(
      JSON.stringify(
        req.url === '/keys'
          ? { keys: [key] }
          : { issuer: ISSUER, jwks_uri, id_token_signing_alg_values_supported: ['RS256'] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token: (over, header, signer = privateKey) => signed(over, header, signer),
    sdk: (connectorUrl) => sdkArguments(url, connectorUrl),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function signed(
  over: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: KeyObject,
): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    aud: APP_ID,
    nbf: now - 60,
    exp: now + 3600,
    serviceurl: SERVICE_URL,
    ...over,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1', x5t: 'k1', ...header })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

/** Credentials that need no login server. */
class OfThisTest extends ServiceClientCredentialsFactory {
  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === APP_ID);
  }
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }
  override createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return Promise.resolve(new TokenCredentials('outbound-token') as never);
  }
}

interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly body?: string;
  readonly headers: { toJson(): Record<string, string> };
}

/** Sends a request of the bot to the fake connector instead of the service URL. */
function ledTo(connectorUrl: string) {
  return {
    sendRequest: async (request: Outgoing) => {
      const { method, body } = request;
      const headers = {
        'content-type': 'application/json',
        authorization: request.headers.toJson().authorization ?? '',
      };
      const answer = await fetch(request.url.replace(SERVICE_URL, connectorUrl), { method, body, headers });
      const bodyAsText = await answer.text();
      return {
        request,
        status: answer.status,
        bodyAsText,
        headers: { toJson: () => Object.fromEntries(answer.headers) },
      };
    },
  };
}

/** The settings with which the product trusts the key server at this URL. */
export function sdkArguments(url: string, connectorUrl: string): NonNullable<AppSettings['sdk']> {
  const settings = {
    ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
    ToBotFromChannelTokenIssuer: ISSUER,
    ToChannelFromBotLoginUrl: `${url}/login`,
    ToChannelFromBotOAuthScope: ISSUER,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
    OAuthUrl: url,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  };
  const options = { httpClient: ledTo(connectorUrl) };
  return [settings, new OfThisTest(), new AuthenticationConfiguration(), undefined, options as never];
}
