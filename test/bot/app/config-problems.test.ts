/** Wrong settings, each refused in one sentence that names the setting and the way to mend it; all of them at once. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../../../bot/app/config.js';
import { unknownSettings } from '../../../bot/app/config-problems.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { DeskError } from '../../../core/errors.js';
import { SERVER } from '../../helpers/stores.js';
import { program } from '../../helpers/program.js';

const ID = '11111111-1111-4111-8111-111111111111';
const REGISTERED = { MICROSOFT_APP_ID: ID, MICROSOFT_APP_TENANT_ID: ID, MICROSOFT_APP_PASSWORD: 'secret' };

/** Environment → what the error says. */
const WRONG: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
  [{ PORT: 'many' }, /PORT: is no number; write for example 3978/],
  [{ PORT: '70000' }, /PORT: must be 65535 or less/],
  [{ PORT: '80.5' }, /PORT: must be a whole number/],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL: "loud" is none of debug, info/],
  [{ OFFER_DESK_LANGUAGE: 'klingon' }, /OFFER_DESK_LANGUAGE: "klingon" is none of en/],
  [
    { OFFER_DESK_PUBLIC_URL: 'desk.contoso.com' },
    /OFFER_DESK_PUBLIC_URL: .*is no URL; write only the origin/,
  ],
  [{ OFFER_DESK_PUBLIC_URL: 'http://desk.contoso.com' }, /OFFER_DESK_PUBLIC_URL: .*is not https/],
  [{ OFFER_DESK_PUBLIC_URL: 'https://desk.contoso.com/bot' }, /OFFER_DESK_PUBLIC_URL: .*more than an origin/],
  [{ DATABASE_URL: 'mysql://db/desk' }, /DATABASE_URL: must begin with postgres:\/\//],
  [{ DATABASE_URL: 'postgres://u:p#w@db:x/desk' }, /DATABASE_URL: is no URL; encode signs/],
  [{ DATABASE_URL: 'postgres://db/desk?sslmode=on' }, /DATABASE_URL: sslmode=on is none of disable/],
  [{ OFFER_DESK_DIRECTORY: '/nowhere/offers.csv' }, /OFFER_DESK_DIRECTORY: there is no file/],
  [{ OFFER_DESK_PROFILE: '/nowhere/profile.json' }, /OFFER_DESK_PROFILE: there is no file/],
  [{ OFFER_DESK_SOURCES: '/nowhere/sources.json' }, /OFFER_DESK_SOURCES: there is no file/],
  [{ OFFER_DESK_IDENTITY_KEYS: '/nowhere/keys.pem' }, /OFFER_DESK_IDENTITY_KEYS: there is no file/],
  [{ ...REGISTERED, MICROSOFT_APP_ID: 'my-bot' }, /MICROSOFT_APP_ID: "my-bot" is no GUID/],
  [
    { ...REGISTERED, MICROSOFT_APP_TENANT_ID: 'contoso.onmicrosoft.com' },
    /MICROSOFT_APP_TENANT_ID: .*is a domain/,
  ],
  [{ OFFER_DESK_PARTNER_TENANTS: 'contoso.com' }, /OFFER_DESK_PARTNER_TENANTS: "contoso.com" is a domain/],
  [{ OFFER_DESK_ALLOWED_TENANTS: 'all' }, /OFFER_DESK_ALLOWED_TENANTS: "all" is no GUID/],
  [{ OFFER_DESK_STAFF_GROUPS: 'Support team' }, /OFFER_DESK_STAFF_GROUPS: "Support team" is no GUID/],
  [{ OFFER_DESK_ADMIN_GROUPS: 'admins' }, /OFFER_DESK_ADMIN_GROUPS: "admins" is no GUID/],
  [{ OFFER_DESK_ADMINS: 'ada@contoso.com' }, /OFFER_DESK_ADMINS: each must be the Entra object id/],
  [{ OFFER_DESK_PEOPLE: 'everything' }, /OFFER_DESK_PEOPLE: "everything" is none of presence/],
  [{ OFFER_DESK_PARTNER_CENTER_TENANT: 'contoso.com' }, /OFFER_DESK_PARTNER_CENTER_TENANT: .*is a domain/],
  [
    {
      OFFER_DESK_PARTNER_CENTER_TENANT: ID,
      OFFER_DESK_PARTNER_CENTER_APP_ID: ID,
      OFFER_DESK_PARTNER_CENTER_SECRET: 's',
    },
    /OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: not set, but other settings of Partner Center are/,
  ],
  [
    { OFFER_DESK_PARTNER_CENTRE_TENANT: ID },
    /OFFER_DESK_PARTNER_CENTRE_TENANT: there is no such setting; did you mean OFFER_DESK_PARTNER_CENTER_TENANT/,
  ],
  [{ OFFER_DESK_METRICS_TOKEN: 'short' }, /OFFER_DESK_METRICS_TOKEN: at least 16/],
  [{ OFFER_DESK_STOP_SECONDS: '0' }, /OFFER_DESK_STOP_SECONDS: must be 1 or more/],
  [{ OFFER_DESK_PROXIES: '-1' }, /OFFER_DESK_PROXIES: must be 0 or more/],
  [{ OFFER_DESK_PARTNER_ID: 'My Partner' }, /OFFER_DESK_PARTNER_ID: small letters/],
  [
    { OFFER_DESK_WIDGET_ORIGINS: 'www.contoso.com/shop' },
    /OFFER_DESK_WIDGET_ORIGINS: each must be an origin/,
  ],
  [{ OFFER_DESK_IDENTITY_SECRET: 'short' }, /OFFER_DESK_IDENTITY_SECRET: at least 32 bytes/],
  [
    { OFFER_DESK_DIRECT_LINE_URL: 'http://directline.contoso.com' },
    /OFFER_DESK_DIRECT_LINE_URL: must be https/,
  ],
  [
    { MICROSOFT_APP_ID: ID, MICROSOFT_APP_PASSWORD: 'x' },
    /MICROSOFT_APP_TENANT_ID: required for SingleTenant/,
  ],
  [
    { MICROSOFT_APP_ID: ID, MICROSOFT_APP_TENANT_ID: ID },
    /MICROSOFT_APP_PASSWORD: required for SingleTenant/,
  ],
  [{ MICROSOFT_APP_PASSWORD: 'x' }, /MICROSOFT_APP_ID: not set, but MICROSOFT_APP_PASSWORD/],
  [{ OFFER_DESK_ADMIN: ID }, /OFFER_DESK_ADMIN: there is no such setting; did you mean OFFER_DESK_ADMINS\?/],
  [{ HOST: '0.0.0.0' }, /HOST is 0\.0\.0\.0 but MICROSOFT_APP_ID is not set/],
  [{ NODE_ENV: 'production' }, /NODE_ENV is production but MICROSOFT_APP_ID is not set/],
];

const refusalOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readConfig(env, '/srv');
  } catch (error) {
    assert.ok(error instanceof DeskError, String(error));
    return error.message;
  }
  assert.fail(`accepted: ${JSON.stringify(env)}`);
};

describe('a wrong setting', () => {
  for (const [env, says] of WRONG) {
    it(`is named with its mend: ${JSON.stringify(env).replaceAll(ID, 'GUID')}`, () => {
      assert.match(refusalOf(env), says);
    });
  }

  it('is named together with every other one', () => {
    const env = {
      PORT: 'x',
      OFFER_DESK_PUBLIC_URL: 'nowhere',
      OFFER_DESK_ADMIN: ID,
      OFFER_DESK_PROFILE: '/nowhere',
    };
    const said = refusalOf(env);
    for (const name of Object.keys(env)) assert.match(said, new RegExp(`^ {2}${name}: `, 'm'));
  });

  it('does not come of an empty one: each has its default then', () => {
    const { port } = readConfig({ PORT: '', LOG_LEVEL: ' ', OFFER_DESK_PROXIES: '' }, '/srv');
    assert.equal(port, 3978);
  });

  it('reports an unknown name with the nearest known name', () => {
    assert.deepEqual(
      unknownSettings({ OFFER_DESK_TENANT: 'x', PATH: '/' }, ['OFFER_DESK_PARTNER_TENANTS', 'PORT']),
      [{ name: 'OFFER_DESK_TENANT', nearest: undefined, misspelt: false }],
    );
    const [told] = unknownSettings({ OFFER_DESK_KEEP_DAYS: '3' }, ['OFFER_DESK_KEEP_STATE_DAYS']);
    assert.equal(told?.nearest, 'OFFER_DESK_KEEP_STATE_DAYS');
  });
});

