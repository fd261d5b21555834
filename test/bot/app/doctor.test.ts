/** Deliberately broken set-ups, each named by the doctor with its mend; a healthy one is said to be so. */
import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../../../bot/app/config.js';
import { examine, type DoctorDeps } from '../../../bot/app/doctor/doctor.js';
import { findingLines, isHealthy, type Finding } from '../../../core/findings.js';
import { loadSample, SAMPLE_ACTOR, SAMPLE_SOURCE } from '../../../bot/directory/sample.js';
import { openLog } from '../../../bot/runtime/log.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { parseProfile } from '../../../core/directory/parse-profile.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { outageSource } from '../../helpers/outages.js';
import { publisherOf } from '../../helpers/directory-builders.js';

const ROOT = findRootDir();
const NOW = Date.parse('2026-11-29T10:00:00Z');
const DAY_MS = 86_400_000;
const APP_ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000002';
const PUBLIC = 'https://desk.contoso.com';

const sampleProfile = (): PartnerProfile => {
  const parsed = parseProfile(JSON.parse(readFileSync(path.join(ROOT, 'data/partner-profile.json'), 'utf8')));
  assert.ok(parsed.ok);
  return parsed.profile;
};

/** What the world outside answers; a set-up replaces one part. */
interface Outside {
  readonly login: () => Response;
  /** The sign-in to Partner Center. */
  readonly partnerCenter: () => Response;
  readonly keys: () => Response;
  readonly publicPage: () => Response;
  readonly roles: readonly string[];
}

const dated = (body: string, status = 200, date = NOW) =>
  new Response(body, { status, headers: { date: new Date(date).toUTCString() } });
