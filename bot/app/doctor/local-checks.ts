/** Checks this machine: runtime, settings, manifest, files, disk, and the Web Chat bundle. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { isTooOld } from '../../runtime/light-start.js';
import { looseFiles } from '../../store/engine/private-files.js';
import { WEB_CHAT_VERSION } from '../../web/pages/routes.js';
import { SETTINGS, type Config } from '../config.js';
import { unknownSettings } from '../config-problems.js';
import { doubt, ok, wrong, type Finding } from '../../../core/findings.js';

export interface LocalDeps {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rootDir: string;
  /** The runtime's version, as `v24.1.0`. */
  readonly node: string;
  /** Free bytes on a folder's disk; tests replace this function. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const LEAST_FREE = 500 * 2 ** 20;

/** Every such finding. */
export async function localFindings(deps: LocalDeps): Promise<readonly Finding[]> {
  return [
    nodeFinding(deps),
    trustFinding(deps),
    ...settingFindings(deps),
    ...widgetFindings(deps),
    ...manifestFindings(deps),
    ...folderFindings(deps),
    await diskFinding(deps),
    webChatFinding(deps),
  ];
}

function nodeFinding({ node }: LocalDeps): Finding {
  if (isTooOld(node)) return wrong('node', `Node ${node} is too old`, 'install Node 24; 20.19 is the least');
  if (node.startsWith('v20.'))
    return doubt('node', `Node ${node} gets no security updates any more`, 'install Node 24');
  return ok('node', node);
}

function settingFindings({ config, env }: LocalDeps): readonly Finding[] {
  const unknown = unknownSettings(env, Object.keys(SETTINGS)).map(({ name, nearest }) =>
    doubt('settings.unknown', `nothing reads ${name}`, nearest ? `perhaps ${nearest} is meant` : 'remove it'),
  );
  const { registration, admins, adminGroups, publicUrl, proxies, databaseUrl } = config;
  if (!registration)
    return [
      ...unknown,
      doubt(
        'registration.none',
        'no bot registration: local mode, for this machine only',
        'set MICROSOFT_APP_ID, its tenant and its secret to go live',
      ),
    ];
  return [
    ...unknown,
    admins.length + adminGroups.length === 0
      ? doubt(
          'admins',
          'nobody may administer in the chat',
          'set OFFER_DESK_ADMINS or OFFER_DESK_ADMIN_GROUPS',
        )
      : ok('admins', `${admins.length} people and ${adminGroups.length} groups`),
    publicUrl?.startsWith('https:') && proxies === 0
      ? doubt(
          'proxies',
          'a proxy ends https in front of this server, but OFFER_DESK_PROXIES is 0: all visitors share one limit',
          'set OFFER_DESK_PROXIES to the number of your proxies, mostly 1',
        )
      : ok('proxies', String(proxies)),
    databaseTls(databaseUrl),
  ];
}

/** Node then accepts every certificate: anybody on the way reads and changes what the server sends. */
function trustFinding({ env }: LocalDeps): Finding {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return ok('certificates', 'checked');
  return wrong(
    'certificates',
    'NODE_TLS_REJECT_UNAUTHORIZED is 0: the server accepts every certificate',
    'remove it, and name your own authority in NODE_EXTRA_CA_CERTS',
  );
}

function databaseTls(databaseUrl: string | undefined): Finding {
  if (databaseUrl === undefined) return ok('database.tls', 'embedded store');
  const { hostname, searchParams } = new URL(databaseUrl);
  const mode = searchParams.get('sslmode') ?? 'disable';
  const near = hostname === '' || hostname === 'localhost' || hostname.startsWith('127.');
  if (near || ['require', 'verify-ca', 'verify-full'].includes(mode)) return ok('database.tls', mode);
  return doubt(
    'database.tls',
    `the way to the database at ${hostname} is not encrypted`,
    'add ?sslmode=verify-full to DATABASE_URL',
  );
}

