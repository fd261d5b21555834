/** Reads the environment once into one checked object. No other code in the product reads `process.env`. */
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import type { Severity } from '../../core/incident/types.js';
import { LANGUAGES, type Language } from '../../core/terms.js';
import { settingProblems } from './config-problems.js';
import { accountOf } from '../partner-center/settings.js';
import type { PartnerCenterAccount } from '../partner-center/sign-in.js';
import type { KnownAddress } from '../web/client-rates.js';
import { exactOrigin, PARTNER_ID, type WidgetSettings } from '../web/widget/settings.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().trim().optional());
/** A whole number. Its error names the limits and an example. */
const whole = (least: number, most: number, standard: number) =>
  z.coerce
    .number({ error: `is no number; write for example ${standard}` })
    .int({ error: 'must be a whole number' })
    .min(least, { error: `must be ${least} or more` })
    .max(most, { error: `must be ${most} or less` })
    .default(standard);
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: ({ input }) => `${JSON.stringify(input)} is none of ${values.join(', ')}` });
const days = (standard: number) => whole(1, 3650, standard);
/** An address behind which many people sit, with its factor: `203.0.113.0/24=10`. */
function knownAddress(text: string): KnownAddress | undefined {
  const [, network = '', base = '', bits, times = ''] =
    /^(([\d.a-f:]+)(?:\/(\d{1,3}))?)=(\d{1,3})$/i.exec(text) ?? [];
  const most = isIP(base) === 4 ? 32 : 128;
  const isRight =
    isIP(base) > 0 && Number(bits ?? most) <= most && Number(times) >= 1 && Number(times) <= 100;
  return isRight ? { network, times: Number(times) } : undefined;
}

