/** Finds mistakes in the settings that the check of a single value cannot find. Names the repair for each mistake. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { partnerCenterProblems } from '../partner-center/settings.js';
import { nearestOf } from '../runtime/nearest.js';

type Env = Readonly<Record<string, string | undefined>>;

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DOMAIN = /^[\w-]+(\.[\w-]+)+$/;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const TLS_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** Settings that hold ids of Entra, and what each id names. */
const IDS: Readonly<Record<string, string>> = {
  MICROSOFT_APP_ID: 'the application (client) id of the app registration',
  MICROSOFT_APP_TENANT_ID: 'the directory (tenant) id of the app registration',
  OFFER_DESK_PARTNER_CENTER_TENANT: "the id of the partner's own tenant",
  OFFER_DESK_PARTNER_CENTER_APP_ID: 'the application (client) id of the app for Partner Center',
  OFFER_DESK_PARTNER_TENANTS: 'tenant ids',
  OFFER_DESK_ALLOWED_TENANTS: 'tenant ids',
  OFFER_DESK_STAFF_GROUPS: 'object ids of groups',
  OFFER_DESK_ADMIN_GROUPS: 'object ids of groups',
};

const FILES = [
  'OFFER_DESK_DIRECTORY',
  'OFFER_DESK_PROFILE',
  'OFFER_DESK_SOURCES',
  'OFFER_DESK_IDENTITY_KEYS',
];

/** Every such mistake, each as `SETTING: what is wrong; what to do`. */
export function settingProblems(env: Env, known: readonly string[]): readonly string[] {
  return [
    ...Object.entries(IDS).flatMap(([name, what]) => idProblems(name, what, env[name])),
    ...publicUrlProblems(env.OFFER_DESK_PUBLIC_URL),
    ...databaseProblems(env.DATABASE_URL),
    ...partnerCenterProblems(env),
    ...FILES.flatMap((name) => fileProblems(name, env[name])),
    ...misspelt(unknownSettings(env, known)),
  ];
}

function idProblems(name: string, what: string, value = ''): readonly string[] {
  const wrong = value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !GUID.test(one));
  return wrong.map((one) =>
    DOMAIN.test(one)
      ? `${name}: "${one}" is a domain, and ${what} belong here (GUIDs); the Entra admin center shows the id on the Overview page`
      : `${name}: "${one}" is no GUID; write ${what}, as 11111111-2222-4333-8444-555555555555`,
  );
}

function publicUrlProblems(value = ''): readonly string[] {
  if (value === '') return [];
  const mend = 'write only the origin, as https://desk.contoso.com';
  if (!URL.canParse(value)) return [`OFFER_DESK_PUBLIC_URL: "${value}" is no URL; ${mend}`];
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    return [`OFFER_DESK_PUBLIC_URL: "${value}" is not https; ${mend}`];
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare ? [] : [`OFFER_DESK_PUBLIC_URL: "${value}" has more than an origin; ${mend}`];
}

function databaseProblems(value = ''): readonly string[] {
  if (value === '') return [];
  const mend = 'write postgres://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full';
  if (!/^postgres(ql)?:\/\//.test(value))
    return [`DATABASE_URL: must begin with postgres://; ${mend}, or leave it empty for the embedded store`];
  if (!URL.canParse(value))
    return [`DATABASE_URL: is no URL; encode signs as @ : / # in the password with %; ${mend}`];
  const mode = new URL(value).searchParams.get('sslmode');
  if (mode === null || TLS_MODES.includes(mode)) return [];
  return [`DATABASE_URL: sslmode=${mode} is none of ${TLS_MODES.join(', ')}; verify-full is the safe one`];
}

function fileProblems(name: string, value = ''): readonly string[] {
  if (value === '') return [];
  const file = path.resolve(value);
  if (!existsSync(file))
    return [`${name}: there is no file ${file}; correct the path or leave the setting empty`];
  try {
    accessSync(file, constants.R_OK);
    return [];
  } catch {
    return [`${name}: ${file} cannot be read by this user; change its permissions`];
  }
}

export interface UnknownSetting {
  readonly name: string;
  /** The nearest known name. */
  readonly nearest?: string;
  /** The maximum distance at which a name counts as a typing mistake. */
  readonly misspelt: boolean;
}

const PREFIX = 'OFFER_DESK_';

/** Names with our prefix that no code reads. */
export function unknownSettings(env: Env, known: readonly string[]): readonly UnknownSetting[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      const nearest = nearestOf(
        name,
        known.filter((one) => one.startsWith(PREFIX)),
      );
      const near = nearest && nearest.changes <= 6 ? nearest.word : undefined;
      return { name, nearest: near, misspelt: nearest !== undefined && nearest.changes <= 2 };
    });
}

function misspelt(unknown: readonly UnknownSetting[]): readonly string[] {
  return unknown
    .filter((one) => one.misspelt)
    .map(({ name, nearest }) => `${name}: there is no such setting; did you mean ${String(nearest)}?`);
}