const unsigned = (roles: readonly string[]) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ roles })}.x`;
};
const refused = (code: string) => () => dated(JSON.stringify({ error_description: `${code}: no` }), 401);
const failing = (code: string) => (): Response => {
  throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
};

const HEALTHY: Outside = {
  login: () => dated('{}'),
  partnerCenter: () => dated('{"access_token":"x","expires_in":"3600"}'),
  keys: () => dated('{}'),
  publicPage: () => dated('{"status":"ready","parts":{"store":true}}'),
  roles: ['Presence.Read.All', 'User.Read.All', 'GroupMember.Read.All'],
};

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : input.toString();

const fetchOf =
  (outside: Outside): typeof fetch =>
  (input, init) => {
    const url = addressOf(input);
    const answer = () => {
      if (url.startsWith(PUBLIC)) return outside.publicPage();
      if (url.includes('login.botframework.com')) return outside.keys();
      if (url.endsWith('/oauth2/token')) return outside.partnerCenter();
      const form = init?.body instanceof URLSearchParams ? init.body.toString() : '';
      const graph = form.includes('graph.microsoft.com');
      return graph ? dated(JSON.stringify({ access_token: unsigned(outside.roles) })) : outside.login();
    };
    return new Promise((resolve) => resolve(answer()));
  };

interface Broken {
  readonly env?: Readonly<Record<string, string>>;
  readonly outside?: Partial<Outside>;
  readonly deps?: Partial<DoctorDeps>;
  readonly stores?: (stores: Stores) => Promise<void>;
  readonly files?: (rootDir: string, dataDir: string) => void;
  readonly expect: { readonly id: string; readonly verdict: Finding['verdict'] };
  readonly says: RegExp;
}

const secret = (code: string, id: string, says: RegExp): Broken => ({
  outside: { login: refused(code) },
  expect: { id, verdict: 'wrong' },
  says,
});
const endpoint = (publicPage: () => Response, id: string, says: RegExp): Broken => ({
  outside: { publicPage },
  expect: { id, verdict: 'wrong' },
  says,
});
const profileWith = (over: Partial<PartnerProfile>) => (stores: Stores) =>
  stores.profile.save({ ...sampleProfile(), ...over }, 'cli:amy', NOW);
const manifest = (bot: string, domain: string) => (rootDir: string) => {
  mkdirSync(path.join(rootDir, 'appPackage/build'), { recursive: true });
  writeFileSync(
    path.join(rootDir, 'appPackage/build/manifest.json'),
    JSON.stringify({ bots: [{ botId: bot }], validDomains: [domain] }),
  );
};

const BROKEN: Readonly<Record<string, Broken>> = {
  'a setting that switches the check of certificates off': {
    deps: { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    expect: { id: 'certificates', verdict: 'wrong' },
    says: /accepts every certificate/,
  },
  'an expired secret': secret('AADSTS7000222', 'registration.secret', /expired/),
  'a wrong secret': secret('AADSTS7000215', 'registration.secret', /secret is wrong/),
  'an application of another tenant': secret('AADSTS700016', 'registration.app', /no such application/),
  'a tenant that does not exist': secret('AADSTS90002', 'registration.tenant', /no such tenant/),
  'a disabled application': secret('AADSTS7000112', 'registration.app', /disabled/),
  'a registration of the wrong type': secret('AADSTS50194', 'registration.type', /MICROSOFT_APP_TYPE/),
  'a refusal nobody knows': secret('AADSTS999999', 'registration', /AADSTS999999/),
  'no way to Microsoft Entra': {
    outside: { login: failing('ETIMEDOUT') },
    expect: { id: 'registration', verdict: 'doubt' },
    says: /ETIMEDOUT/,
  },
  'a clock that is ten minutes ahead': {
    outside: { login: () => dated('{}', 200, NOW - 600_000) },
    expect: { id: 'clock', verdict: 'wrong' },
    says: /600 s ahead/,
  },
  'a Graph permission that was not granted': {
    env: { OFFER_DESK_PEOPLE: 'presence' },
    outside: { roles: ['User.Read.All'] },
    expect: { id: 'graph.permissions', verdict: 'wrong' },
    says: /not granted: Presence\.Read\.All/,
  },
  'a refresh token for Partner Center that has ended': {
    env: {
      OFFER_DESK_PARTNER_CENTER_TENANT: TENANT,
      OFFER_DESK_PARTNER_CENTER_APP_ID: APP_ID,
      OFFER_DESK_PARTNER_CENTER_SECRET: 'secret',
      OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: 'ended',
    },
    outside: { partnerCenter: refused('AADSTS700082') },
    expect: { id: 'partner-center', verdict: 'wrong' },
    says: /refuses the sign-in to Partner Center \(AADSTS700082\)/,
  },
  'no way to the channels’ keys': {
    outside: { keys: failing('ENOTFOUND') },
    expect: { id: 'channel.keys', verdict: 'wrong' },
    says: /login\.botframework\.com/,
  },
  'no public address': {
    env: { OFFER_DESK_PUBLIC_URL: '' },
    expect: { id: 'endpoint.url', verdict: 'wrong' },
    says: /OFFER_DESK_PUBLIC_URL/,
  },
  'an expired certificate': endpoint(failing('CERT_HAS_EXPIRED'), 'endpoint.certificate', /expired/),
  'a self-signed certificate': endpoint(
    failing('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'endpoint.certificate',
    /self-signed/,
  ),
  'a certificate for another name': endpoint(
    failing('ERR_TLS_CERT_ALTNAME_INVALID'),
    'endpoint.certificate',
    /another name/,
  ),
  'a public name without a DNS record': endpoint(failing('ENOTFOUND'), 'endpoint.name', /DNS/),
  'a closed port': endpoint(failing('ECONNREFUSED'), 'endpoint.reach', /ECONNREFUSED/),
  'another site at the public address': endpoint(
    () => dated('<html>Welcome to nginx</html>'),
    'endpoint.answer',
    /something else/,
  ),
  'a server that is not ready': endpoint(
    () => dated('{"status":"not ready"}', 503),
    'endpoint.ready',
    /not ready/,
  ),
  'an app package for another bot': {
    files: manifest('bbbbbbbb-0000-4000-8000-000000000001', 'desk.contoso.com'),
    expect: { id: 'manifest.bot', verdict: 'wrong' },
    says: /BOT_ID/,
  },
  'an app package without the domain': {
    files: manifest(APP_ID, 'old.contoso.com'),
    expect: { id: 'manifest.domain', verdict: 'wrong' },
    says: /validDomains/,
  },
  'an edited profile': {
    stores: async (stores) => {
      await stores.profile.save({ ...sampleProfile(), colour: '#005a9e' }, 'file:one', NOW);
      await stores.profile.save({ ...sampleProfile(), colour: '#a4262c', languages: ['en'] }, '29:ada', NOW);
    },
    expect: { id: 'profile.edited', verdict: 'doubt' },
    says: /outrank the file of OFFER_DESK_PROFILE: colour: #005a9e → #a4262c; languages: en; .* → en/,
  },
  'a profile file that changed and was not applied': {
    env: { OFFER_DESK_PROFILE: path.join(ROOT, 'data', 'partner-profile.json') },
    stores: (stores) => stores.profile.save(sampleProfile(), 'file:old', NOW),
    expect: { id: 'profile.file', verdict: 'doubt' },
    says: /changed since it was applied/,
  },
  'a profile file that is wrong': {
    env: { OFFER_DESK_PROFILE: path.join(ROOT, 'package.json') },
    expect: { id: 'profile.file', verdict: 'wrong' },
    says: /package\.json is not a valid partner profile/,
  },
  'no profile': {
    stores: async (stores) => void (await stores.database.kysely.deleteFrom('partner_profile').execute()),
    expect: { id: 'profile.missing', verdict: 'wrong' },
    says: /profile init/,
  },
  'the profile of the sample': {
    stores: async (stores) => {
      await stores.database.kysely.deleteFrom('partner_profile').execute();
      await stores.profile.save(sampleProfile(), SAMPLE_ACTOR, NOW, undefined, true);
    },
    expect: { id: 'profile.sample', verdict: 'wrong' },
    says: /fictional sample/,
  },
  'a desk that nobody can reach': {
    stores: profileWith({
      desks: { billing: { name: 'Billing' }, technical: { name: 'Support', email: 's@contoso.com' } },
    }),
    expect: { id: 'profile.desk', verdict: 'wrong' },
    says: /billing desk/,
  },
  'hours that only people can read': {
    stores: profileWith({
      desks: {
        billing: { name: 'B', email: 'b@contoso.com', hours: 'nine to five' },
        technical: { name: 'S', email: 's@contoso.com' },
      },
    }),
    expect: { id: 'profile.hours', verdict: 'doubt' },
    says: /Mo-Fr/,
  },
  'no tenant of the partner': {
    stores: profileWith({ tenantIds: [] }),
    expect: { id: 'profile.tenants', verdict: 'wrong' },
    says: /OFFER_DESK_PARTNER_TENANTS/,
  },
  'an empty directory': {
    stores: async (stores) => {
      const removals = [...(await stores.directory.rowsOf('file:own')).keys()];
      await stores.directory.commit({ source: 'file:own', upserts: [], removals, actor: 'cli:amy', at: NOW });
    },
    expect: { id: 'directory.empty', verdict: 'wrong' },
    says: /directory import/,
  },
  'a directory nobody touched for months': {
    deps: { now: () => NOW + 120 * DAY_MS },
    outside: { login: () => dated('{}', 200, NOW + 120 * DAY_MS) },
    expect: { id: 'directory.stale', verdict: 'doubt' },
    says: /120 days ago/,
  },
  'a source that fails': {
    stores: (stores) =>
      stores.syncs.save({
        source: 'sharepoint',
        triedAt: NOW,
        outcome: 'failed',
        detail: 'no answer',
        fingerprint: 'x',
      }),
    expect: { id: 'directory.source', verdict: 'wrong' },
    says: /sharepoint never came in: no answer/,
  },
  'a sender that never sent': {
    stores: (stores) => stores.outages.sources.save(outageSource({ format: 'statuspage' }), 'cli:amy', NOW),
    expect: { id: 'outages.sender', verdict: 'doubt' },
    says: /contoso-status never sent/,
  },
  'cards that wait for an hour': {
    stores: async (stores) => {
      const row = {
        incident_id: 'i',
        reader_id: 'r',
        tenant_id: 't',
        status: 'due',
        due_at: NOW - 3_600_000,
      };
      const rest = { lease_until: 0, standing: 'due', suspected: 0, body: '{}' };
      await stores.database.kysely
        .insertInto('deliveries')
        .values({ ...row, ...rest })
        .execute();
    },
    expect: { id: 'queue', verdict: 'wrong' },
    says: /1 outage cards wait, the oldest for 60 minutes/,
  },
  'a full disk': {
    deps: { freeBytes: () => Promise.resolve(20 * 2 ** 20) },
    expect: { id: 'disk', verdict: 'wrong' },
    says: /only 20 MB/,
  },
  'no Web Chat bundle': {
    files: (rootDir) => rmSync(path.join(rootDir, 'vendor'), { recursive: true }),
    expect: { id: 'web-chat', verdict: 'wrong' },
    says: /webchat\.js/,
  },
  'a data folder open to everybody': {
    files: (_rootDir, dataDir) => chmodSync(dataDir, 0o755),
    expect: { id: 'files.permissions', verdict: 'doubt' },
    says: /chmod 700/,
  },
  'an old Node': { deps: { node: 'v18.20.0' }, expect: { id: 'node', verdict: 'wrong' }, says: /Node 24/ },
  'a Node without security updates': {
    deps: { node: 'v20.19.0' },
    expect: { id: 'node', verdict: 'doubt' },
    says: /security/,
  },
  'a misspelt setting': {
    deps: { env: { OFFER_DESK_TENANTS: 'x' } },
    expect: { id: 'settings.unknown', verdict: 'doubt' },
    says: /OFFER_DESK_TENANTS/,
  },
  'nobody who may administer': {
    env: { OFFER_DESK_ADMINS: '' },
    expect: { id: 'admins', verdict: 'doubt' },
    says: /OFFER_DESK_ADMINS/,
  },
  'a proxy that is not counted': {
    env: { OFFER_DESK_PROXIES: '0' },
    expect: { id: 'proxies', verdict: 'doubt' },
    says: /OFFER_DESK_PROXIES/,
  },
  'a widget page without https': {
    env: { OFFER_DESK_WIDGET_ORIGINS: 'http://www.contoso.com' },
    expect: { id: 'widget.origins', verdict: 'wrong' },
    says: /https origins only/,
  },
};

describe('the doctor', function () {
  const ENV = {
    MICROSOFT_APP_ID: APP_ID,
    MICROSOFT_APP_TENANT_ID: TENANT,
    MICROSOFT_APP_PASSWORD: 'secret',
    OFFER_DESK_PUBLIC_URL: PUBLIC,
    OFFER_DESK_ADMINS: 'bbbbbbbb-0000-4000-8000-000000000001',
    OFFER_DESK_PROXIES: '1',
    OFFER_DESK_WIDGET_ORIGINS: 'https://www.contoso.com',
  };

  const examined = async (broken: Partial<Broken> = {}): Promise<readonly Finding[]> => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-doctor-'));
    const dataDir = path.join(folder, 'data');
    const vendor = path.join(folder, 'vendor', 'webchat-4.18.1');
    mkdirSync(vendor, { recursive: true });
    writeFileSync(path.join(vendor, 'webchat.js'), '');
    mkdirSync(dataDir, { mode: 0o700 });
    const stores = await openStores({ dataDir, now: () => NOW, log: openLog('silent') });
    try {
      const sample = { directory: path.join(ROOT, 'data', 'directory.json'), source: 'file:own' };
      await loadSample(stores, sample, NOW);
      await stores.profile.save(sampleProfile(), 'cli:amy', NOW);
      await broken.stores?.(stores);
      broken.files?.(folder, dataDir);
      return await examine({
        config: readConfig({ ...ENV, ...broken.env, OFFER_DESK_DATA_DIR: dataDir }, folder),
        env: ENV,
        rootDir: folder,
        stores,
        now: () => NOW,
        fetch: fetchOf({ ...HEALTHY, ...broken.outside }),
        node: 'v24.1.0',
        freeBytes: () => Promise.resolve(2 ** 34),
        ...broken.deps,
      });
    } finally {
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('sends its secret to no redirect, and reads the beginning of an answer without an end', async () => {
    const reached: string[] = [];
    const other = http.createServer((req, res) => {
      reached.push(req.url ?? '');
      res.end('{"status":"ready"}');
    });
    const first = http.createServer((req, res) => {
      const { port } = other.address() as AddressInfo;
      if (req.url?.includes('readyz')) return void res.write('never ends '.repeat(20_000));
      res.statusCode = 307;
      res.setHeader('location', `http://127.0.0.1:${port}/stolen`);
      res.end();
    });
    for (const one of [first, other])
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    const { port } = first.address() as AddressInfo;
    const led: typeof fetch = (input, init) => {
      const { pathname } = new URL(addressOf(input));
      return fetch(`http://127.0.0.1:${port}${pathname}`, init);
    };
    const findings = await examined({ deps: { fetch: led } });
    const told = new Map(findings.map((one) => [one.id, one.verdict]));
    assert.deepEqual(reached, []);
    assert.deepEqual(
      [told.get('registration'), told.get('channel.keys'), told.get('endpoint.answer')],
      ['wrong', 'wrong', 'wrong'],
    );
    for (const one of [first, other]) {
      one.closeAllConnections();
      one.close();
    }
  });

  it('says that a healthy set-up is healthy', async () => {
    const findings = await examined();
    assert.deepEqual(
      findings.filter((one) => one.verdict !== 'ok'),
      [],
    );
    assert.ok(isHealthy(findings));
    assert.equal(findingLines(findings)[0], 'Healthy: nothing is wrong.');
  });

  const sampleRow = {
    kind: 'publisher',
    key: 'publisher:fourthcoffee',
    publisher: publisherOf({ id: 'fourthcoffee', name: 'Fourth Coffee' }),
  } as const;
  const commitSample = (
    stores: Stores,
    upserts: readonly (typeof sampleRow)[],
    removals: readonly string[],
  ) => stores.directory.commit({ source: SAMPLE_SOURCE, upserts, removals, actor: 'cli:amy', at: NOW });

  it('names rows of the sample, and is content once they were forgotten', async () => {
    const held = await examined({
      stores: async (stores) => void (await commitSample(stores, [sampleRow], [])),
    });
    assert.deepEqual(
      held.filter((one) => one.verdict === 'wrong').map((one) => one.id),
      ['directory.sample'],
    );
    const forgotten = await examined({
      stores: async (stores) => {
        await commitSample(stores, [sampleRow], []);
        await commitSample(stores, [], [sampleRow.key]);
      },
    });
    assert.ok(isHealthy(forgotten), JSON.stringify(forgotten.filter((one) => one.verdict !== 'ok')));
  });

  for (const [name, broken] of Object.entries(BROKEN)) {
    it(`names ${name}`, async () => {
      const findings = await examined(broken);
      const found = findings.filter(
        ({ id, verdict }) => id === broken.expect.id && verdict === broken.expect.verdict,
      );
      assert.equal(found.length, 1, JSON.stringify(findings.filter((one) => one.verdict !== 'ok')));
      assert.ok(found[0]?.mend, 'no way to mend it');
      assert.match(`${found[0].what} ${found[0].mend}`, broken.says);
      const others = findings.filter((one) => one.verdict === 'wrong' && !found.includes(one));
      assert.deepEqual(others, [], 'something else is called wrong too');
    });
  }
});