/** 256 random bits in base64, base64url or as hexadecimal digits. A reference that Key Vault did not replace is none. */
const isSigningKey = (key: string): boolean => /^[\w+/-]{43,256}={0,2}$/.test(key) && new Set(key).size > 8;
const list = optional.transform((value) =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** The questions about people that Microsoft Graph may be asked. */
export const PEOPLE_USES = ['presence', 'manager', 'team'] as const;
export type PeopleUse = (typeof PEOPLE_USES)[number];

/**
 * Every setting of the product by the name of its environment variable. A test compares the list with `.env.example`.
 */
export const SETTINGS = {
  PORT: whole(0, 65535, 3978),
  HOST: optional,
  NODE_ENV: optional,
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OFFER_DESK_DATA_DIR: optional,
  DATABASE_URL: optional,
  OFFER_DESK_SIGNING_KEYS: list
    .refine((keys) => keys.length <= 3, 'at most 3 keys')
    .refine(
      (keys) => keys.every(isSigningKey),
      'each must be at least 43 letters, digits and the signs + / - _ =; "openssl rand -base64 32" makes one',
    ),
  OFFER_DESK_PUBLIC_URL: optional,
  OFFER_DESK_LANGUAGE: oneOf(LANGUAGES).default('en'),
  OFFER_DESK_DIRECTORY: optional,
  OFFER_DESK_PROFILE: optional,
  OFFER_DESK_SOURCES: optional,
  OFFER_DESK_CATALOG_KEY: optional,
  OFFER_DESK_PRIVATE_HOSTS: list.refine(
    (hosts) => hosts.every((host) => isIP(host) > 0 || /^[\w-]+(\.[\w-]+)*$/.test(host)),
    'each must be the name or the address of a host, without https:// and port',
  ),
  OFFER_DESK_KEEP_STATE_DAYS: days(180),
  OFFER_DESK_KEEP_UNANSWERED_DAYS: days(90),
  OFFER_DESK_KEEP_INSIGHTS_DAYS: days(400),
  OFFER_DESK_KEEP_AUDIT_DAYS: days(730),
  OFFER_DESK_KEEP_INCIDENTS_DAYS: days(365),
  MICROSOFT_APP_TYPE: oneOf(['SingleTenant', 'UserAssignedMSI', 'MultiTenant']).default('SingleTenant'),
  MICROSOFT_APP_ID: optional,
  MICROSOFT_APP_TENANT_ID: optional,
  MICROSOFT_APP_PASSWORD: optional,
  OFFER_DESK_PARTNER_TENANTS: list,
  OFFER_DESK_STAFF_GROUPS: list,
  OFFER_DESK_ADMINS: list.refine(
    (ids) => ids.every((id) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)),
    'each must be the Entra object id of a person',
  ),
  OFFER_DESK_ADMIN_GROUPS: list.refine((ids) => ids.length <= 20, 'at most 20 groups'),
  OFFER_DESK_PEOPLE: list.pipe(z.array(oneOf(PEOPLE_USES))),
  OFFER_DESK_PARTNER_CENTER_TENANT: optional,
  OFFER_DESK_PARTNER_CENTER_APP_ID: optional,
  OFFER_DESK_PARTNER_CENTER_SECRET: optional,
  OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: optional,
  OFFER_DESK_SERVICE_HOSTS: list,
  OFFER_DESK_ALLOWED_TENANTS: list,
  OFFER_DESK_METRICS_TOKEN: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.string().min(16, 'at least 16 characters').optional(),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional.refine(
    (value) => value === undefined || /^https?:\/\/[^/]/.test(value),
    'must be the base address of an OTLP receiver, as http://localhost:4318',
  ),
  OFFER_DESK_STOP_SECONDS: whole(1, 120, 4),
  OFFER_DESK_TOKENS_PER_MINUTE: whole(1, 1_000_000, 10),
  OFFER_DESK_MESSAGES_PER_MINUTE: whole(1, 1_000_000, 60),
  OFFER_DESK_CONVERSATIONS_PER_ADDRESS: whole(1, 1_000_000, 20),
  OFFER_DESK_KNOWN_ADDRESSES: list.refine(
    (known) => known.every((one) => knownAddress(one) !== undefined),
    'each must be an address or a network and a factor up to 100, as 203.0.113.7=5 or 2001:db8:1::/48=20',
  ),
  OFFER_DESK_PROXIES: whole(0, 10, 0),
  OFFER_DESK_PARTNER_ID: z.string().regex(PARTNER_ID, 'small letters, digits and - only').default('partner'),
  OFFER_DESK_WIDGET_ORIGINS: list.refine(
    (origins) => origins.every((one) => exactOrigin(one) !== undefined),
    'each must be an origin as https://www.example.com, without a path or a slash',
  ),
  OFFER_DESK_WIDGET_KEEP_DAYS: whole(1, 365, 30),
  OFFER_DESK_IDENTITY_SECRET: optional.refine(
    (secret) => secret === undefined || Buffer.byteLength(secret) >= 32,
    'at least 32 bytes',
  ),
  OFFER_DESK_IDENTITY_KEYS: optional,
  OFFER_DESK_DIRECT_LINE_SECRET: optional,
  OFFER_DESK_DIRECT_LINE_URL: z.url().default('https://directline.botframework.com/v3/directline'),
  OFFER_DESK_CASES_END_DAYS: whole(1, 365, 30),
  OFFER_DESK_OUTAGE_RATE: whole(1, 50, 30),
  OFFER_DESK_OUTAGE_RELEASE_FROM: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['minor', 'major', 'critical']).optional(),
  ),
} as const;

