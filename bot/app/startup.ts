/** Announces the start to the operator: the address, the store, and what is not configured. */
import type { FieldChange } from '../../core/directory/diff.js';
import { openLog } from '../runtime/log.js';
import type { App } from './app.js';
import type { Config } from './config.js';
import { changedSinceFile, changeLine } from './profile-file.js';

/** The log entry of a start. Programs that start the server wait for it and read its address. */
export const READY_EVENT = 'app.ready';

/** The settings in force after a start. */
export interface StartFacts {
  readonly address: string;
  readonly store: string;
  /** True in set-up mode: there is no profile, and the server answers no question. */
  readonly setUp: boolean;
  readonly profile?: { readonly name: string; readonly model: string; readonly sample: boolean };
  /** Edits made in the chat that outrank the file of OFFER_DESK_PROFILE. */
  readonly changedInChat: readonly FieldChange[];
  readonly directory: { readonly offers: number; readonly publishers: number };
  /** What the server asks Microsoft Graph about people. */
  readonly people: readonly string[];
  readonly notConfigured: readonly string[];
}

/** Reads the facts from the running product. */
export async function startFacts(
  config: Config,
  app: App,
  address: { readonly host: string; readonly port: number },
): Promise<StartFacts> {
  const { directory } = app.directory.view();
  return {
    address: config.publicUrl ?? urlOf(address),
    store: config.databaseUrl ? 'PostgreSQL (DATABASE_URL)' : `embedded SQLite in ${config.dataDir}`,
    ...(await profileFacts(app)),
    directory: { offers: directory.offers.size, publishers: directory.publishers.size },
    people: config.registration ? config.peopleUses : [],
    notConfigured: notConfigured(config, app),
  };
}

async function profileFacts({
  services,
  stores,
}: App): Promise<Pick<StartFacts, 'setUp' | 'profile' | 'changedInChat'>> {
  if (services.setUp?.()) return { setUp: true, changedInChat: [] };
  const { name, model } = services.profile();
  return {
    setUp: false,
    profile: { name, model, sample: services.isSample?.() ?? false },
    changedInChat: (await changedSinceFile(stores.profile)) ?? [],
  };
}

/**
 * Writes readable lines to a terminal, and one JSON log entry to everything else. LOG_LEVEL does not hide the entry, because
 * programs wait for it.
 */
export function announceStart(
  facts: StartFacts,
  out: { readonly isTTY?: boolean; write(text: string): unknown },
): void {
  if (out.isTTY) for (const line of startLines(facts)) out.write(`${line}\n`);
  else openLog('info', { write: (text) => void out.write(text) }).info(READY_EVENT, startEntry(facts));
}

/** Without the values of edits: they may be addresses and numbers of people. */
function startEntry({ changedInChat, ...facts }: StartFacts): Readonly<Record<string, unknown>> {
  return { ...facts, changedInChat: changedInChat.map(({ field }) => field) };
}

/** The facts as lines in English, for an operator at a terminal. */
export function startLines(facts: StartFacts): readonly string[] {
  const { offers, publishers } = facts.directory;
  return [
    `Offer Desk is ready: ${facts.address}`,
    `  store      ${facts.store}`,
    '  web chat   embedded Direct Line at /v3/directline',
    ...profileLines(facts),
    `  directory  ${offers} offers of ${publishers} publishers`,
    ...peopleLine(facts),
    ...facts.notConfigured.map((line) => `  not configured: ${line}`),
  ];
}

function profileLines({ profile, changedInChat }: StartFacts): readonly string[] {
  if (!profile)
    return [
      '  profile    NONE. SET-UP MODE: nobody is answered until a profile is there ("offer-desk profile init")',
    ];
  const sample = profile.sample ? ' (fictional sample)' : '';
  return [
    `  profile    ${profile.name}, ${profile.model}${sample}`,
    ...(changedInChat.length === 0
      ? []
      : [
          '  profile    edits made in the chat outrank the file of OFFER_DESK_PROFILE until the file changes:',
        ]),
    ...changedInChat.map((one) => `    ${changeLine(one)}`),
  ];
}

function peopleLine({ people }: StartFacts): readonly string[] {
  if (people.length === 0) return [];
  return [`  people     ${people.join(', ')} through Microsoft Graph (npm run cli -- people status)`];
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
  if (!config.registration || !config.partnerCenter)
    open.push(
      'Partner Center (OFFER_DESK_PARTNER_CENTER_TENANT and the settings beside it). Staff cannot name a customer.',
    );
  if (!config.databaseUrl) open.push('PostgreSQL (DATABASE_URL). One process at a time.');
  if (app.services.isSample?.())
    open.push(
      'your own profile and directory. Everything shown is the fictional sample, for local mode only.',
    );
  if (app.directory.view().directory.offers.size === 0)
    open.push('your directory: it is empty ("offer-desk directory import FILE", or OFFER_DESK_DIRECTORY).');
  return open;
}
