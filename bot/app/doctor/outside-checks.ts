/**
 * Checks systems outside this machine: the registration at Microsoft, the clock, Graph permissions, the public address.
 */
import { decodeJwt } from 'jose';
import { requestToken, SignInRefused } from '../../partner-center/sign-in.js';
import { textWithin } from '../../runtime/outside-fetch.js';
import type { BotRegistration, Config } from '../config.js';
import { doubt, ok, wrong, type Finding } from '../../../core/findings.js';

export interface OutsideDeps {
  readonly config: Pick<
    Config,
    'registration' | 'publicUrl' | 'peopleUses' | 'staffGroups' | 'adminGroups' | 'partnerCenter'
  >;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

const LOGIN = 'https://login.microsoftonline.com';
const BOT_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const BOT_SCOPE = 'https://api.botframework.com/.default';
const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const SKEW_MS = 4 * 60_000;
const PATIENCE_MS = 8_000;
const MOST_BYTES = 64 * 1024;

/** Every such finding. Never throws: a system that does not answer is in doubt. */
export async function outsideFindings(deps: OutsideDeps): Promise<readonly Finding[]> {
  const { registration } = deps.config;
  const found = await Promise.all([
    registration ? registrationFindings(deps, registration) : [],
    registration ? graphFindings(deps, registration) : [],
    registration ? keyFindings(deps) : [],
    partnerCenterFindings(deps),
    endpointFindings(deps),
  ]);
  return found.flat();
}

/** The secret in the body follows no redirect. */
function ask(deps: OutsideDeps, url: string, init: RequestInit = {}): Promise<Response> {
  return deps.fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
}

function token(deps: OutsideDeps, registration: BotRegistration, scope: string): Promise<Response> {
  const { type, appId, tenantId, password = '' } = registration;
  const tenant = type === 'MultiTenant' ? 'botframework.com' : (tenantId ?? '');
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password,
    scope,
  });
  return ask(deps, `${LOGIN}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, { method: 'POST', body });
}

/** Microsoft Entra's error when it gives no token, and the repair. */
const REFUSALS: readonly (readonly [RegExp, string, string, string])[] = [
  [
    /AADSTS7000222/,
    'registration.secret',
    'the client secret has expired',
    'make a new client secret and set MICROSOFT_APP_PASSWORD to its value',
  ],
  [
    /AADSTS7000215/,
    'registration.secret',
    'the client secret is wrong',
    'set MICROSOFT_APP_PASSWORD to the value of a client secret, not to its id',
  ],
  [
    /AADSTS700016/,
    'registration.app',
    'the tenant has no such application',
    'check MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID; they belong to one app registration',
  ],
  [
    /AADSTS90002|AADSTS900023/,
    'registration.tenant',
    'there is no such tenant',
    'set MICROSOFT_APP_TENANT_ID to the tenant of the app registration',
  ],
  [
    /AADSTS7000112|AADSTS7000229/,
    'registration.app',
    'the application is disabled, or has no service principal',
    'enable the enterprise application in the Entra admin center',
  ],
  [
    /AADSTS50194|AADSTS700054/,
    'registration.type',
    'the application is not of this type',
    'set MICROSOFT_APP_TYPE to SingleTenant, or to MultiTenant for an application made as such',
  ],
];

async function registrationFindings(
  deps: OutsideDeps,
  registration: BotRegistration,
): Promise<readonly Finding[]> {
  if (registration.type === 'UserAssignedMSI')
    return [ok('registration.identity', 'a managed identity; only the Azure host can try it')];
  try {
    const answer = await token(deps, registration, BOT_SCOPE);
    const clock = clockFinding(deps, answer);
    if (answer.ok) return [ok('registration.secret', 'Microsoft Entra accepts id, tenant and secret'), clock];
    const text = await textWithin(answer, MOST_BYTES);
    const known = REFUSALS.find(([pattern]) => pattern.test(text));
    const [, id, what, mend] = known ?? [
      undefined,
      'registration',
      `Microsoft Entra refuses the registration (${/AADSTS\d+/.exec(text)?.[0] ?? answer.status})`,
      'check MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and MICROSOFT_APP_PASSWORD',
    ];
    return [wrong(id, what, mend), clock];
  } catch (error) {
    return [
      doubt(
        'registration',
        `Microsoft Entra cannot be reached (${reasonOf(error)})`,
        `let this machine reach ${LOGIN}`,
      ),
    ];
  }
}

/** Tokens tolerate minutes of difference. With a larger clock error, the bot refuses every message. */
function clockFinding({ now }: OutsideDeps, answer: Response): Finding {
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return ok('clock', 'not compared');
  const off = Math.round((now() - theirs) / 1000);
  if (Math.abs(off) * 1000 <= SKEW_MS) return ok('clock', `${Math.abs(off)} s off`);
  const way = off > 0 ? 'ahead' : 'behind';
  return wrong(
    'clock',
    `this machine’s clock is ${Math.abs(off)} s ${way}`,
    'switch time synchronisation (NTP) on',
  );
}

/** The application permissions that each setting needs. */
function neededRoles({ peopleUses, staffGroups, adminGroups }: OutsideDeps['config']): readonly string[] {
  const groups = staffGroups.length + adminGroups.length > 0 ? ['GroupMember.Read.All'] : [];
  const uses = peopleUses.flatMap((use) =>
    use === 'presence' ? ['Presence.Read.All', 'User.ReadBasic.All'] : ['User.Read.All'],
  );
  return [...new Set([...groups, ...uses])];
}

/** Permissions that include another permission. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  'User.ReadBasic.All': ['User.Read.All', 'Directory.Read.All'],
  'User.Read.All': ['Directory.Read.All'],
  'GroupMember.Read.All': ['Group.Read.All', 'Directory.Read.All'],
};

async function graphFindings(deps: OutsideDeps, registration: BotRegistration): Promise<readonly Finding[]> {
  const needed = neededRoles(deps.config);
  if (needed.length === 0 || registration.type === 'UserAssignedMSI') return [];
  try {
    const answer = await token(deps, registration, GRAPH_SCOPE);
    if (!answer.ok) return [];
    const { access_token: given = '' } = (await answer.json()) as { access_token?: string };
    const roles = rolesIn(given);
    const missing = needed.filter(
      (role) => ![role, ...(WIDER[role] ?? [])].some((one) => roles.includes(one)),
    );
    if (missing.length === 0) return [ok('graph.permissions', `granted: ${needed.join(', ')}`)];
    return [
      wrong(
        'graph.permissions',
        `not granted: ${missing.join(', ')}`,
        'add these application permissions to the app registration and grant admin consent',
      ),
    ];
  } catch {
    return [doubt('graph.permissions', 'Microsoft Graph’s token could not be read', 'run the doctor again')];
  }
}

function rolesIn(given: string): readonly string[] {
  const { roles } = decodeJwt(given);
  return Array.isArray(roles) ? roles.map(String) : [];
}

/** The sign-in alone: the doctor asks nothing about customers. */
async function partnerCenterFindings(deps: OutsideDeps): Promise<readonly Finding[]> {
  const { partnerCenter: account } = deps.config;
  const id = 'partner-center';
  if (!account) return [];
  try {
    await requestToken(account, deps.fetch, AbortSignal.timeout(PATIENCE_MS));
    return [ok(id, 'Microsoft Entra accepts the sign-in to Partner Center')];
  } catch (error) {
    if (!(error instanceof SignInRefused))
      return [
        doubt(
          id,
          `the sign-in to Partner Center cannot be tried (${reasonOf(error)})`,
          `let this machine reach ${LOGIN}`,
        ),
      ];
    const mend = 'sign in again and set OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN; see docs/partner-center.md';
    return [wrong(id, `Microsoft Entra refuses the sign-in to Partner Center (${error.code})`, mend)];
  }
}

async function keyFindings(deps: OutsideDeps): Promise<readonly Finding[]> {
  const mend =
    'let this machine reach login.botframework.com; without its keys no message of Teams is accepted';
  try {
    const answer = await ask(deps, BOT_KEYS);
    return answer.ok
      ? [ok('channel.keys', 'the keys of the channels’ tokens can be read')]
      : [wrong('channel.keys', `login.botframework.com answers ${answer.status}`, mend)];
  } catch (error) {
    return [wrong('channel.keys', `login.botframework.com cannot be reached (${reasonOf(error)})`, mend)];
  }
}

const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes without the intermediate ones',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

async function endpointFindings(deps: OutsideDeps): Promise<readonly Finding[]> {
  const { publicUrl, registration } = deps.config;
  if (publicUrl === undefined) {
    if (!registration) return [];
    const mend =
      'set OFFER_DESK_PUBLIC_URL to the https origin of this server; its /api/messages is the messaging endpoint';
    return [wrong('endpoint.url', 'the bot is registered, but has no public address', mend)];
  }
  try {
    const answer = await ask(deps, `${publicUrl}/readyz`);
    const text = await textWithin(answer, MOST_BYTES);
    if (!/"status":\s*"(not )?ready"/.test(text)) {
      const mend = `let the proxy pass ${publicUrl} on to this server; see docs/reverse-proxy.md`;
      return [
        wrong('endpoint.answer', `something else answers at ${publicUrl} (status ${answer.status})`, mend),
      ];
    }
    if (!answer.ok)
      return [wrong('endpoint.ready', 'the server answers that it is not ready', 'look at its log')];
    return [ok('endpoint', `${publicUrl} answers`)];
  } catch (error) {
    return [unreachable(publicUrl, error)];
  }
}

function unreachable(publicUrl: string, error: unknown): Finding {
  const reason = reasonOf(error);
  const certificate = CERTIFICATES[reason];
  if (certificate !== undefined)
    return wrong(
      'endpoint.certificate',
      `${publicUrl}: ${certificate}`,
      'give the proxy a certificate of a public authority for this name',
    );
  if (reason === 'ENOTFOUND')
    return wrong(
      'endpoint.name',
      `${publicUrl}: there is no such name`,
      'make the DNS record, or correct OFFER_DESK_PUBLIC_URL',
    );
  return wrong(
    'endpoint.reach',
    `${publicUrl} cannot be reached (${reason})`,
    'start the server, and open the port of the proxy',
  );
}

/** The code of the network failure; `fetch` keeps it in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, name } = cause as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