/** Registration of the bot with Azure Bot Service; absent in local mode. */
export interface BotRegistration {
  readonly type: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
  readonly appId: string;
  readonly tenantId?: string;
  readonly password?: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Keys that sign buttons, tokens and mail links, the newest first; empty: the store has its own keys. */
  readonly signingKeys: readonly string[];
  /** The public https origin of this server, without a trailing slash. */
  readonly publicUrl?: string;
  readonly defaultLanguage: Language;
  /** Days each kind of data is kept; web conversations have their own setting. */
  readonly keepDays: {
    readonly state: number;
    readonly unanswered: number;
    readonly insights: number;
    readonly audit: number;
    readonly incidents: number;
  };
  readonly directoryFile?: string;
  readonly profileFile?: string;
  /** JSON file that names the directory's sources. */
  readonly sourcesFile?: string;
  /** The operator's own hosts, which sources may name although their addresses are private. */
  readonly privateHosts: readonly string[];
  /** API key of the marketplace catalog. */
  readonly catalogKey?: string;
  /** Absent: local mode. No authentication, loopback only. */
  readonly registration?: BotRegistration;
  /** Local mode: the staff person of the local page is an administrator. */
  readonly localAdmin: boolean;
  /** Entra tenants of partner staff, in addition to the tenants in the partner profile. */
  readonly partnerTenants: readonly string[];
  /** Entra groups: only their members are staff; empty: all members of those tenants. Checked through Graph. */
  readonly staffGroups: readonly string[];
  /** Entra object ids of the staff who edit the directory and the profile in the chat. */
  readonly admins: readonly string[];
  /** Entra groups: their members among the staff are administrators too. Checked through Graph. */
  readonly adminGroups: readonly string[];
  /**
   * The questions to Graph about people: presence of own contacts, a person's manager, defaults for a manager's team.
   */
  readonly peopleUses: readonly PeopleUse[];
  /** The account that reads the partner's customers in Partner Center; absent: nobody is looked up there. */
  readonly partnerCenter?: PartnerCenterAccount;
  /** Hosts that a service URL may name, besides Microsoft's own hosts. */
  readonly serviceHosts: readonly string[];
  /**
   * Entra tenants that may use the bot in Teams besides partner staff; empty: every tenant, as customers. Lower case.
   */
  readonly allowedTenants: readonly string[];
  /** Milliseconds that running turns get when the process must stop. */
  readonly stopMs: number;
  /** The token that opens /metrics; absent: the page does not exist. */
  readonly metricsToken?: string;
  /** The receiver of traces (OTLP over HTTP); absent: nothing is traced. */
  readonly tracesEndpoint?: string;
  readonly tokensPerMinute: number;
  readonly messagesPerMinute: number;
  /** Days after which an open case ends without news. */
  readonly caseDays: number;
  readonly outages: {
    /** Cards per second for one tenant. */
    readonly rate: number;
    /** From this severity on, customers see outages without a release; null: never. */
    readonly releaseFrom: Severity | null;
  };
  /** How many web conversations one address may have open at the same time. */
  readonly conversationsPerAddress: number;
  /** The number of our own proxies in front that write X-Forwarded-For. */
  readonly proxies: number;
  /** Addresses that get more of the web channel's limits than others. */
  readonly knownAddresses: readonly KnownAddress[];
  readonly widget: WidgetSettings;
  /** Keys for tokens about the partner's logged-in customers. Without a key, every such token is refused. */
  readonly identity: { readonly secret?: string; readonly keysFile?: string };
  /** Azure Direct Line instead of the embedded endpoint; absent without a secret. */
  readonly directLine?: { readonly secret: string; readonly url: string };
}

type Raw = { [K in keyof typeof SETTINGS]: z.infer<(typeof SETTINGS)[K]> };