function widgetFindings({ config }: LocalDeps): readonly Finding[] {
  const { origins } = config.widget;
  if (origins.length === 0)
    return config.registration
      ? [
          doubt(
            'widget.origins',
            'no page may embed the chat',
            'set OFFER_DESK_WIDGET_ORIGINS, or leave it empty when there is no widget',
          ),
        ]
      : [];
  const plain = origins.filter((one) => one.startsWith('http:'));
  if (config.registration && plain.length > 0)
    return [
      wrong(
        'widget.origins',
        `pages without https may embed the chat: ${plain.join(', ')}`,
        'name https origins only in OFFER_DESK_WIDGET_ORIGINS',
      ),
    ];
  return [ok('widget.origins', origins.join(', '))];
}

/** The manifest of the app package from its last build. */
function manifestFindings({ config, rootDir }: LocalDeps): readonly Finding[] {
  const { registration, publicUrl } = config;
  const file = [
    'appPackage/build/manifest.json',
    'appPackage/build/manifest.dev.json',
    'appPackage/build/manifest.local.json',
  ]
    .map((one) => path.join(rootDir, one))
    .find((one) => existsSync(one));
  if (!registration || file === undefined) return [];
  const manifest = readManifest(file);
  if (!manifest) return [wrong('manifest', `${file} is no manifest`, 'run "npm run package" again')];
  const bots = manifest.bots?.map((one) => one.botId?.toLowerCase()) ?? [];
  const found: Finding[] = [];
  if (!bots.includes(registration.appId.toLowerCase()))
    found.push(
      wrong(
        'manifest.bot',
        `the app package is for bot ${bots.join(', ') || 'none'}, not for MICROSOFT_APP_ID`,
        'set BOT_ID to MICROSOFT_APP_ID and run "npm run package"',
      ),
    );
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  if (host !== undefined && !(manifest.validDomains ?? []).includes(host))
    found.push(
      wrong(
        'manifest.domain',
        `validDomains of the app package lacks ${host}`,
        'set BOT_DOMAIN to it and run "npm run package"',
      ),
    );
  return found.length > 0 ? found : [ok('manifest', 'fits the settings')];
}

interface Manifest {
  readonly bots?: readonly { readonly botId?: string }[];
  readonly validDomains?: readonly string[];
}

function readManifest(file: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function folderFindings({ config }: LocalDeps): readonly Finding[] {
  const { dataDir, databaseUrl } = config;
  if (databaseUrl !== undefined) return [];
  if (!existsSync(dataDir))
    return [doubt('files.data', `${dataDir} is not there yet`, 'the first start makes it')];
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
  } catch {
    return [
      wrong(
        'files.data',
        `${dataDir} cannot be written by this user`,
        'give the folder to the user that runs the server, or set OFFER_DESK_DATA_DIR',
      ),
    ];
  }
  const [loose] = looseFiles(dataDir);
  return [
    loose
      ? doubt(
          'files.permissions',
          `other users of this machine may read ${loose.path} (mode ${loose.mode})`,
          `chmod 700 ${dataDir} && chmod 600 ${path.join(dataDir, '*')}`,
        )
      : ok('files.permissions', dataDir),
  ];
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function diskFinding({ config, freeBytes = freeBytesOf }: LocalDeps): Promise<Finding> {
  const folder = existsSync(config.dataDir) ? config.dataDir : path.dirname(config.dataDir);
  try {
    const mb = Math.floor((await freeBytes(folder)) / 2 ** 20);
    return mb * 2 ** 20 < LEAST_FREE
      ? wrong(
          'disk',
          `only ${mb} MB are free at ${folder}`,
          'free at least 500 MB, or move OFFER_DESK_DATA_DIR',
        )
      : ok('disk', `${mb} MB free`);
  } catch {
    return doubt('disk', `the free space at ${folder} cannot be read`, 'look at it with df');
  }
}

function webChatFinding({ rootDir }: LocalDeps): Finding {
  const file = path.join(rootDir, 'vendor', `webchat-${WEB_CHAT_VERSION}`, 'webchat.js');
  return existsSync(file)
    ? ok('web-chat', WEB_CHAT_VERSION)
    : wrong(
        'web-chat',
        'the Web Chat bundle is not there, so no page can show the chat',
        'start the server once with the npm registry in reach, or run "node dist/webchat.js" there',
      );
}
