/** The access token for Partner Center: app + user, by the refresh token of the secure application model. */
import { z } from 'zod';
import type { Clock } from '../../core/ports.js';
import { textWithin } from '../runtime/outside-fetch.js';

/** The app registration, and the refresh token of the account that signed in once. */
export interface PartnerCenterAccount {
  readonly tenantId: string;
  readonly appId: string;
  readonly secret: string;
  readonly refreshToken: string;
}

/** Partner Center's API of the public cloud. */
export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
const LOGIN = 'https://login.microsoftonline.com';
const MOST_BYTES = 64 * 1024;
/** Milliseconds before its end from which a token is not used any more. */
const SPARE_MS = 300_000;

const TokenBody = z.looseObject({
  access_token: z.string().min(1),
  /** Seconds, as a number or as text. */
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional(),
});

/** The sign-in was refused; `code` is the `AADSTS` number of Microsoft Entra, or the status. */
export class SignInRefused extends Error {
  constructor(readonly code: string) {
    super(`Microsoft Entra refuses the sign-in (${code})`);
  }
}

/** Asks Microsoft Entra for a token once. @throws SignInRefused, or what `send` throws */
export async function requestToken(account: PartnerCenterAccount, send: typeof fetch, signal: AbortSignal) {
  const { tenantId, appId, secret, refreshToken } = account;
  const body = new URLSearchParams({
    resource: PARTNER_CENTER,
    client_id: appId,
    client_secret: secret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    scope: 'openid',
  });
  const answer = await send(`${LOGIN}/${encodeURIComponent(tenantId)}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: body.toString(),
    redirect: 'manual',
    signal,
  });
  const text = await textWithin(answer, MOST_BYTES);
  if (answer.status >= 500) throw new Error(`Microsoft Entra answers ${answer.status}`);
  if (!answer.ok) throw new SignInRefused(/AADSTS\d+/.exec(text)?.[0] ?? String(answer.status));
  return TokenBody.parse(JSON.parse(text));
}

/** Gives a token until shortly before its end. Microsoft Entra may hand out a newer refresh token, used from then on. */
export interface SignIn {
  token(signal: AbortSignal): Promise<string>;
  /** Partner Center refused the token. */
  forget(token: string): void;
}

/** A sign-in with an account of the settings. Tokens stay in memory. */
export function openSignIn(account: PartnerCenterAccount, send: typeof fetch, now: Clock): SignIn {
  let { refreshToken } = account;
  let kept: { readonly token: string; readonly until: number } | undefined;
  return {
    token: async (signal) => {
      if (kept && now() < kept.until) return kept.token;
      const got = await requestToken({ ...account, refreshToken }, send, signal);
      refreshToken = got.refresh_token ?? refreshToken;
      kept = { token: got.access_token, until: now() + got.expires_in * 1000 - SPARE_MS };
      return got.access_token;
    },
    forget: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
}
