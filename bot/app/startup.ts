/** Writes the start lines for the operator: the address, the store, and what is not configured. */
import type { App } from './app.js';
import type { Config } from './config.js';
import { changedSinceFile, changeLine } from './profile-file.js';

/** The lines, in English, for the operator. They show the settings in force. */
export async function startupLines(
  config: Config,
  app: App,
  address: { readonly host: string; readonly port: number },
): Promise<readonly string[]> {
  const { directory } = app.directory.view();
  const store = config.databaseUrl ? 'PostgreSQL (DATABASE_URL)' : `embedded SQLite in ${config.dataDir}`;
  return [
    `Offer Desk is ready: ${config.publicUrl ?? urlOf(address)}`,
    `  store      ${store}`,
    '  web chat   embedded Direct Line at /v3/directline',
    ...(await profileLines(app)),
    `  directory  ${directory.offers.size} offers of ${directory.publishers.size} publishers`,
    ...peopleLine(config),
    ...notConfigured(config, app).map((line) => `  not configured: ${line}`),
  ];
}

async function profileLines({ services, stores }: App): Promise<readonly string[]> {
  if (services.setUp?.())
    return [
      '  profile    NONE. SET-UP MODE: nobody is answered until a profile is there ("offer-desk profile init")',
    ];
  const { name, model } = services.profile();
  const sample = services.isSample?.() ? ' (fictional sample)' : '';
  const changed = (await changedSinceFile(stores.profile)) ?? [];
  return [
    `  profile    ${name}, ${model}${sample}`,
    ...(changed.length === 0
      ? []
      : [
          '  profile    edits made in the chat outrank the file of OFFER_DESK_PROFILE until the file changes:',
        ]),
    ...changed.map((one) => `    ${changeLine(one)}`),
  ];
}

function peopleLine({ registration, peopleUses }: Config): readonly string[] {
  if (!registration || peopleUses.length === 0) return [];
  return [`  people     ${peopleUses.join(', ')} through Microsoft Graph (npm run cli -- people status)`];
}

function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
  return `http://${name}:${port}/`;
}

function notConfigured(config: Config, app: App): readonly string[] {
  const open: string[] = [];
  if (!config.registration) {
    open.push('bot registration (MICROSOFT_APP_ID). Local mode: this machine only, nobody is authenticated.');
  }
  if (!config.registration || config.peopleUses.length === 0) {
    open.push(
      'people through Microsoft Graph (OFFER_DESK_PEOPLE). No presence, no manager, no team defaults.',
    );
  }
  if (!config.databaseUrl) open.push('PostgreSQL (DATABASE_URL). One process at a time.');
  if (app.services.isSample?.())
    open.push(
      'your own profile and directory. Everything shown is the fictional sample, for local mode only.',
    );
  if (app.directory.view().directory.offers.size === 0)
    open.push('your directory: it is empty ("offer-desk directory import FILE", or OFFER_DESK_DIRECTORY).');
  return open;
}