describe('a start that cannot be', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-start-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (env: Readonly<Record<string, string>>, flags: readonly string[] = []) => {
    const base = {
      ...process.env,
      NODE_ENV: '',
      DATABASE_URL: '',
      PORT: '0',
      OFFER_DESK_DATA_DIR: path.join(folder, 'data'),
    };
    return spawnSync(process.execPath, [...flags, ...program('index')], {
      cwd: findRootDir(),
      env: { ...base, ...env },
      encoding: 'utf8',
    });
  };
  const written = (name: string, text: string) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const file = written('a-file', 'not a folder');
  const damaged = written(
    'damaged/offer-desk.sqlite',
    'this is no database at all, only some text. '.repeat(50),
  );
  const own = (name: string) => ({ OFFER_DESK_DATA_DIR: path.join(folder, name) });
  const missing = new URL(SERVER);
  missing.pathname = '/no_such_database';
  /** An old Node cannot run the tests, so the process claims to be one. */
  const oldNode = `data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } });",
  )}`;

  const cases: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
    'three wrong settings': [
      { PORT: 'x', LOG_LEVEL: 'loud', OFFER_DESK_ADMIN: ID },
      /PORT: is no number[^]*LOG_LEVEL: [^]*OFFER_DESK_ADMIN: /,
    ],
    'a data folder that is a file': [
      { OFFER_DESK_DATA_DIR: file },
      /store\.read-only: OFFER_DESK_DATA_DIR: .*a-file cannot be written \(\w+\)/,
    ],
    'a data folder below a file': [
      { OFFER_DESK_DATA_DIR: path.join(file, 'deep', 'data') },
      /store\.read-only: OFFER_DESK_DATA_DIR: .*data cannot be written \(\w+\)/,
    ],
    ...(existsSync('/proc/self') && {
      'a data folder where the system creates no folders': [
        { OFFER_DESK_DATA_DIR: '/proc/no-such-folder/data' },
        /store\.read-only: OFFER_DESK_DATA_DIR: .*data cannot be written \(\w+\)/,
      ],
    }),
    'a damaged store': [{ OFFER_DESK_DATA_DIR: path.dirname(damaged) }, /store\.damaged/],
    'a database server that is not there': [
      { DATABASE_URL: 'postgres://desk:x@127.0.0.1:9/desk' },
      /store\.unavailable: .*PostgreSQL at 127\.0\.0\.1:9\/desk does not take connections/,
    ],
    'a database that its server does not have': [
      { DATABASE_URL: String(missing) },
      /store\.unavailable: .*no_such_database (has no such database|does not take connections)/,
    ],
    'a profile with wrong fields': [
      { OFFER_DESK_PROFILE: written('profile.json', '{"name":1}') },
      /OFFER_DESK_PROFILE: .*profile\.json is not a valid partner profile[^]*name: must be text[^]*model: is missing/,
    ],
    'a file of sources that is not JSON': [
      { OFFER_DESK_SOURCES: written('sources.json', 'nope') },
      /OFFER_DESK_SOURCES: .*sources\.json cannot be read, or it is not JSON/,
    ],
    'a directory file without known columns': [
      { ...own('a'), OFFER_DESK_DIRECTORY: written('offers.csv', 'x') },
      /OFFER_DESK_DIRECTORY: .*offers\.csv: No row of the first ones names the columns/,
    ],
    'an empty directory file': [
      { ...own('b'), OFFER_DESK_DIRECTORY: written('empty.csv', '') },
      /OFFER_DESK_DIRECTORY: .*empty\.csv: The file is empty/,
    ],
    'keys that are no keys': [
      { OFFER_DESK_IDENTITY_KEYS: written('keys.pem', 'no key') },
      /OFFER_DESK_IDENTITY_KEYS: the text is neither a JWKS nor a public key/,
    ],
    'a host name that this machine does not have': [
      { ...REGISTERED, HOST: 'desk.invalid' },
      /HOST: desk\.invalid (is no address of this machine|cannot be looked up now); write 127\.0\.0\.1/,
    ],
  };
  const saysSo = ({ status, stderr }: ReturnType<typeof start>, says: RegExp) => {
    assert.equal(status, 1, stderr);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /^\s+at /m);
  };
  for (const [name, [env, says]] of Object.entries(cases)) {
    it(`says so in a sentence, without a stack trace: ${name}`, () => saysSo(start(env), says));
  }

  it('says so in a sentence, without a stack trace: an old Node', () => {
    saysSo(start({}, ['--import', oldNode]), /cannot start on Node 18\.20\.8\. Install Node 24/);
  });

  it('says so in a sentence, without a stack trace: a port in use', async () => {
    const other = http.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      saysSo(
        start({ PORT: String(port) }),
        new RegExp(`http\\.address-in-use: 127\\.0\\.0\\.1:${port} is already in use`),
      );
    } finally {
      other.close();
    }
  });
});
