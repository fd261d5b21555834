/** What the operator reads after a start: where to open, what it runs on, and what is not configured. */
import type { App } from './app.js';
import type { Config } from './config.js';

/** The lines, in English: they are for whoever runs the service. */
export function startupLines(
  config: Config,
  app: App,
  address: { readonly host: string; readonly port: number },
): readonly string[] {
  const { directory } = app.directory.view();
  const store = config.databaseUrl ? 'PostgreSQL (DATABASE_URL)' : `embedded SQLite in ${config.dataDir}`;
  return [
    `Offer Desk is ready: ${config.publicUrl ?? urlOf(address)}`,
    `  store      ${store}`,
    '  web chat   embedded Direct Line at /v3/directline',
    `  directory  ${directory.offers.size} offers of ${directory.publishers.size} publishers`,
    ...peopleLine(config),
    ...notConfigured(config).map((line) => `  not configured: ${line}`),
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

function notConfigured(config: Config): readonly string[] {
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
  if (!config.profileFile)
    open.push(
      'your partner profile (OFFER_DESK_PROFILE). The fictional sample is used when the store is empty.',
    );
  if (!config.directoryFile)
    open.push('your directory (OFFER_DESK_DIRECTORY, or "npm run cli -- directory import").');
  return open;
}
