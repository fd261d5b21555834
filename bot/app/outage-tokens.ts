/** Tokens for the sources that are asked: Microsoft Graph gets one of the bot's registration, and no other host ever does. */
import type { OutageSource } from '../../core/incident/ports.js';
import { parseUrl } from '../../core/url.js';
import type { Config } from './config.js';
import { graphToken } from '../directory/graph-client.js';

export type TokenFor = (source: OutageSource) => Promise<string | undefined>;

const GRAPH = 'https://graph.microsoft.com';

/** `token` in place of signing in with the registration. */
export function pollTokens(
  { registration }: Pick<Config, 'registration'>,
  token = registration && graphToken(registration),
): TokenFor {
  return async ({ auth }) => {
    const isGraph = auth.kind === 'polled' && parseUrl(auth.url)?.origin === GRAPH;
    return isGraph ? token?.() : undefined;
  };
}