/**
 * Parses the environment, and the options of the server's command line.
 * @throws DeskError `config.invalid` naming every wrong setting; `config.no-auth-public` when the server must listen
 * beyond loopback, or run in production, without a bot registration.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  rootDir: string,
  options: readonly string[] = [],
): Config {
  const raw = checked(env);
  const registration = registrationOf(raw);
  return {
    host: hostOf(raw, registration),
    port: raw.PORT,
    production: raw.NODE_ENV === 'production',
    logLevel: raw.LOG_LEVEL,
    dataDir: path.resolve(rootDir, raw.OFFER_DESK_DATA_DIR ?? '.data'),
    databaseUrl: raw.DATABASE_URL,
    signingKeys: raw.OFFER_DESK_SIGNING_KEYS,
    publicUrl: raw.OFFER_DESK_PUBLIC_URL?.replace(/\/$/, ''),
    defaultLanguage: raw.OFFER_DESK_LANGUAGE,
    keepDays: keepDaysOf(raw),
    directoryFile: raw.OFFER_DESK_DIRECTORY,
    profileFile: raw.OFFER_DESK_PROFILE,
    sourcesFile: raw.OFFER_DESK_SOURCES,
    catalogKey: raw.OFFER_DESK_CATALOG_KEY,
    privateHosts: raw.OFFER_DESK_PRIVATE_HOSTS,
    registration,
    localAdmin: localAdminOf(options, registration),
    ...admittedOf(raw),
    stopMs: raw.OFFER_DESK_STOP_SECONDS * 1000,
    metricsToken: raw.OFFER_DESK_METRICS_TOKEN,
    tracesEndpoint: raw.OTEL_EXPORTER_OTLP_ENDPOINT,
    ...laterMessagesOf(raw),
    ...webLimitsOf(raw),
    widget: {
      partnerId: raw.OFFER_DESK_PARTNER_ID,
      origins: raw.OFFER_DESK_WIDGET_ORIGINS,
      keepDays: raw.OFFER_DESK_WIDGET_KEEP_DAYS,
    },
    identity: { secret: raw.OFFER_DESK_IDENTITY_SECRET, keysFile: raw.OFFER_DESK_IDENTITY_KEYS },
    directLine: directLineOf(raw),
  };
}

/** Checks the form of the settings. An empty setting counts as absent. One error lists every mistake. */
function checked(env: Readonly<Record<string, string | undefined>>): Raw {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = z.object(SETTINGS).safeParse(given);
  const raw = parsed.success ? (parsed.data as Raw) : undefined;
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${String(issue.path[0])}: ${issue.message}`),
    ...settingProblems(given, Object.keys(SETTINGS)),
    ...registrationProblems(given),
    ...(raw ? directLineProblems(raw) : []),
  ];
  if (raw && problems.length === 0) return raw;
  const [first = ''] = problems;
  throw new DeskError('config.invalid', problems.length === 1 ? first : `\n  ${problems.join('\n  ')}`);
}

/** What the bot sends without a question: outage cards, and questions about cases. */
function laterMessagesOf(raw: Raw): Pick<Config, 'caseDays' | 'outages'> {
  const { OFFER_DESK_OUTAGE_RATE: rate, OFFER_DESK_OUTAGE_RELEASE_FROM: releaseFrom = null } = raw;
  return { caseDays: raw.OFFER_DESK_CASES_END_DAYS, outages: { rate, releaseFrom } };
}

/** How much one client of the web channel may do, and how the server knows its address. */
function webLimitsOf(raw: Raw) {
  return {
    tokensPerMinute: raw.OFFER_DESK_TOKENS_PER_MINUTE,
    messagesPerMinute: raw.OFFER_DESK_MESSAGES_PER_MINUTE,
    conversationsPerAddress: raw.OFFER_DESK_CONVERSATIONS_PER_ADDRESS,
    proxies: raw.OFFER_DESK_PROXIES,
    knownAddresses: raw.OFFER_DESK_KNOWN_ADDRESSES.flatMap((one) => knownAddress(one) ?? []),
  };
}

/** The option of the server that lets the local page administer. Nobody is authenticated there. */
const LOCAL_ADMIN = '--local-admin';

function localAdminOf(options: readonly string[], registration: BotRegistration | undefined): boolean {
  const unknown = options.find((one) => one !== LOCAL_ADMIN);
  if (unknown !== undefined)
    throw new DeskError('config.invalid', `${unknown}: the server has no such option, only ${LOCAL_ADMIN}`);
  if (options.length > 0 && registration)
    throw new DeskError('config.invalid', `${LOCAL_ADMIN}: only for local mode, and MICROSOFT_APP_ID is set`);
  return options.length > 0;
}

/** The tenants that may use the bot in Teams, and their roles. */
function admittedOf(raw: Raw) {
  return {
    partnerTenants: raw.OFFER_DESK_PARTNER_TENANTS,
    staffGroups: raw.OFFER_DESK_STAFF_GROUPS,
    admins: raw.OFFER_DESK_ADMINS,
    adminGroups: raw.OFFER_DESK_ADMIN_GROUPS,
    peopleUses: raw.OFFER_DESK_PEOPLE,
    partnerCenter: accountOf(raw),
    serviceHosts: raw.OFFER_DESK_SERVICE_HOSTS,
    allowedTenants: raw.OFFER_DESK_ALLOWED_TENANTS.map((id) => id.toLowerCase()),
  };
}

/** Azure calls the bot over `/api/messages`, which requires a registration. */
function directLineOf({
  OFFER_DESK_DIRECT_LINE_SECRET: secret,
  OFFER_DESK_DIRECT_LINE_URL: given,
}: Raw): Config['directLine'] {
  return secret === undefined ? undefined : { secret, url: given.replace(/\/$/, '') };
}

function directLineProblems({ OFFER_DESK_DIRECT_LINE_URL: given }: Raw): readonly string[] {
  const { protocol, hostname } = new URL(given);
  return protocol === 'https:' || LOOPBACK.has(hostname) ? [] : ['OFFER_DESK_DIRECT_LINE_URL: must be https'];
}

function keepDaysOf(raw: Raw): Config['keepDays'] {
  return {
    state: raw.OFFER_DESK_KEEP_STATE_DAYS,
    unanswered: raw.OFFER_DESK_KEEP_UNANSWERED_DAYS,
    insights: raw.OFFER_DESK_KEEP_INSIGHTS_DAYS,
    audit: raw.OFFER_DESK_KEEP_AUDIT_DAYS,
    incidents: raw.OFFER_DESK_KEEP_INCIDENTS_DAYS,
  };
}

function registrationOf(raw: Raw): BotRegistration | undefined {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_TYPE: type } = raw;
  if (!appId) return undefined;
  return { type, appId, tenantId: raw.MICROSOFT_APP_TENANT_ID, password: raw.MICROSOFT_APP_PASSWORD };
}

/** Finds a registration with missing parts, and parts without a registration. */
function registrationProblems(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const type = given.MICROSOFT_APP_TYPE ?? 'SingleTenant';
  const missing = (name: string, what: string) =>
    given[name] ? [] : [`${name}: required for ${type}; ${what}`];
  if (!given.MICROSOFT_APP_ID) {
    const parts = ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'].filter((name) => given[name]);
    return parts.length === 0
      ? []
      : [`MICROSOFT_APP_ID: not set, but ${parts.join(' and ')}; set it, or empty them for local mode`];
  }
  return [
    ...(type === 'MultiTenant'
      ? []
      : missing('MICROSOFT_APP_TENANT_ID', 'it is the tenant of the app registration')),
    ...(type === 'UserAssignedMSI'
      ? []
      : missing('MICROSOFT_APP_PASSWORD', 'it is the value of a client secret')),
  ];
}

function hostOf(raw: Raw, registration: BotRegistration | undefined): string {
  const host = raw.HOST ?? (registration ? '0.0.0.0' : '127.0.0.1');
  if (registration) return host;
  if (raw.NODE_ENV === 'production') {
    throw new DeskError('config.no-auth-public', 'NODE_ENV is production but MICROSOFT_APP_ID is not set');
  }
  if (!LOOPBACK.has(host)) {
    throw new DeskError('config.no-auth-public', `HOST is ${host} but MICROSOFT_APP_ID is not set`);
  }
  return host;
}
